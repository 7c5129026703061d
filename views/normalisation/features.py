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
from views.kit.charts import Axis, Chart, draw, heat, line, marks, rule, variant_line
from views.kit.text import number, say, text
from views.session.work import worked

VERSIONS = ("raw", "standardised")
SHARE = 0.01  # of the way to the minimum that may be left
MOST_DRAWN = 300  # updates of a path
CELLS = 97  # of a relief's height
WIDE = 2.5  # times its height: what one scale on both axes leaves room for
DECADES = (-3.0, 1.0)  # that its colours span, of the loss at the start
MINIMUM: dict[str, Any] = {"symbol": "star", "size": 7, "open": "paper", "colour": "ink", "width": 2}
HEIGHT = 260  # of each chart


def features(net: NetworkExperiment) -> None:
    """F1: a linear model on raw and on standardised features."""
    linear = net if not net.classes else replace(net, data=choice(DATASETS, "unequal_features", ratio=10.0))
    bowls = _bowls(linear)
    st.markdown(f"**{text('normalisation.features_title', data=say(linear.dataset.name))}**")
    if min(int(each.curved.sum()) for each in bowls) < 2:
        st.info(text("normalisation.too_flat"))
        return
    columns = st.columns(3)
    for version, each, column in zip(VERSIONS, bowls, columns, strict=False):
        with column:
            st.markdown(
                text(
                    f"normalisation.{version}", condition=number(each.condition), rate=number(each.rate),
                    updates=number(each.updates_to(SHARE)),
                )
            )  # fmt: skip
            draw(_ground(each, variant_line(VERSIONS.index(version))["colour"]), f"features_{version}")
    with columns[-1]:
        st.markdown(text("normalisation.descent"))
        draw(_descents(bowls), "features_descent")
    st.caption(text("normalisation.features_note", most=MOST_DRAWN))
    if net.classes:
        st.caption(text("normalisation.features_stand_in", data=say(net.dataset.name)))


def _descents(bowls: Sequence[Bowl]) -> Chart:
    """How much of L − L* is left after so many updates."""
    longest = max(each.updates_to(SHARE) for each in bowls)
    updates = np.unique(np.geomspace(1, max(longest, 2), 120).round())
    lines = [
        line(updates, each.excess(each.path(updates)) / float(each.excess(each.start)), name, **variant_line(place))
        for place, (version, each) in enumerate(zip(VERSIONS, bowls, strict=True))
        for name in [text(f"normalisation.{version}_line")]
    ]
    left = Axis(text("normalisation.left"), log=True, low=1e-3, high=1.6)
    return Chart(Axis(text("normalisation.update"), log=True), left, [rule(SHARE), *lines], height=HEIGHT)


def _bowls(net: NetworkExperiment) -> list[Bowl]:
    """On the raw features and on the standardised ones; the targets are the same."""

    def both() -> Iterator[tuple[float, list[Bowl]]]:
        raw = replace(net, standardise=0).examples
        yield 1.0, [bowl(*parts.train[:2]) for parts in (raw, standardised(raw))]

    found = worked("bowls", (net.data, net.test), 0.0, both)
    assert found is not None  # it never waits
    return found


def _ground(each: Bowl, colour: str) -> Chart:
    """The plane of the two extreme eigenvectors through the minimum, and the path's shadow on it."""
    flat, steep = np.flatnonzero(each.curved)[[0, -1]]
    updates = min(each.updates_to(SHARE), MOST_DRAWN)
    path = each.path(np.arange(updates + 1))[:, [flat, steep]]
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
    series = [
        heat((-wide, wide, -half, half), np.clip((above - first) / (last - first), 0, 1), heights, lines, mute=True),
        line(path[:, 0], path[:, 1], colour=colour, width=width, halo=2.4, mute=True),
        marks(path[:, 0], path[:, 1], colour=colour, size=size, hover=[str(number) for number in range(updates + 1)]),
        marks([0], [0], mute=True, **MINIMUM),
    ]
    across, up = (Axis(text(f"normalisation.{name}"), low=-half, high=half) for name in ("flattest", "steepest"))
    return Chart(across, up, series, height=HEIGHT, equal=True)
