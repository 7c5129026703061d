"""What paths run over: the plane of a picture, its window, the start, the known minima."""

from collections.abc import Callable, Sequence
from typing import NotRequired, TypedDict

import numpy as np

from engine.surfaces.experiment import Experiment
from engine.surfaces.relief import Plane, losses, plane_window, valley_lines
from landscapes.base import Landscape
from views.kit.addresses import relief_url
from views.kit.text import text


class Ground(TypedDict):
    """The picture of a surface, which the page fetches by its address for the window that it shows."""

    key: str  # the same: only seen from elsewhere
    url: str
    flat: bool  # a curve over one parameter
    window: tuple[float, float, float, float]  # x0, x1, y0, y1
    names: list[str]  # of the axes
    start: list[float]
    minima: list[list[float]]  # stars
    valley: list[list[list[float]]]  # lines
    overlay: NotRequired[str]  # the address of the lines over it


class Scene(Ground):
    """And how points of the surface come into it."""

    origin: list[float]
    axes: list[list[float]]


def scene(experiment: Experiment, plane: Plane, minima: np.ndarray, titled: Callable[[str], str] = text) -> Scene:
    """What the paths run over: the plane of the picture, its window, the start, the known minima, as stars or lines.
    ``titled`` puts those names of axes into words that are not coordinates."""
    surface, chosen = experiment.surface, experiment.landscape
    flat = surface.dimension == 1
    window = plane_window(surface, plane)
    lines = valley_lines(chosen, plane) if len(minima) else []
    places = np.vstack([np.array(experiment.start)[None], minima[: 0 if lines else None]])
    start, *stars = _on_curve(experiment, places) if flat else plane.shadow(places).tolist()
    name = "~".join([chosen.name, *(f"{key}~{value!r}" for key, value in chosen.values)])
    return {
        "key": chosen.name,
        "url": relief_url(name, plane),
        "flat": flat,
        "window": window,
        "origin": plane.origin.tolist(),
        "axes": plane.axes.tolist(),
        "names": axis_titles(surface, titled),
        "start": start,
        "minima": [place for place in stars if flat or _inside(place, window)],
        "valley": [line.round(6).tolist() for line in lines],
    }


def axis_titles(surface: Landscape, titled: Callable[[str], str]) -> list[str]:
    if surface.dimension == 1:
        return [surface.coordinates[0], titled("share.height")]
    if surface.dimension == 2:
        return list(surface.coordinates)
    return [titled("stage.along"), titled("stage.across")]


def _on_curve(experiment: Experiment, points: np.ndarray) -> list[list[float]]:
    """Points (n, 1) with their losses: places on the curve of a surface of one parameter."""
    return np.column_stack([points, np.nan_to_num(losses(experiment.landscape, points))]).tolist()


def _inside(place: Sequence[float], window: Sequence[float]) -> bool:
    x0, x1, y0, y1 = window
    return x0 <= place[0] <= x1 and y0 <= place[1] <= y1
