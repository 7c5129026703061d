"""Every batch has a surface of its own: what stands still on one goes on when the next batch comes.

Plain gradient descent sees one batch until it rests there, and then another one. A training that changes its batch at
each update does the same, faster.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike, NDArray

from engine import xla
from engine.arrays import Floats
from engine.networks.batches import Batches
from engine.networks.cost import evaluation
from engine.networks.experiment import NetworkExperiment
from engine.networks.slices import Slice, pca_plane, slice_heights, three_point_plane, window_of
from engine.surfaces.relief import Relief, Window, drawn
from landscapes.base import Loss

ROWS = 100  # of the record, of each batch
SIDE = 61  # points along a side of a map
SHORT = 0.6  # of the longer side of a map
EXTRA = 4  # evaluations of a row: both batches, and all examples


class Walk(NamedTuple):
    """2 ROWS + 1 rows: on the first batch up to row ROWS, on the second from there."""

    steps: NDArray[np.int64]  # (R,), updates made
    path: Floats  # (R, d)
    losses: Floats  # (R, 3), on the first batch, on the second, on all examples
    norms: Floats  # (R, 3), ‖∇L‖ of each


class Surfaces(NamedTuple):
    """The walk, and the surfaces of both batches on one plane through its three ends."""

    walk: Walk
    plane: Slice
    window: Window
    reliefs: tuple[Relief, Relief]
    exact: bool  # whether all of the path lies on the plane: there are two parameters


def first_batches(net: NetworkExperiment, batch: int) -> NDArray[np.int32]:
    """The first two that a training sees, (2, batch), without a common example."""
    if not 1 <= batch <= net.points // 2:
        raise ValueError(f"two batches of {batch} need {2 * batch} examples, and there are {net.points}")
    return Batches(net.points, batch, net.seed).take(2)


@xla.program("make")
def _walked(
    make: Callable[..., Loss], theta: Any, rows: Any, rate: Any, every: Any, inputs: Any, targets: Any, decay: Any
) -> Any:
    """ROWS rows on each of two batches of rows (2, b), ``every`` updates from one to the next: θ, losses and norms."""

    def sees(number: Any) -> Loss:
        return make(inputs, targets, decay, lax.dynamic_index_in_dim(rows, number, keepdims=False))

    def seen(point: Array) -> Any:
        ends = [jax.value_and_grad(each)(point) for each in (*map(sees, (0, 1)), make(inputs, targets, decay))]
        return point, jnp.stack([loss for loss, _ in ends]), jnp.stack([jnp.sqrt(g @ g) for _, g in ends])

    def further(point: Array, number: Array) -> Any:
        moved = lax.fori_loop(0, every, lambda _, at: at - rate * jax.grad(sees(number))(at), point)
        return moved, seen(moved)

    first = seen(theta)
    _, rest = lax.scan(further, theta, jnp.repeat(jnp.arange(2), ROWS))
    return jax.tree.map(lambda one, more: jnp.concatenate([one[None], more]), first, rest)


def walk(net: NetworkExperiment, theta: ArrayLike, batch: int, rate: float, every: int) -> Walk:
    """From θ, gradient descent with this rate on two batches after each other, ROWS · ``every`` updates on each."""
    make, data = net.surface()
    data = {name: np.asarray(value, dtype=np.float64) for name, value in data.items()}
    point = np.asarray(theta, dtype=np.float64)
    found = _walked(make, point, first_batches(net, batch), np.float64(rate), np.int32(every), **data)
    return Walk(np.arange(2 * ROWS + 1) * every, *map(np.asarray, found))


def surfaces(net: NetworkExperiment, theta: ArrayLike, batch: int, rate: float, every: int) -> Surfaces | None:
    """None where the walk diverges."""
    walked = walk(net, theta, batch, rate, every)
    if not np.isfinite(walked.path).all() or not np.isfinite(walked.losses).all():
        return None
    plane = _plane(walked.path)
    window = _roomy(window_of(plane, [walked.path], margin=0.25))
    make, data = net.surface()
    rows = first_batches(net, batch)

    def relief(some: NDArray[np.int32]) -> Relief:
        own = data | {"inputs": data["inputs"][some], "targets": data["targets"][some]}
        along, across = np.linspace(*window[:2], SIDE), np.linspace(*window[2:], SIDE)
        return drawn(window, along, across, lambda x, y: slice_heights(make, plane, x, y, **own), 0.0)

    return Surfaces(walked, plane, window, (relief(rows[0]), relief(rows[1])), net.size == 2)


def _plane(path: Floats) -> Slice:
    """Through the start and both ends; where these lie on a line, of the path's principal components."""
    try:
        return three_point_plane(path[0], path[ROWS], path[-1])
    except ValueError:
        return pca_plane([path])[0]


def _roomy(window: Window) -> Window:
    """No side of a picture of two hollows is less than SHORT of the other one."""
    ends = np.array(window).reshape(2, 2)
    sides = ends[:, 1] - ends[:, 0]
    half = np.maximum(sides, SHORT * sides.max()) / 2
    (x0, y0), (x1, y1) = (ends.mean(axis=1) - half).tolist(), (ends.mean(axis=1) + half).tolist()
    return x0, x1, y0, y1


def seconds(net: NetworkExperiment, batch: int, every: int) -> float:
    """About how long it takes."""
    updates = (
        2 * ROWS * (every * evaluation(net.architecture, batch) + EXTRA * evaluation(net.architecture, net.points))
    )
    return updates + 2 * 4 * SIDE**2 * evaluation(net.architecture, batch) / 3
