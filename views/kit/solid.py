"""Figures that Plotly draws: the surface and its paths in three dimensions."""

import numpy as np
import pandas  # type: ignore[import-untyped]  # noqa: F401  # before Plotly finds it half imported by another thread
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine.surfaces.descent import Trajectory
from engine.surfaces.experiment import Experiment
from engine.surfaces.relief import Plane, Window, plane_of, plane_window, relief
from engine.surfaces.thinning import Steps, last_step, strokes
from views.kit.charts import COLOURS, DASHES
from views.kit.labels import lane_label
from views.kit.lanes import places_of
from views.kit.scene import axis_titles
from views.kit.text import text

SIDE = 96  # points along a side: the browser turns this smoothly
POINTS = 1000  # of each path
SHORTEST = 0.4  # of the longer side


def solid(experiment: Experiment, trajectories: dict[int, Trajectory]) -> go.Figure:
    """Surface and paths over the plane of the picture; heights are logarithmic where the colours are."""
    surface = experiment.surface
    plane = plane_of(surface, experiment.start, [trajectory.lived for trajectory in trajectories.values()])
    window = plane_window(surface, plane)
    shown = relief(experiment.landscape, plane, window)
    every = max(len(shown.heights) // SIDE, 1)
    x = np.linspace(window[0], window[1], shown.heights.shape[1])[::every]
    y = np.linspace(window[2], window[3], shown.heights.shape[0])[::every]
    warp = shown.colour.warp
    figure = go.Figure(
        go.Surface(
            x=x.astype("f4"), y=y.astype("f4"), z=warp(shown.heights[::every, ::every]).astype("f4"),
            colorscale="Greys", reversescale=True, opacity=0.6, showscale=False, hoverinfo="skip",
        )
    )  # fmt: skip
    for number, trajectory in trajectories.items():
        kept, drawn = _corners(trajectory, plane, window)
        place = plane.shadow(trajectory.params[kept])
        inside = (
            (place[:, 0] >= window[0])
            & (place[:, 0] <= window[1])
            & (place[:, 1] >= window[2])
            & (place[:, 1] <= window[3])
        )
        place = np.where(inside[:, None], place, np.nan)
        height = np.where(
            inside, warp(trajectory.loss[kept]), np.nan
        )  # for d > 2 the true loss, which need not lie on the plane
        lift = 0.02 * (shown.colour.high - shown.colour.low)
        place, height = (np.insert(part, np.flatnonzero(~drawn), np.nan, axis=0) for part in (place, height))
        figure.add_scatter3d(
            x=place[:, 0].astype("f4"), y=place[:, 1].astype("f4"),
            z=(height + lift).astype("f4"),
            mode="lines", name=lane_label(experiment, number),
            line={"color": COLOURS[number], "width": 6, "dash": DASHES[number]},
        )  # fmt: skip
    across, up = axis_titles(surface)
    height_title = text("share.height_log" if shown.colour.log else "share.height")
    figure.update_layout(
        scene={
            "xaxis_title": across,
            "yaxis_title": up,
            "zaxis_title": height_title,
            "aspectmode": "manual",
            "aspectratio": _sides(window),
            "camera": {"eye": {"x": -1.2, "y": -1.5, "z": 1.3}},
        },
        legend={"orientation": "h", "font": {"size": 15}},
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        height=560,
    )
    return figure


def _sides(window: Window) -> dict[str, float]:
    """One scale on both axes of the ground, if neither side becomes too short to see."""
    wide, deep = window[1] - window[0], window[3] - window[2]
    longer = max(wide, deep)
    return {"x": max(wide / longer, SHORTEST), "y": max(deep / longer, SHORTEST), "z": 1.0}


def _corners(trajectory: Trajectory, plane: Plane, window: Window) -> tuple[Steps, NDArray[np.bool_]]:
    """The steps of a path that are drawn, and whether a stroke leads to each: all of a short one."""
    end = last_step(trajectory)
    if end < POINTS:
        return np.arange(end + 1), np.ones(end + 1, dtype=bool)
    found = strokes(*places_of(trajectory, plane, window), POINTS)
    return found.steps, found.drawn
