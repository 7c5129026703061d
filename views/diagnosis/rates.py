"""A learning rate for each rule: how low all lanes get at every rate, and which rate validation chooses."""

from dataclasses import replace
from functools import partial
from time import time_ns

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.measures.rates import Chosen, Rates, at_rate, chosen, judged, rates_for, rates_seconds, sweep_rates
from engine.networks.experiment import NetworkExperiment
from engine.networks.spread import quarters
from views.controls import network
from views.controls.widgets import linked_slider, linked_switch, pointed_at
from views.kit.charts import Axis, Chart, Series, draw, key_of, lane_line, line, marks, rule, whiskers
from views.kit.glossary import marked
from views.kit.labels import lane_label, trouble
from views.kit.text import number, text
from views.session import visit
from views.session.trained import unprepared
from views.session.work import worked

COMPILE = 1.5  # seconds for the programs of each rule, in single precision


def panel(net: NetworkExperiment) -> None:
    """The network with its lanes; each is tried at every rate."""
    network.data_menu(net)
    network.network_panel(net, without=("seeds",))


def show(net: NetworkExperiment) -> Rates | None:
    """Draw what was found; None while it waits for a click or cannot be had."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="rate_settings"):
        seeds = linked_slider(text("rates.trials"), "rate_trials", help=text("rates.trials_help"), width=220)
        tested = linked_switch(text("rates.tested"), "rates_tested", help=text("rates.tested_help"))
    tried = replace(net, seeds=seeds)
    if problem := trouble(tried):
        st.warning(problem)
        return None
    values = rates_for(tried)
    parts = tuple((part.net.plan, part.net.drawn, part.numbers) for part in tried.parts)
    seconds = rates_seconds(tried, len(values))
    preparing = COMPILE * len({lane.optimizer.name for lane in tried.lanes}) if unprepared(tried) else 0.0
    found = worked(
        "rates", (parts, tuple(values)), seconds, lambda: sweep_rates(tried, values.tolist()),
        draw=lambda some: _draw(tried, some, False, f"{time_ns()}"), preparing=preparing,
    )  # fmt: skip
    if found is None:
        st.caption(text("rates.about"))
        return None
    _draw(tried, found, tested, "done")
    return found


def folded(net: NetworkExperiment, found: Rates | None) -> None:
    del net, found
    st.caption(marked(text("rates.note")))


def _draw(net: NetworkExperiment, found: Rates, tested: bool, key: str) -> None:
    picks = chosen(net, found)
    validated = not np.isnan(found.validation).all()
    title = text("rates.title_validation" if validated else "rates.title_train")
    st.markdown(f"**{title}**")
    numbers = [at for at, racer in enumerate(net.lanes) if racer.shown]
    series: list[Series] = []
    for lane, at in enumerate(numbers):
        series += _lane(net, found, lane, at, picks[lane])
    axes = Axis(text("rates.rate"), log=True), Axis(text("rates.loss"), log=True)
    name = f"rates_{key}"
    chart = Chart(*axes, series, 440, title=title)
    draw(chart, name, **({"on_edit_change": partial(_open, key_of(name, 440))} if key == "done" else {}))
    st.markdown(_table(net, found, picks, numbers, validated, tested))
    st.caption(text("rates.click"))


def _lane(net: NetworkExperiment, found: Rates, lane: int, at: int, pick: Chosen) -> list[Series]:
    """The middle of the seeds and their middle half; what diverges stands at the top, the choice is a star."""
    look, label = lane_line(at), lane_label(net, at)
    by = found.train if np.isnan(found.validation).all() else found.validation
    rows = np.array([quarters(seeds) for seeds in by[lane]]).T
    low, middle, high = np.where(np.isfinite(rows), rows, np.nan)
    there = np.flatnonzero(np.isfinite(middle))
    ids = [f"{at}~{place}" for place in there]
    hover = [text("rates.hover", lane=label, rate=number(found.rates[p]), loss=number(middle[p])) for p in there]
    more = []
    if pick.place >= 0:
        x, y = found.rates[pick.place], middle[pick.place]
        more.append(marks([x], [y], colour=look["colour"], symbol="star", size=9, mute=True))
    if np.isfinite(pick.limit):
        more.append(rule(pick.limit, upright=True, colour=look["colour"]))
    if pick.edge >= 0:
        more.append(rule(float(found.rates[pick.edge]), upright=True, colour=look["colour"], dash=[]))
    return [
        whiskers(found.rates, low, high, colour=look["colour"], mute=True),
        line(found.rates[there], middle[there], label, **look, mute=True),
        marks(found.rates[there], middle[there], hover=hover, ids=ids, colour=look["colour"], size=3.5, open="paper"),
        *more,
    ]


def _table(
    net: NetworkExperiment, found: Rates, picks: list[Chosen], numbers: list[int], validated: bool, tested: bool
) -> str:
    """A row for each lane: the rate that is chosen, how low it gets, which rates work, and where it breaks."""
    heads = ["lane", "best", "by_validation" if validated else "by_train", "working", "edge", "limit"]
    rows = judged(found)
    lines = [[text(f"rates.{head}") for head in heads] + ([text("rates.test")] if tested else [])]
    for lane, (at, pick) in enumerate(zip(numbers, picks, strict=True)):
        known = pick.place >= 0
        cells = [
            lane_label(net, at),
            number(found.rates[pick.place]) if known else "–",
            number(rows[lane, pick.place]) if known else "–",
            f"{number(pick.working[0])}–{number(pick.working[1])}" if known else "–",
            _edge(found, lane, pick),
            number(pick.limit),
        ]
        lines.append([*cells, *([_test(found.test[lane, pick.place]) if known else "–"] if tested else [])])
    bars = ["---"] * len(lines[0])
    return "\n".join("| " + " | ".join(row).replace("<", "&lt;") + " |" for row in (lines[0], bars, *lines[1:]))


def _edge(found: Rates, lane: int, pick: Chosen) -> str:
    """The first rate that breaks; that there is none is said when all have been tried."""
    if pick.edge >= 0:
        return number(found.rates[pick.edge])
    return "…" if np.isnan(found.lost[lane]).any() else text("rates.none")


def _test(seeds: Floats) -> str:
    return number(quarters(seeds)[1])


def _open(key: str) -> None:
    """The run behind a point that was clicked, on the page of networks."""
    lane, _, place = (pointed_at(key) or "").partition("~")
    net = visit.network()
    rates = rates_for(net)
    if not (lane.isdigit() and place.isdigit() and int(lane) < len(net.lanes) and int(place) < len(rates)):
        return
    opened = at_rate(net, int(lane), float(rates[int(place)]))
    visit.show(visit.visit().said._replace(network=opened), visit.beside(), "networks", visit.RACE)
