"""The page of batches: paths with small and large ones, and the cloud of their gradients."""

import math
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from engine.measures.batch_noise import DRAWN, Noise
from engine.measures.sweep import beside
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.training import Training
from settings.batches import MOST_SIZES, Batches
from views.batches import sweeps as batch_sweeps
from views.batches.clouds import cloud_told, clouds_at, draw_cloud, draw_spread, place_on
from views.batches.paths import clock, dot, draw_curves, draw_map, ground_of, size_name, trainings_of
from views.batches.surfaces import surfaces_of_batches
from views.batches.versus import small_against_large
from views.controls.racer import racer_menu
from views.controls.widgets import linked_choice, linked_choices, linked_slider
from views.kit.charts import on_page
from views.kit.glossary import marked
from views.kit.labels import trouble
from views.kit.text import number, text
from views.session import visit
from views.session.played import play


def show(net: NetworkExperiment) -> None:
    """What was asked for: paths and clouds, times, or a sweep."""
    with st.container(horizontal=True, vertical_alignment="center"):
        topic = linked_choice(
            text("batches.topic"), "topic", lambda name: text(f"batches.topic_{name}"), label_visibility="collapsed"
        )
        racer = racer_menu(net) if topic != "time" else 0
    if problem := trouble(replace(net, batch=0)):
        st.warning(problem)
        return
    TOPICS[topic](replace(net, lanes=(net.lanes[racer],), seeds=1))


def _paths_topic(net: NetworkExperiment) -> None:
    """B1 and B5 beside each other: what a batch does to the path, and why."""
    sizes = _sizes()
    if not sizes:
        st.info(text("batches.no_size"))
        return
    nets = _variants(net, sizes)
    if problem := next(filter(None, map(trouble, nets)), ""):
        st.warning(problem)
        return
    if (trainings := trainings_of(nets)) is None or (ground := ground_of(nets, trainings)) is None:
        return
    first = trainings[0]
    left, right = st.columns(2, gap="medium")
    with right:
        place = place_on(first)
        cloud = clouds_at(nets, first.path[0, place])
    with left:
        st.markdown(f"**{text('batches.paths_title')}**")
        draw_map(ground, trainings, nets, place)
        draw_curves(trainings, nets)
    with right:
        if cloud is not None:
            draw_cloud(cloud, nets)
            draw_spread(cloud, nets)
    play("batches", *clock(nets))
    _table(trainings, nets, cloud)
    note = text(
        "batches.paths_note", share=number(100 * ground.share, 3), update=int(first.steps[first.path_rows[place]]),
        size=size_name(nets[0]),
    )  # fmt: skip
    measured = text("batches.cloud_note", drawn=DRAWN, off=math.ceil(100 / math.sqrt(DRAWN)))  # 2 √(¼ / m), at most
    st.caption(marked(f"{note} {measured}" if cloud else note))


# ---- which batches ---------------------------------------------------------------------------------------------------


def _sizes() -> tuple[int, ...]:
    """The batch sizes that are shown, 0 for all; the choice stands in the link."""
    with st.container(horizontal=True, vertical_alignment="center", key="size_settings"):
        chosen = linked_choices(
            text("batches.sizes"), "sizes", lambda size: text("batches.all") if size == "all" else size,
            help=text("batches.sizes_help", most=MOST_SIZES),
        )  # fmt: skip
        linked_choice(
            text("batches.equal"), "equal", lambda name: text(f"batches.equal_{name}"), help=text("batches.equal_help")
        )
        if visit.settings(Batches).equal == "epochs":
            linked_slider(text("batches.epochs"), "epochs", width=220)
    return tuple(0 if size == "all" else int(size) for size in chosen)


def _variants(net: NetworkExperiment, sizes: tuple[int, ...]) -> list[NetworkExperiment]:
    """The same training with each batch size, for equal updates or equal epochs."""
    asked = visit.settings(Batches)
    return beside(net, sizes, asked.epochs if asked.equal == "epochs" else 0)


def _table(trainings: tuple[Training, ...], nets: list[NetworkExperiment], cloud: Noise | None) -> None:
    """The counters, and what the clouds are."""
    heads = ["batch", "per_epoch", "updates", "epochs", "loss"] + (
        ["spread", "relative", "off", "downhill"] if cloud else []
    )
    clouds = {each.batch: each for each in cloud.clouds} if cloud else {}
    rows = []
    for net, training in zip(nets, trainings, strict=True):
        per = updates_per_epoch(net.points, net.batch)
        lost = int(training.diverged_at[0, 0])
        end = text("batches.diverged", step=lost) if lost >= 0 else number(training.objective[0, 0, -1])
        look = dot(nets, net)
        mark = f'<span style="color:{on_page(look["colour"])}">{GLYPHS[look["symbol"]]}</span> '
        cells = [mark + size_name(net), str(per), str(net.steps), number(net.steps / per), end]
        rows.append([*cells, *(cloud_told(clouds.get(net.batch), cloud.norm) if cloud else [])])
    st.html(_html([[text(f"batches.{name}") for name in heads], *rows]))


def _html(rows: list[list[str]]) -> str:
    """A table with low rows."""
    cell = "padding:1px .9rem 1px 0;white-space:nowrap"
    lines = "".join("<tr>" + "".join(f'<td style="{cell}">{entry}</td>' for entry in row) + "</tr>" for row in rows)
    look = "font-size:.875rem;font-variant-numeric:tabular-nums;border-collapse:collapse"
    return f'<div style="overflow-x:auto"><table style="{look}">{lines}</table></div>'


GLYPHS = {"circle": "○", "square": "□", "diamond": "◇", "triangle": "△", "pentagon": "⬠"}
SPREAD = r"\frac{s}{\sqrt{b}}\sqrt{\frac{N-b}{N-1}}"


def formulas() -> None:
    """What is computed, typeset."""
    with st.expander(text("share.formulas")):
        st.latex(
            r"g_B = \frac1{|B|}\sum_{n\in B}\nabla\ell_n,\qquad \mathbb E[g_B] = g = \frac1N\sum_n\nabla\ell_n,\qquad"
            rf"\sqrt{{\mathbb E\lVert g_B-g\rVert^2}} = {SPREAD}"
        )
        st.markdown(text("batches.formula_words"))


TOPICS: dict[str, Callable[[NetworkExperiment], None]] = {
    "paths": _paths_topic,
    "surfaces": surfaces_of_batches,
    "time": batch_sweeps.times,
    "sweep": batch_sweeps.sweeps,
    "table": small_against_large,
}
