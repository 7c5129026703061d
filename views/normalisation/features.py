"""Normalised features: the surface of a linear model is a parabola, on raw features a long narrow one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from datasets import DATASETS
from datasets.base import standardised
from engine.link import choice
from engine.measures.conditioning import Bowl, bowl
from engine.networks.experiment import NetworkExperiment
from views.kit.charts import SYMBOLS, Axis, Chart, draw, heat, line, marks, rule, running, variant_line
from views.kit.sheet import Said, Sheet, Told, box, tell
from views.kit.text import number, say, text
from views.session.linked import Asked
from views.session.work import finished

VERSIONS = ("raw", "standardised")
SHARE = 0.01  # of the way to the minimum that may be left
MOST_DRAWN = 300  # updates of a path
CELLS = 97  # of a relief's height
WIDE = 2.5  # times its height: what one scale on both axes leaves room for
DECADES = (-3.0, 1.0)  # that its colours span, of the loss at the start
MINIMUM: dict[str, Any] = {"symbol": "star", "size": 7, "open": "paper", "colour": "ink", "width": 2}
HEIGHT = 260  # of each chart
LONGEST = 12_000  # updates that the clock counts at most


def sheet(asked: Asked) -> Sheet:
    """F1: a linear model on raw and on standardised features; its clock counts the updates of the longer descent."""
    net = asked.net.alike
    linear = _linear(net)
    bowls = _bowls(linear)
    title = Said([f"**{text('normalisation.features_title', data=say(linear.dataset.name))}**"])
    if min(int(each.curved.sum()) for each in bowls) < 2:
        return Sheet({}, {"features_title": title}, (0, 0), boxes=[Told(text("normalisation.too_flat"))])
    charts = {f"features_{version}": _ground(each, version) for version, each in zip(VERSIONS, bowls, strict=True)}
    said = {
        f"told_{version}": Said([
            text(
                f"normalisation.{version}", condition=number(each.condition), rate=number(each.rate),
                updates=number(each.updates_to(SHARE)),
            )
        ])
        for version, each in zip(VERSIONS, bowls, strict=True)
    }  # fmt: skip
    stand_in = text("normalisation.features_stand_in", data=say(net.dataset.name)) if net.classes else ""
    notes = [text("normalisation.features_note", most=MOST_DRAWN), stand_in]
    updates = int(_played(max(each.updates_to(SHARE) for each in bowls))[-1])
    return Sheet(
        {**charts, "features_descent": _descents(bowls)},
        {"features_title": title, **said, "features_told": Said(note=" ".join(filter(None, notes)))},
        (updates, 0),
    )


def lay(sheet: Sheet) -> None:
    tell(sheet, "features_title")
    for told in sheet.boxes:
        box(told)
    if not sheet.charts:
        return
    *columns, last = st.columns(3)
    for version, column in zip(VERSIONS, columns, strict=True):
        with column:
            tell(sheet, f"told_{version}")
            draw(sheet.charts[f"features_{version}"], f"features_{version}")
    with last:
        st.markdown(text("normalisation.descent"))
        draw(sheet.charts["features_descent"], "features_descent")


def lay_below(sheet: Sheet) -> None:
    """How the pictures are read."""
    if "features_told" in sheet.said:
        tell(sheet, "features_told")


def _played(updates: int) -> Any:
    """The updates at which a descent is seen, from 0 on: each of the first ones, then ever fewer."""
    most = min(updates, LONGEST)
    return np.unique([*range(min(most, MOST_DRAWN) + 1), *np.geomspace(1, max(most, 1), 400).round().astype(int)])


def _descents(bowls: Sequence[Bowl]) -> Chart:
    """How much of L − L* is left after so many updates: pale all of it, for the law is known."""
    longest = max(each.updates_to(SHARE) for each in bowls)
    law, updates = np.unique(np.geomspace(1, max(longest, 2), 240).round()), _played(longest)
    series = [rule(SHARE)]
    for place, (version, each) in enumerate(zip(VERSIONS, bowls, strict=True)):
        known, left = (each.excess(each.path(at)) / float(each.excess(each.start)) for at in (law, updates))
        series.append(line(law, known, text(f"normalisation.{version}_line"), **variant_line(place), alpha=0.35))
        series += running(updates, left, updates, variant_line(place), symbol=SYMBOLS[place])
    share = Axis(text("normalisation.left"), log=True, low=1e-3, high=1.6)
    axis = Axis(text("normalisation.update"), log=True, clock=1)
    return Chart(axis, share, series, height=HEIGHT, title=text("normalisation.descent").replace("**", ""))


def _linear(net: NetworkExperiment) -> NetworkExperiment:
    """The data of a linear model: where there are classes, others stand in."""
    return net if not net.classes else replace(net, data=choice(DATASETS, "unequal_features", ratio=10.0))


def _bowls(net: NetworkExperiment) -> list[Bowl]:
    """On the raw features and on the standardised ones; the targets are the same."""

    def both() -> Iterator[tuple[float, list[Bowl]]]:
        raw = replace(net, standardise=0).examples
        yield 1.0, [bowl(*parts.train[:2]) for parts in (raw, standardised(raw))]

    return finished("bowls", (net.data, net.test), both)


def _ground(each: Bowl, version: str) -> Chart:
    """The plane of the two extreme eigenvectors through the minimum, and the path's shadow on it."""
    place = VERSIONS.index(version)
    colour = variant_line(place)["colour"]
    flat, steep = np.flatnonzero(each.curved)[[0, -1]]
    updates = min(each.updates_to(SHARE), MOST_DRAWN)
    times = _played(each.updates_to(SHARE))
    places = each.path(times)[:, [flat, steep]]
    path = places[: updates + 1]
    half = 1.25 * float(np.abs(path).max()) or 1.0
    wide = WIDE * half
    x, y = np.meshgrid(np.linspace(-wide, wide, round(WIDE * CELLS)), np.linspace(-half, half, CELLS))
    first, last = DECADES
    heights = (each.ends[0] * x**2 + each.ends[1] * y**2) / 2
    above = np.log10(np.maximum(heights / float(each.excess(each.start)), 10**first))
    turn = np.linspace(0, 2 * np.pi, 181)
    round_ = np.sqrt(2 * float(each.excess(each.start)) / each.ends)[:, None] * [np.cos(turn), np.sin(turn)]  # L = L₀
    lines = [10 ** (power / 2) * round_.T for power in np.arange(-4, 4, 0.5)]
    width, size = (2.6, 3) if updates < 20 else (1.2, 2)
    look = {"colour": colour, "width": width, "halo": 2.4, "mute": True}
    dots = marks(path[:, 0], path[:, 1], colour=colour, size=size, hover=[str(update) for update in range(updates + 1)])
    _, head = running(places[:, 0], places[:, 1], times, look, symbol=SYMBOLS[place])
    series = [
        heat((-wide, wide, -half, half), np.clip((above - first) / (last - first), 0, 1), heights, lines, mute=True),
        line(path[:, 0], path[:, 1], **look)._replace(times=times[: updates + 1]),
        dots._replace(times=times[: updates + 1]),
        marks([0], [0], mute=True, **MINIMUM),
        head,
    ]
    across, up = (Axis(text(f"normalisation.{name}"), low=-half, high=half) for name in ("flattest", "steepest"))
    return Chart(across, up, series, HEIGHT, equal=True, title=text(f"normalisation.{version}_line"))
