"""Charts without a clock, drawn by Plotly: one look for all pages."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import pandas  # type: ignore[import-untyped]  # noqa: F401  # before Plotly finds it half imported by another thread
import plotly.graph_objects as go
import streamlit as st

# Of optimizers, and of nothing else: as look.js.
COLOURS = ["#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7f7f7f", "#B8A900"]
DASHES = ["solid", "dash", "dot", "dashdot", "dash", "longdash", "dot", "dashdot"]
# Of what else is compared, two losses or three normalisations; and of what has an order, batch sizes or widths, from
# the least to the most. Their marks are open.
VARIANTS = ["#6a3d9a", "#7d6608", "#1f6f78", "#a13670", "#5b6875"]
RAMP = ["#d9b8f7", "#b985ea", "#9a5cd8", "#7d3fba", "#63299a"]
OPEN = ["circle-open", "square-open", "diamond-open", "triangle-up-open", "pentagon-open"]
# To be seen on light and on dark. An eigenvalue's sign: what leads down is full, what leads up is open.
NEUTRAL = "#6b7785"
BELOW, ABOVE = NEUTRAL, "rgba(107, 119, 133, .18)"
START = {"symbol": "circle-open", "size": 12, "color": "#888888", "line_width": 2.5}
MINIMUM = {"symbol": "star", "size": 13, "color": "#1c2530", "line": {"color": "#ffffff", "width": 1.5}}
STRETCHES = {  # pixels that are drawn, left out, drawn, …
    "solid": (34, 0),
    "dash": (9, 5),
    "dot": (3, 3),
    "dashdot": (9, 4, 3, 4),
    "longdash": (14, 6),
}
FONT = 14
TOOLS = {"displayModeBar": False}  # it would lie on the data; dragging zooms, a double click shows all again


def chart(x: str, y: str, log_x: bool = False, log_y: bool = False, height: int = 340) -> go.Figure:
    """An empty chart with titled axes; the legend lies above it."""
    axis = {"title_font_size": FONT, "tickfont_size": FONT - 1, "exponentformat": "power"}
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 64, "r": 16, "t": 34, "b": 48},
        font_size=FONT,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.01, "x": 0, "font_size": FONT},
        xaxis={**axis, "title": x, "type": "log" if log_x else "linear"},
        yaxis={**axis, "title": y, "type": "log" if log_y else "linear"},
    )
    return figure


def lane_line(number: int) -> dict[str, Any]:
    """How a lane's line looks, the same as on the canvas."""
    return {"color": COLOURS[number % 8], "dash": DASHES[number % 8], "width": 2.5}


def variant_line(number: int) -> dict[str, Any]:
    """The line of one of several versions that are no optimizers."""
    return {"color": VARIANTS[number % 5], "dash": DASHES[number % 5], "width": 2.5}


def in_order(place: int, count: int) -> dict[str, Any]:
    """Colour and symbol of the ``place``-th of ``count`` sizes, the least first."""
    shade = round(place * (len(RAMP) - 1) / max(count - 1, 1))
    return {"color": RAMP[shade], "symbol": OPEN[place % len(OPEN)]}


def draw(figure: go.Figure, key: str, **how: Any) -> Any:
    """Put a chart on the page; ``how`` goes to ``st.plotly_chart``."""
    return st.plotly_chart(figure, key=key, theme="streamlit", config=TOOLS, **how)


def legend(names: Sequence[str]) -> None:
    """One legend for several charts beside each other, whose lines are those of the variants 0, 1, …"""
    samples = "".join(
        '<span style="white-space:nowrap"><span style="display:inline-block;vertical-align:middle;'
        f'width:34px;height:3px;background:{_stripes(**variant_line(place))}"></span> {name}</span>'
        for place, name in enumerate(names)
    )
    st.html(f'<div style="display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:{FONT}px">{samples}</div>')


def _stripes(color: str, dash: str, **look: Any) -> str:
    """A dashed line as a CSS background: what Streamlit lets through of HTML has no SVG."""
    ends = list(accumulate(STRETCHES[dash], initial=0))
    parts = [
        f"{color if place % 2 == 0 else 'transparent'} {start}px {end}px"
        for place, (start, end) in enumerate(pairwise(ends))
    ]
    return f"repeating-linear-gradient(90deg, {', '.join(parts)})"
