"""Normalised features: the surface of a linear model is a parabola, on raw features a long narrow one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from datasets import DATASETS
from datasets.base import standardised
from engine.link import choice
from engine.measures.conditioning import Bowl, bowl
from engine.networks.experiment import NetworkExperiment
from views.kit.charts import COLOURS, MINIMUM, chart, draw, variant_line
from views.kit.text import number, say, text
from views.session.work import worked

VERSIONS = ("raw", "standardised")
SHARE = 0.01  # of the way to the minimum that may be left
MOST_DRAWN = 300  # updates of a path
CELLS = 81  # of a contour's side
HEIGHT = 270  # of each chart


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
            draw(_contour(each), f"features_{version}")
    with columns[-1]:
        st.markdown(text("normalisation.descent"))
        draw(_descents(bowls), "features_descent")
    st.caption(text("normalisation.features_note", most=MOST_DRAWN))
    if net.classes:
        st.caption(text("normalisation.features_stand_in", data=say(net.dataset.name)))


def _descents(bowls: Sequence[Bowl]) -> go.Figure:
    """How much of L − L* is left after so many updates."""
    figure = chart(text("normalisation.update"), text("normalisation.left"), log_x=True, log_y=True, height=HEIGHT)
    longest = max(each.updates_to(SHARE) for each in bowls)
    updates = np.unique(np.geomspace(1, max(longest, 2), 120).round())
    for place, (version, each) in enumerate(zip(VERSIONS, bowls, strict=True)):
        shares = each.excess(each.path(updates)) / float(each.excess(each.start))
        figure.add_scatter(
            x=updates, y=shares, mode="lines", line=variant_line(place), name=text(f"normalisation.{version}_line")
        )
    figure.add_hline(y=SHARE, line={"color": "#888888", "dash": "dot", "width": 1.5})
    figure.update_yaxes(range=[-3, 0.2], dtick=1)
    figure.update_xaxes(dtick=1)
    figure.update_layout(margin={"l": 60, "r": 8, "t": 30, "b": 48})
    return figure


def _bowls(net: NetworkExperiment) -> list[Bowl]:
    """On the raw features and on the standardised ones; the targets are the same."""

    def both() -> Iterator[tuple[float, list[Bowl]]]:
        raw = replace(net, standardise=0).examples
        yield 1.0, [bowl(*parts.train[:2]) for parts in (raw, standardised(raw))]

    found = worked("bowls", (net.data, net.test), 0.0, both)
    assert found is not None  # it never waits
    return found


def _contour(each: Bowl) -> go.Figure:
    """The plane of the two extreme eigenvectors through the minimum, and the path's shadow on it."""
    flat, steep = np.flatnonzero(each.curved)[[0, -1]]
    updates = min(each.updates_to(SHARE), MOST_DRAWN)
    path = each.path(np.arange(updates + 1))[:, [flat, steep]]
    half = 1.25 * float(np.abs(path).max()) or 1.0
    ticks = np.linspace(-half, half, CELLS)
    x, y = np.meshgrid(ticks, ticks)
    heights = (each.ends[0] * x**2 + each.ends[1] * y**2) / 2
    share = np.log10(np.maximum(heights / float(each.excess(each.start)), 1e-4))
    figure = chart(text("normalisation.flattest"), text("normalisation.steepest"), height=HEIGHT)
    figure.add_contour(
        x=ticks, y=ticks, z=share.astype(np.float32), showscale=False, colorscale="Blues", reversescale=True,
        contours={"start": -4, "end": 4, "size": 0.5}, line_width=0.7, hoverinfo="skip", opacity=0.75,
    )  # fmt: skip
    figure.add_scatter(
        x=path[:, 0], y=path[:, 1], mode="lines+markers", line={"color": COLOURS[0], "width": 1}, marker_size=4,
        hovertemplate="%{pointNumber}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(x=[0], y=[0], mode="markers", marker=MINIMUM)
    figure.update_layout(showlegend=False, margin={"l": 52, "r": 8, "t": 8, "b": 48})
    figure.update_yaxes(range=[-half, half], scaleanchor="x", constrain="domain")
    figure.update_xaxes(range=[-half, half], constrain="domain")
    return figure
