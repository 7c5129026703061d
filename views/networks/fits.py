"""What the data view of a network shows: the examples, and what every optimizer's network says of them, as it learns.

Five kinds: a curve over one input; regions over two inputs; examples on their two main components for more inputs;
predictions against targets for several inputs and a number; and the last hidden layer.
"""

from typing import Any, NotRequired, TypedDict, cast

import numpy as np

from datasets.base import Data
from engine.networks.answers import Moments, activated, chances_at, last_hidden_at, moments_of, outputs_at
from engine.networks.experiment import NetworkExperiment
from engine.networks.stretch import FAR
from engine.networks.training import Training
from normalisations import NORMALISATIONS
from views.kit.text import say
from views.kit.wire import Block, block, coarse, short

MOMENTS = 48  # of a training that are sent; the page blends between them
LINE = 120  # places along a curve
SIDES = {1: 44, 2: 44, 3: 40, 4: 34}  # of the grid of regions, by the number of lanes
SMALLEST_SIDE = 26
EXAMPLES = 240  # examples that are drawn
USUAL = 3.0  # standard deviations: a feature that is almost constant must not make the picture
MARGIN = 0.08  # of a window around the examples
LEVELS = 63  # of a probability: what a colour shows, and few bytes


class Line(TypedDict):
    lanes: list[Block]


class Pieces(Line):
    """θ of every lane, from which the parts of a curve are drawn, and the activation as a table."""

    reach: float
    bends: Block  # the activation, evenly in arsinh z


class Fit(TypedDict):
    """One picture: what there is of it depends on its kind."""

    kind: str
    trained: int  # so many of the examples are learned from
    targets: list[float]
    classes: list[str]
    steps: list[float]
    places: list[list[float]]
    names: list[str]
    lanes: list[Block]
    window: NotRequired[list[list[float]]]
    windows: NotRequired[list[list[list[float]]]]  # of each lane
    side: NotRequired[int]  # of a grid
    levels: NotRequired[int]  # of a probability
    pieces: NotRequired[Pieces]
    line: NotRequired[Line]


def kind_of(net: NetworkExperiment) -> str:
    """Which picture suits this experiment."""
    if net.view == "hidden" and net.depth and net.classes:
        return "hidden"
    inputs = len(net.dataset.features)
    if net.classes:
        return "regions" if inputs == 2 else "points"
    return "curve" if inputs == 1 else "pairs"


def fit_told(net: NetworkExperiment, training: Training, columns: list[Any]) -> Fit:
    """The picture's header, with the columns of every lane laid behind those that are there already."""
    kind = kind_of(net)
    train, test = _some(net.examples.train), _some(net.examples.test)
    lanes = [moments_of(training, lane, MOMENTS) for lane in range(len(training.path))]
    fit = DRAWN[kind](net, train, test, lanes, columns)
    known = np.concatenate([train.targets, test.targets])
    header = {
        "kind": kind,
        "trained": len(train.targets),
        "targets": short(known),
        "classes": [say(name) for name in net.dataset.classes],
        "steps": short(lanes[0].steps),
        **fit,
    }
    return cast(Fit, header)


def _some(data: Data) -> Data:
    return data._replace(inputs=data.inputs[:EXAMPLES], targets=data.targets[:EXAMPLES])


def _both(train: Data, test: Data) -> Any:
    return np.concatenate([train.inputs, test.inputs])


def _window(points: Any) -> list[list[float]]:
    """A range for each coordinate of points (n, k), with a margin."""
    low, high = points.min(axis=0), points.max(axis=0)
    margin = MARGIN * np.where(high > low, high - low, 1.0)
    return [short(pair) for pair in zip(low - margin, high + margin, strict=True)]


def _laid(columns: list[Any], rows: Any) -> Block:
    """Rows (F, N) as F columns of N numbers."""
    return block(columns, {"rows": [coarse(row) for row in rows]})


def _curve(net: NetworkExperiment, train: Data, test: Data, lanes: list[Moments], columns: list[Any]) -> dict[str, Any]:
    points = _both(train, test)
    (window,) = _window(points)
    grid = np.linspace(window[0], window[1], LINE)
    said = [outputs_at(net.architecture, at, grid[:, None])[:, :, 0] for at in lanes]
    known = np.concatenate([train.targets, test.targets])
    header = {
        "places": short(points),
        "names": [say(net.dataset.features[0]), "y"],
        "window": [window, *_window(known[:, None])],
        "lanes": [_laid(columns, rows) for rows in said],
    }
    if net.depth == 1 and NORMALISATIONS[net.norm].axis is None and not net.residual and net.width <= PIECES:
        header["pieces"] = {
            **_bend(net, window, lanes, columns),
            "lanes": [_laid(columns, at.thetas) for at in lanes],
        }
    return header


PIECES = 128  # neurons whose parts of a curve are drawn
BENDS = 513  # places at which the activation is sent, evenly in arsinh z: close together around 0, where it bends


def _bend(net: NetworkExperiment, window: list[float], lanes: list[Moments], columns: list[Any]) -> dict[str, Any]:
    """The activation as a table over all z = b + w x that its neurons are given in this window, up to FAR."""
    into, bias = (
        np.concatenate([at.thetas[:, part * net.width : (part + 1) * net.width].ravel() for at in lanes])
        for part in (0, 1)
    )
    with np.errstate(over="ignore", invalid="ignore"):  # where a network diverges
        given = np.abs(bias + np.outer(window, into))
    reach = float(np.arcsinh(np.fmax.reduce(np.minimum(given, FAR), axis=None, initial=1.0)))
    values = activated(net.activation, np.sinh(np.linspace(-reach, reach, BENDS)))
    return {"reach": short(reach), "bends": block(columns, {"bend": [coarse(values)]})}


def _regions(
    net: NetworkExperiment, train: Data, test: Data, lanes: list[Moments], columns: list[Any]
) -> dict[str, Any]:
    points = _both(train, test)
    across, up = window = _window(points)
    side = SIDES.get(len(lanes), SMALLEST_SIDE)
    x, y = np.meshgrid(np.linspace(across[0], across[1], side), np.linspace(up[0], up[1], side))
    grid = np.stack([x.ravel(), y.ravel()], axis=1)
    said = [np.round(LEVELS * chances_at(net.architecture, at, grid)) for at in lanes]
    grids = [rows[:, :, 1:] if net.classes == 2 else rows for rows in said]
    return {
        "places": short(points),
        "names": [say(name) for name in net.dataset.features],
        "window": window,
        "side": side,
        "levels": LEVELS,
        "lanes": [_laid(columns, rows.transpose(0, 2, 1).reshape(len(rows), -1)) for rows in grids],
    }


def _points(
    net: NetworkExperiment, train: Data, test: Data, lanes: list[Moments], columns: list[Any]
) -> dict[str, Any]:
    points = _both(train, test)
    places = _main_components(np.clip(points, -USUAL, USUAL) if net.standardise else points)
    chances = [chances_at(net.architecture, at, points) for at in lanes]
    said = [np.where(np.isnan(rows[:, :, 0]), np.nan, rows.argmax(axis=2)) for rows in chances]  # diverged: no class
    return {
        "places": short(places),
        "names": ["PC 1", "PC 2"],
        "window": _window(places),
        "lanes": [_laid(columns, rows) for rows in said],
    }


def _main_components(points: Any) -> Any:
    """Points (n, k) on their first two principal components, (n, 2)."""
    moved = points - points.mean(axis=0)
    return moved @ np.linalg.svd(moved, full_matrices=False)[2][:2].T


def _pairs(net: NetworkExperiment, train: Data, test: Data, lanes: list[Moments], columns: list[Any]) -> dict[str, Any]:
    points, known = _both(train, test), np.concatenate([train.targets, test.targets])
    said = [outputs_at(net.architecture, at, points)[:, :, 0] for at in lanes]
    ((low, high),) = _window(known[:, None])
    return {
        "places": short(known[:, None]),
        "names": ["y", "ŷ"],
        "window": [[low, high], [low, high]],
        "lanes": [_laid(columns, rows) for rows in said],
    }


def _hidden(
    net: NetworkExperiment, train: Data, test: Data, lanes: list[Moments], columns: list[Any]
) -> dict[str, Any]:
    """The neurons themselves where there are two; else the main components of how they end."""
    points = _both(train, test)
    said, windows = [], []
    for at in lanes:
        rows = last_hidden_at(net.architecture, at, points)
        rows = np.where(np.abs(rows) <= FAR, rows, np.nan)
        if net.width == 1:
            rows = np.concatenate([rows, np.zeros_like(rows)], axis=2)
        sound = np.isfinite(rows).all(axis=(1, 2))
        if net.width > 2:
            ends = rows[sound][-1] if sound.any() else np.zeros(rows.shape[1:])  # of one that diverges, before it does
            turn = np.linalg.svd(ends - ends.mean(axis=0), full_matrices=False)[2][:2].T
            rows = (rows - ends.mean(axis=0)) @ turn
        said.append(rows)
        windows.append(_window(rows[sound].reshape(-1, 2) if sound.any() else np.zeros((1, 2))))
    names = [f"h{index}" for index in "₁₂"] if net.width <= 2 else ["PC 1", "PC 2"]
    line = {}
    if net.width == 2 and net.classes == 2:  # the last three of θ: v, c of the logit v·h + c
        line = {"line": {"lanes": [_laid(columns, at.thetas[:, -3:]) for at in lanes]}}
    return {
        **line,
        "places": [],
        "names": names,
        "windows": windows,
        "lanes": [_laid(columns, rows.transpose(0, 2, 1).reshape(len(rows), -1)) for rows in said],
    }


DRAWN = {"curve": _curve, "regions": _regions, "points": _points, "pairs": _pairs, "hidden": _hidden}
