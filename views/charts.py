"""Charts without a clock, drawn by Plotly: one look for all pages."""

from typing import Any

import plotly.graph_objects as go
import streamlit as st

COLOURS = ["#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7f7f7f", "#B8A900"]  # as look.js
DASHES = ["solid", "dash", "dot", "dashdot", "dash", "longdash", "dot", "dashdot"]
MARKERS = ["circle", "square", "triangle-up", "diamond", "x", "star", "circle-open", "cross"]
FONT = 14
TOOLS = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}


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


def draw(figure: go.Figure, key: str, **how: Any) -> Any:
    """Put a chart on the page; ``how`` goes to ``st.plotly_chart``."""
    return st.plotly_chart(figure, key=key, theme="streamlit", config=TOOLS, **how)
