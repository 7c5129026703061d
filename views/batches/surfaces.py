"""Two batches, two surfaces: level lines over each other, and a path that rests on one and goes on on the other."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import streamlit as st

from engine.measures.batch_surfaces import ROWS, Surfaces, Walk, seconds, surfaces
from engine.networks.experiment import NetworkExperiment, usual_rate
from engine.networks.network import initial
from optimizers import OPTIMIZERS
from settings.batches import PAIR, pairs_of
from views.batches.paths import HERE, START
from views.controls.widgets import linked_choice
from views.kit.charts import VARIANTS, Axis, Chart, Series, draw, heat, line, marks, running
from views.kit.glossary import marked
from views.kit.labels import trouble
from views.kit.tables import table
from views.kit.text import number, text
from views.session import visit
from views.session.played import play
from views.session.work import worked

RULE = "gradient_descent"
SEEN = ("first", "second", "all")  # what a loss is of, in the order of a walk's columns
LETTERS = ("L¹", "L²", "L")
COLOURS = {"first": VARIANTS[0], "second": VARIANTS[1], "all": "soft"}
PLAIN = 10.0  # times as steep: below that nobody would say that the other batch goes on


def surfaces_of_batches(net: NetworkExperiment) -> None:
    """B6: stuck on L¹, not on L²."""
    able = pairs_of(visit.about("pair"))
    if not able:
        st.info(text("batches.pair_few"))
        return
    size = int(linked_choice(text("batches.pair"), "pair", str, PAIR if PAIR in able else able[-1]))
    alone = replace(net, dropout=0.0, batch=size)
    if problem := trouble(alone):
        st.warning(problem)
        return
    every, rate = max(net.steps // ROWS, 1), rate_of(net)
    found = worked(
        "surfaces", (alone.plan, alone.drawn, size, rate, every), seconds(alone, size, every),
        lambda: _found(alone, size, rate, every),
    )  # fmt: skip
    if found is None:
        return
    (shown,) = found
    if shown is None:
        st.warning(text("batches.pair_diverged", rate=number(rate)))
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.markdown(f"**{text('batches.pair_title')}**")
        _draw_map(shown)
    with right:
        for name, columns in (("loss", shown.walk.losses), ("norm", shown.walk.norms)):
            _draw_curves(shown.walk, name, columns)
    play("batches", int(shown.walk.steps[-1]))
    st.markdown(_table(shown.walk))
    st.caption(marked(_told(shown, rate)))


def rate_of(net: NetworkExperiment) -> float:
    """Of plain gradient descent: the optimizer's own if it is that."""
    chosen = net.lanes[0].optimizer
    return chosen.numbers["learning_rate"] if chosen.name == RULE else usual_rate(OPTIMIZERS[RULE])


def _found(
    net: NetworkExperiment, size: int, rate: float, every: int
) -> Iterator[tuple[float, tuple[Surfaces | None] | None]]:
    yield 0.0, None
    theta = initial(net.architecture, net.seed, net.scheme, net.scale)
    yield 1.0, (surfaces(net, theta, size, rate, every),)


def _halves(walk: Walk) -> dict[str, slice]:
    return {"first": slice(0, ROWS + 1), "second": slice(ROWS, len(walk.steps))}


def _draw_map(shown: Surfaces) -> None:
    window, walk = shown.window, shown.walk
    first = shown.reliefs[0]
    series = [heat(window, first.colour.share(first.heights), first.heights, [], mute=True)]
    for name, relief in zip(SEEN, shown.reliefs, strict=False):
        series += _lines(relief.lines, text(f"batches.pair_lines_{name}"), COLOURS[name])
    places = shown.plane.shadow(walk.path)
    for name, part in _halves(walk).items():
        look = {"colour": COLOURS[name], "width": 3, "halo": 3, "mute": True}
        x, y = places[part].T
        series += running(x, y, walk.steps[part], look, symbol="circle", name=text(f"batches.pair_path_{name}"))
    start, rest = places[:1], places[ROWS : ROWS + 1]
    series += [
        marks(start[:, 0], start[:, 1], hover=[text("batches.start")], **START),
        marks(rest[:, 0], rest[:, 1], hover=[text("batches.pair_turn")], **HERE),
    ]
    axes = (
        Axis(text("batches.pair_along"), low=window[0], high=window[1]),
        Axis(text("batches.pair_across"), low=window[2], high=window[3]),
    )
    draw(Chart(*axes, series, height=380, title=text("batches.pair_title")), "batch_surfaces")


def _lines(lines: Any, name: str, colour: str) -> list[Series]:
    """Level lines; the first has the name of all."""
    look: dict[str, Any] = {"colour": colour, "width": 1.2, "alpha": 0.8, "mute": True}
    return [
        line(points[:, 0], points[:, 1], "" if place else name, **look)._replace(reaches=((), ()))
        for place, points in enumerate(lines)
    ]


def _draw_curves(walk: Walk, kind: str, columns: Any) -> None:
    series = []
    for place, name in enumerate(SEEN):
        look = {"colour": COLOURS[name], "width": 2, "name": text(f"batches.pair_{name}")}
        series += running(walk.steps, columns[:, place], walk.steps, look, symbol="circle")
    title = text(f"batches.pair_{kind}")
    updates = Axis(text("batches.clock_updates"), clock=1)
    draw(Chart(updates, Axis(title, log=True), series, height=180, title=title), f"batch_pair_{kind}")


def _table(walk: Walk) -> str:
    """Both surfaces at the start, where the batch changes, and at the end."""
    names = [quantity for letter in LETTERS for quantity in (letter, f"‖∇{letter}‖")]
    rows = []
    for moment, row in (("start", 0), ("turn", ROWS), ("end", -1)):
        numbers = [number(float(each)) for pair in zip(walk.losses[row], walk.norms[row], strict=True) for each in pair]
        rows.append([text(f"batches.pair_at_{moment}"), *numbers])
    return table([text("batches.pair_at"), *names], rows)


def _told(shown: Surfaces, rate: float) -> str:
    own, other, _ = shown.walk.norms[ROWS]
    goes = "goes" if other > PLAIN * own else "rests"
    told = text(
        f"batches.pair_{goes}", updates=int(shown.walk.steps[ROWS]), own=number(float(own)), other=number(float(other))
    )
    plane = text("batches.pair_exact" if shown.exact else "batches.pair_plane")
    return f"{told} {text('batches.pair_note', rate=number(rate))} {plane}"
