"""What the data view of a network shows: the examples, and what every optimizer's network says of them, as it learns.

Five kinds: a curve over one input; regions over two inputs; examples on their two main components for more inputs;
predictions against targets for several inputs and a number; and the last hidden layer.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, NotRequired, TypedDict, cast

import numpy as np

from datasets.base import Data
from engine.networks.answers import Moments, activated, chances_at, last_hidden_at, moments_of, outputs_at
from engine.networks.examples import drawn
from engine.networks.experiment import NetworkExperiment
from engine.networks.stretch import FAR
from engine.networks.together import Learned
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


class Pieces(TypedDict):
    """θ of a lane, from which the parts of its curve are drawn, and its activation as a table."""

    theta: Block
    reach: float
    bends: Block  # the activation, evenly in arsinh z


class FitExamples(TypedDict):
    """What some lanes learn from and are tested on."""

    trained: int  # so many of them are learned from
    targets: list[float]
    places: list[list[float]]


class Fit(TypedDict):
    """One picture: what there is of it depends on its kind."""

    kind: str
    classes: list[str]
    examples: list[FitExamples]
    of: list[int]  # of each lane, which of these are its
    steps: list[list[float]]  # of each lane
    names: list[str]
    lanes: list[Block]
    window: NotRequired[list[list[float]]]
    windows: NotRequired[list[list[list[float]]]]  # of each lane
    side: NotRequired[int]  # of a grid
    levels: NotRequired[int]  # of a probability
    pieces: NotRequired[list[Pieces | None]]
    line: NotRequired[list[Block | None]]


class Shown(NamedTuple):
    """A lane: what it trains, at which moments it is shown, and the examples that are drawn of it."""

    net: NetworkExperiment
    at: Moments
    train: Data
    test: Data

    @property
    def points(self) -> Any:
        """All features that are shown, of which the lane may get fewer."""
        return np.concatenate([self.train.inputs, self.test.inputs])

    def given(self, points: Any) -> Any:
        """What the network gets of points in the picture."""
        return points[:, : self.net.inputs]

    @property
    def targets(self) -> Any:
        return np.concatenate([self.train.targets, self.test.targets])


def kind_of(net: NetworkExperiment) -> str:
    """Which picture suits this experiment."""
    if net.view == "hidden" and has_hidden(net):
        return "hidden"
    inputs = most_inputs(net)
    if net.classes:
        return "regions" if inputs == 2 else "points"
    return "curve" if inputs == 1 else "pairs"


def most_inputs(net: NetworkExperiment) -> int:
    """The features that are shown: those of the lane that gets the most."""
    return max((part.net.inputs for part in net.parts), default=net.inputs)


def has_hidden(net: NetworkExperiment) -> bool:
    """Whether there is a hidden layer to look into, of any lane; one without shows its inputs there."""
    return net.classes > 0 and any(part.net.depth for part in net.parts)


def fit_told(net: NetworkExperiment, learned: Sequence[Learned], columns: list[Any]) -> Fit:
    """The picture's header, with the columns of every lane laid behind those that are there already."""
    kind = kind_of(net)
    sets = list(dict.fromkeys(each.net.drawn for each in learned))
    features = most_inputs(net)
    lanes = [
        Shown(
            each.net,
            moments_of(each.training, each.lane, MOMENTS),
            *map(_some, drawn(replace(each.net.drawn, features=features))[:2]),
        )
        for each in learned
    ]
    fit = DRAWN[kind](lanes, columns)
    first = [next(lane for lane, each in zip(lanes, learned, strict=True) if each.net.drawn == one) for one in sets]
    places = fit.pop("places")(first)
    header = {
        "kind": kind,
        "classes": [say(name) for name in net.dataset.classes],
        "examples": [
            {"trained": len(lane.train.targets), "targets": short(lane.targets), "places": short(place)}
            for lane, place in zip(first, places, strict=True)
        ],
        "of": [sets.index(each.net.drawn) for each in learned],
        "steps": [short(lane.at.steps) for lane in lanes],
        **fit,
    }
    return cast(Fit, header)


def _some(data: Data) -> Data:
    return data._replace(inputs=data.inputs[:EXAMPLES], targets=data.targets[:EXAMPLES])


def _window(points: Any) -> list[list[float]]:
    """A range for each coordinate of points (n, k), with a margin."""
    low, high = points.min(axis=0), points.max(axis=0)
    margin = MARGIN * np.where(high > low, high - low, 1.0)
    return [short(pair) for pair in zip(low - margin, high + margin, strict=True)]


def _all(lanes: list[Shown]) -> Any:
    return np.concatenate([lane.points for lane in lanes])


def _known(lanes: list[Shown]) -> Any:
    return np.concatenate([lane.targets for lane in lanes])[:, None]


def _inputs(lanes: list[Shown]) -> list[Any]:
    return [lane.points for lane in lanes]


def _laid(columns: list[Any], rows: Any) -> Block:
    """Rows (F, N) as F columns of N numbers."""
    return block(columns, {"rows": [coarse(row) for row in rows]})


def _curve(lanes: list[Shown], columns: list[Any]) -> dict[str, Any]:
    (window,) = _window(_all(lanes))
    grid = np.linspace(window[0], window[1], LINE)
    said = [outputs_at(lane.net.architecture, lane.at, lane.given(grid[:, None]))[:, :, 0] for lane in lanes]
    return {
        "places": _inputs,
        "names": [say(lanes[0].net.dataset.features[0]), "y"],
        "window": [window, *_window(_known(lanes))],
        "lanes": [_laid(columns, rows) for rows in said],
        "pieces": [_pieces(lane, window, columns) for lane in lanes],
    }


PIECES = 128  # neurons whose parts of a curve are drawn
BENDS = 513  # places at which the activation is sent, evenly in arsinh z: close together around 0, where it bends


def _pieces(lane: Shown, window: list[float], columns: list[Any]) -> Pieces | None:
    """The activation as a table over all z = b + w x that its neurons are given in this window, up to FAR; nothing
    where the curve is no sum of pieces."""
    net = lane.net
    if net.depth != 1 or NORMALISATIONS[net.norm].axis is not None or net.residual or net.width > PIECES:
        return None
    into, bias = (lane.at.thetas[:, part * net.width : (part + 1) * net.width].ravel() for part in (0, 1))
    with np.errstate(over="ignore", invalid="ignore"):  # where a network diverges
        given = np.abs(bias + np.outer(window, into))
    reach = float(np.arcsinh(np.fmax.reduce(np.minimum(given, FAR), axis=None, initial=1.0)))
    values = activated(net.activation, np.sinh(np.linspace(-reach, reach, BENDS)))
    bends = block(columns, {"bend": [coarse(values)]})
    return {"theta": _laid(columns, lane.at.thetas), "reach": short(reach), "bends": bends}


def _regions(lanes: list[Shown], columns: list[Any]) -> dict[str, Any]:
    across, up = window = _window(_all(lanes))
    side = SIDES.get(len(lanes), SMALLEST_SIDE)
    x, y = np.meshgrid(np.linspace(across[0], across[1], side), np.linspace(up[0], up[1], side))
    grid = np.stack([x.ravel(), y.ravel()], axis=1)
    said = [np.round(LEVELS * chances_at(lane.net.architecture, lane.at, lane.given(grid))) for lane in lanes]
    grids = [rows[:, :, 1:] if rows.shape[2] == 2 else rows for rows in said]
    return {
        "places": _inputs,
        "names": [say(name) for name in lanes[0].net.dataset.features[:2]],
        "window": window,
        "side": side,
        "levels": LEVELS,
        "lanes": [_laid(columns, rows.transpose(0, 2, 1).reshape(len(rows), -1)) for rows in grids],
    }


def _points(lanes: list[Shown], columns: list[Any]) -> dict[str, Any]:
    chances = [chances_at(lane.net.architecture, lane.at, lane.given(lane.points)) for lane in lanes]
    said = [np.where(np.isnan(rows[:, :, 0]), np.nan, rows.argmax(axis=2)) for rows in chances]  # diverged: no class
    turn = main_components(_usual(lanes[0]))

    def places(some: list[Shown]) -> list[Any]:
        return [turn(_usual(lane)) for lane in some]

    return {
        "places": places,
        "names": ["PC 1", "PC 2"],
        "window": _window(np.concatenate(places(lanes))),
        "lanes": [_laid(columns, rows) for rows in said],
    }


def _usual(lane: Shown) -> Any:
    return np.clip(lane.points, -USUAL, USUAL) if lane.net.standardise else lane.points


def main_components(points: Any) -> Callable[[Any], Any]:
    """The way from points (n, k) to the first two principal components of these, (n, 2)."""
    centre = points.mean(axis=0)
    turn = np.linalg.svd(points - centre, full_matrices=False)[2][:2].T
    return lambda others: (others - centre) @ turn


def _pairs(lanes: list[Shown], columns: list[Any]) -> dict[str, Any]:
    said = [outputs_at(lane.net.architecture, lane.at, lane.given(lane.points))[:, :, 0] for lane in lanes]
    ((low, high),) = _window(_known(lanes))
    return {
        "places": lambda some: [lane.targets[:, None] for lane in some],
        "names": ["y", "ŷ"],
        "window": [[low, high], [low, high]],
        "lanes": [_laid(columns, rows) for rows in said],
    }


def _hidden(lanes: list[Shown], columns: list[Any]) -> dict[str, Any]:
    """The neurons themselves where there are two at most; else the main components of how they end."""
    blocks, windows, lines = [], [], []
    few = all(lane.net.width <= 2 or not lane.net.depth for lane in lanes)
    for lane in lanes:
        rows = last_hidden_at(lane.net.architecture, lane.at, lane.given(lane.points))
        rows = np.where(np.abs(rows) <= FAR, rows, np.nan)
        if rows.shape[2] == 1:
            rows = np.concatenate([rows, np.zeros_like(rows)], axis=2)
        sound = np.isfinite(rows).all(axis=(1, 2))
        if not few or rows.shape[2] > 2:
            ends = rows[sound][-1] if sound.any() else np.zeros(rows.shape[1:])  # of one that diverges, before it does
            turn = np.linalg.svd(ends - ends.mean(axis=0), full_matrices=False)[2][:2].T
            rows = (rows - ends.mean(axis=0)) @ turn
        blocks.append(_laid(columns, rows.transpose(0, 2, 1).reshape(len(rows), -1)))
        windows.append(_window(rows[sound].reshape(-1, 2) if sound.any() else np.zeros((1, 2))))
        straight = few and lane.net.depth and lane.net.width == 2 and lane.net.classes == 2
        # The last three of θ: v, c of the logit v·h + c.
        lines.append(_laid(columns, lane.at.thetas[:, -3:]) if straight else None)
    return {
        "places": lambda some: [np.zeros((0, 2)) for _ in some],
        "names": [f"h{index}" for index in "₁₂"] if few else ["PC 1", "PC 2"],
        "windows": windows,
        "line": lines,
        "lanes": blocks,
    }


DRAWN = {"curve": _curve, "regions": _regions, "points": _points, "pairs": _pairs, "hidden": _hidden}
