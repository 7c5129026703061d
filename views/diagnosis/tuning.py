"""One setting, many values, all lanes: how low each gets, and which value validation chooses."""

from collections.abc import Hashable
from dataclasses import replace
from functools import partial
from typing import Any

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
from settings.diagnosis import Diagnosis
from views.controls import network
from views.controls.fields import send_panel
from views.controls.widgets import linked_menu, linked_slider, linked_switch, pointed_at
from views.kit.charts import Axis, Chart, Series, draw, key_of, lane_line, line, marks, rule, whiskers
from views.kit.glossary import marked
from views.kit.labels import lane_label, setting_name, trouble
from views.kit.sheet import Said, Sheet, Told, box, tell
from views.kit.text import language, number, text
from views.session import visit
from views.session.linked import Asked, Linked, Parts, follow_sheet, piece, sheet_of
from views.session.work import shelf

DECIDES = ("question", "tuned", "tuning_trials", "tuning_tested")  # of what the link says
CHART, TITLE, TABLE = "tuning_chart", "tuning_title", "tuning_table"
HIGH = 440


def groups(net: NetworkExperiment) -> list[dict[str, Any]]:
    """Of the panel: the network with its lanes; each is tried at every value."""
    return network.network_groups(net, without=("seeds",), compares=True)


def panel(net: NetworkExperiment) -> None:
    network.data_menu(net)
    send_panel(groups(net))


def show(net: NetworkExperiment) -> None:
    """Draw what was found, or say why there is nothing."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="tuning_settings"):
        linked_menu(text("tuning.setting"), "tuned", partial(_called, net), width=260)
        linked_slider(text("tuning.trials"), "tuning_trials", help=text("tuning.trials_help"), width=220)
        linked_switch(text("tuning.tested"), "tuning_tested", help=text("tuning.tested_help"))
    now = Asked(visit.settings(Diagnosis), language(), net)
    found = sheet_of(PAGE, now)
    if found is None:
        st.caption(text("tuning.about"))
    elif found.charts:
        tell(found, TITLE)
        draw(found.charts[CHART], CHART, on_edit_change=partial(_open, key_of(CHART, HIGH)))
        tell(found, TABLE)
        st.caption(text("tuning.click"))
    for told in found.boxes if found else ():
        box(told)
    follow_sheet(PAGE, now, found.places if found else ())


def folded(net: NetworkExperiment, found: None) -> None:
    del net, found
    st.caption(marked(text("tuning.note")))


# ---- the sheet -------------------------------------------------------------------------------------------------------


def _tried(asked: Asked) -> tuple[NetworkExperiment, str, list[float]]:
    """What is trained: which setting takes which values."""
    tried = replace(asked.net, seeds=asked.own.tuning_trials)
    return tried, asked.own.tuned, [] if tried.trouble else values_of(tried, asked.own.tuned).tolist()


def _key(net: NetworkExperiment, setting: str, values: list[float]) -> Hashable:
    return setting, tuple((part.net.plan, part.net.drawn, part.numbers) for part in net.parts), tuple(values)


def _work(asked: Asked) -> Parts:
    net, setting, values = tried = _tried(asked)
    if not values:
        problem = trouble(net)
        yield 1.0, Sheet({}, {}, boxes=[Told(problem or text("tuning.nothing"), bool(problem))])
        return
    found = yield from piece(
        "tuned", _key(*tried), lambda: tune(net, setting, values), partial(sheet, net, tested=False)
    )
    yield 1.0, sheet(net, found, asked.own.tuning_tested)


def _seconds(asked: Asked) -> float:
    return sum(tuning_seconds(*left) for left in _left(asked))


def _preparing(asked: Asked) -> float:
    return sum(side_by_side(xla.missing(tuning_compiles(*left))) for left in _left(asked))


def _left(asked: Asked) -> list[tuple[NetworkExperiment, str, list[float]]]:
    """What must be tried, if anything must."""
    tried = _tried(asked)
    return [tried] if tried[2] and shelf("tuned").kept(_key(*tried)) is None else []


PAGE: Linked = Linked(
    "tuning", Diagnosis, DECIDES, _work, _seconds, _preparing, networks=True, begins=lambda asked: PAGE.soon(asked)
)


def sheet(net: NetworkExperiment, found: Tuned, tested: bool) -> Sheet:
    """All that is drawn and said."""
    picks = chosen(net, found)
    validated = not np.isnan(found.validation).all()
    called = _called(net, found.setting)
    title = text("tuning.title_validation" if validated else "tuning.title_train", setting=called)
    numbers = [at for at, racer in enumerate(net.lanes) if racer.shown]
    series: list[Series] = []
    for lane, at in enumerate(numbers):
        series += _lane(net, found, lane, at, picks[lane])
    names: dict[float, str] = dict(enumerate(_named(found.setting, value) for value in found.values))
    steps = Axis(called, low=-0.5, high=len(names) - 0.5, ticks=names)
    axes = Axis(called, log=True) if found.setting == RATE else steps, Axis(text("tuning.loss"), log=True)
    return Sheet(
        {CHART: Chart(*axes, series, HIGH, title=title)},
        {TITLE: Said([f"**{title}**"]), TABLE: _table(net, found, picks, numbers, validated, tested)},
    )


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
) -> Said:
    """A row for each lane: the rate that is chosen, how low it gets, which rates work, and where it breaks."""
    limits = ["limit"] if found.setting == RATE else []
    heads = ["lane", "best", "by_validation" if validated else "by_train", "working", "edge", *limits]
    rows = judged(found)
    lines = []
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
    return Said((), [text(f"tuning.{head}") for head in [*heads, *(["test"] if tested else [])]], lines)


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


def _open(key: str) -> None:
    """The run behind a point that was clicked, on the page of networks."""
    lane, _, place = (pointed_at(key) or "").partition("~")
    net, setting = visit.network(), visit.settings(Diagnosis).tuned
    values = values_of(net, setting)
    if not (lane.isdigit() and place.isdigit() and int(lane) < len(net.lanes) and int(place) < len(values)):
        return
    opened = at_value(net, int(lane), setting, float(values[int(place)]))
    visit.show(visit.visit().said._replace(network=opened), visit.beside(), "networks", visit.RACE)
