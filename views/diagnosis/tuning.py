"""One setting, many values, all lanes: how low each gets, and which value validation chooses."""

from dataclasses import replace
from functools import partial
from time import time_ns

import numpy as np
import streamlit as st

from engine import xla
from engine.arrays import Floats
from engine.measures.tuning import (
    RATE,
    Chosen,
    Tuned,
    at_value,
    chosen,
    judged,
    tune,
    tuning_compiles,
    tuning_seconds,
    values_of,
)
from engine.networks.experiment import NetworkExperiment
from engine.networks.spread import quarters
from engine.surfaces.cost import side_by_side
from views.controls import network
from views.controls.widgets import linked_menu, linked_slider, linked_switch, pointed_at
from views.kit.charts import Axis, Chart, Series, draw, key_of, lane_line, line, marks, rule, whiskers
from views.kit.glossary import marked
from views.kit.labels import lane_label, setting_name, trouble
from views.kit.text import number, text
from views.session import visit
from views.session.work import worked


def panel(net: NetworkExperiment) -> None:
    """The network with its lanes; each is tried at every rate."""
    network.data_menu(net)
    network.network_panel(net, without=("seeds",), compares=True)


def show(net: NetworkExperiment) -> Tuned | None:
    """Draw what was found; None while it waits for a click or cannot be had."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="tuning_settings"):
        setting = linked_menu(text("tuning.setting"), "tuned", partial(_called, net), width=260)
        seeds = linked_slider(text("tuning.trials"), "tuning_trials", help=text("tuning.trials_help"), width=220)
        tested = linked_switch(text("tuning.tested"), "tuning_tested", help=text("tuning.tested_help"))
    tried = replace(net, seeds=seeds)
    if problem := trouble(tried):
        st.warning(problem)
        return None
    values = values_of(tried, setting).tolist()
    if not values:
        st.info(text("tuning.nothing"))
        return None
    key = (setting, tuple((part.net.plan, part.net.drawn, part.numbers) for part in tried.parts), tuple(values))
    found = worked(
        "tuning", key, tuning_seconds(tried, setting, values), lambda: tune(tried, setting, values),
        draw=lambda some: _draw(tried, some, False, f"{time_ns()}"),
        preparing=side_by_side(xla.missing(tuning_compiles(tried, setting, values))),
    )  # fmt: skip
    if found is None:
        st.caption(text("tuning.about"))
        return None
    _draw(tried, found, tested, "done")
    return found


def folded(net: NetworkExperiment, found: Tuned | None) -> None:
    del net, found
    st.caption(marked(text("tuning.note")))


def _draw(net: NetworkExperiment, found: Tuned, tested: bool, key: str) -> None:
    picks = chosen(net, found)
    validated = not np.isnan(found.validation).all()
    called = _called(net, found.setting)
    title = text("tuning.title_validation" if validated else "tuning.title_train", setting=called)
    st.markdown(f"**{title}**")
    numbers = [at for at, racer in enumerate(net.lanes) if racer.shown]
    series: list[Series] = []
    for lane, at in enumerate(numbers):
        series += _lane(net, found, lane, at, picks[lane])
    names: dict[float, str] = dict(enumerate(_named(found.setting, value) for value in found.values))
    steps = Axis(called, low=-0.5, high=len(names) - 0.5, ticks=names)
    axes = Axis(called, log=True) if found.setting == RATE else steps, Axis(text("tuning.loss"), log=True)
    name = f"tuning_{key}"
    chart = Chart(*axes, series, 440, title=title)
    draw(chart, name, **({"on_edit_change": partial(_open, found.setting, key_of(name, 440))} if key == "done" else {}))
    st.markdown(_table(net, found, picks, numbers, validated, tested))
    st.caption(text("tuning.click"))


def _lane(net: NetworkExperiment, found: Tuned, lane: int, at: int, pick: Chosen) -> list[Series]:
    """The middle of the seeds and their middle half; what diverges stands at the top, the choice is a star."""
    look, label = lane_line(at), lane_label(net, at)
    across = found.values if found.setting == RATE else np.arange(len(found.values), dtype=float)
    by = found.train if np.isnan(found.validation).all() else found.validation
    rows = np.array([quarters(seeds) for seeds in by[lane]]).T
    low, middle, high = np.where(np.isfinite(rows), rows, np.nan)
    there = np.flatnonzero(np.isfinite(middle))
    ids = [f"{at}~{place}" for place in there]
    hover = [_hover(net, found, label, int(p), float(middle[p])) for p in there]
    more = []
    if pick.place >= 0:
        x, y = across[pick.place], middle[pick.place]
        more.append(marks([x], [y], colour=look["colour"], symbol="star", size=9, mute=True))
    if np.isfinite(pick.limit):
        more.append(rule(pick.limit, upright=True, colour=look["colour"]))
    if pick.edge >= 0:
        more.append(rule(float(across[pick.edge]), upright=True, colour=look["colour"], dash=[]))
    return [
        whiskers(across, low, high, colour=look["colour"], mute=True),
        line(across[there], middle[there], label, **look, mute=True),
        marks(across[there], middle[there], hover=hover, ids=ids, colour=look["colour"], size=3.5, open="paper"),
        *more,
    ]


def _table(
    net: NetworkExperiment, found: Tuned, picks: list[Chosen], numbers: list[int], validated: bool, tested: bool
) -> str:
    """A row for each lane: the rate that is chosen, how low it gets, which rates work, and where it breaks."""
    limits = ["limit"] if found.setting == RATE else []
    heads = ["lane", "best", "by_validation" if validated else "by_train", "working", "edge", *limits]
    rows = judged(found)
    lines = [[text(f"tuning.{head}") for head in heads] + ([text("tuning.test")] if tested else [])]
    for lane, (at, pick) in enumerate(zip(numbers, picks, strict=True)):
        known = pick.place >= 0
        cells = [
            lane_label(net, at),
            _named(found.setting, found.values[pick.place]) if known else "–",
            number(rows[lane, pick.place]) if known else "–",
            " … ".join(_named(found.setting, end) for end in pick.working) if known else "–",
            _edge(found, lane, pick),
            *([number(pick.limit)] if limits else []),
        ]
        lines.append([*cells, *([_test(found.test[lane, pick.place]) if known else "–"] if tested else [])])
    bars = ["---"] * len(lines[0])
    return "\n".join("| " + " | ".join(row).replace("<", "&lt;") + " |" for row in (lines[0], bars, *lines[1:]))


def _edge(found: Tuned, lane: int, pick: Chosen) -> str:
    """The first rate that breaks; that there is none is said when all have been tried."""
    if pick.edge >= 0:
        return _named(found.setting, found.values[pick.edge])
    return "…" if np.isnan(found.lost[lane]).any() else text("tuning.none")


def _test(seeds: Floats) -> str:
    return number(quarters(seeds)[1])


def _called(net: NetworkExperiment, setting: str) -> str:
    return text("tuning.rate") if setting == RATE else setting_name(net, setting)


def _named(setting: str, value: float) -> str:
    """A value; all examples have no number."""
    return text("net.batch_all") if setting in ("batch", "subset") and value == 0 else number(value)


def _hover(net: NetworkExperiment, found: Tuned, label: str, place: int, loss: float) -> str:
    called, value = _called(net, found.setting), _named(found.setting, found.values[place])
    return text("tuning.hover", lane=label, setting=called, value=value, loss=number(loss))


def _open(setting: str, key: str) -> None:
    """The run behind a point that was clicked, on the page of networks."""
    lane, _, place = (pointed_at(key) or "").partition("~")
    net = visit.network()
    values = values_of(net, setting)
    if not (lane.isdigit() and place.isdigit() and int(lane) < len(net.lanes) and int(place) < len(values)):
        return
    opened = at_value(net, int(lane), setting, float(values[int(place)]))
    visit.show(visit.visit().said._replace(network=opened), visit.beside(), "networks", visit.RACE)
