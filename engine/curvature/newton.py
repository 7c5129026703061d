"""Where damped Newton iterations end, minimum, saddle or maximum alike: many at once, in units of the window.

What they ended on is thinned out to one of each.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import NDArray

from engine import xla
from engine.arrays import Floats
from engine.curvature.derivatives import slopes_at

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

SLOPES, FEW, LANES = 4096, 64, 256  # points in one call of each program: of gradients, of a few, of the iteration
ITERATIONS = 80  # of the damped Newton method; a point where H vanishes halves the distance with each
AT_REST = 1e-10  # of the window's width: a shorter step that helps nothing is rounding
STUCK = 1e-3  # of ‖g‖ is all that a step can still change, and the gradient vanishes no nearer: ‖g‖ has a minimum here
SWEEPS = 4  # of Jacobi's rotations through a 3 × 3 matrix

MERGE = 1e-5  # of the window's width: closer points are one
AS_NEAR = 10.0  # times the gradient of the best


class Window(NamedTuple):
    """A surface under search: its program, where to look, and how steep it is."""

    make: Callable[..., Any]
    knobs: dict[str, Any]
    low: Floats  # (d,)
    size: Floats  # (d,)
    steepest: float = 0.0
    scale: float = 1.0  # of curvatures

    def slopes(self, places: Floats) -> tuple[Floats, Floats]:
        """Losses (n,) and gradients (n, d) per window's width, at places (n, d) in [0, 1]^d."""
        losses, slopes = np.empty(len(places)), np.empty(places.shape)
        most = SLOPES if len(places) > FEW else FEW
        for first, block in _blocks(self.low + places * self.size, most):
            rows = slice(first, min(first + most, len(places)))
            loss, slope = map(np.asarray, slopes_at(self.make, self.knobs, block))
            losses[rows], slopes[rows] = loss[: len(losses[rows])], slope[: len(losses[rows])]
        slopes[~np.isfinite(losses)] = np.nan  # the logarithm of −1 has a derivative
        return losses, slopes * self.size


class Found(NamedTuple):
    """Where Newton iterations ended, n of them."""

    points: Floats  # (n, d)
    places: Floats  # (n, d), the same in [0, 1]^d
    slopes: Floats  # (n, d), per window's width
    matrices: Floats  # (n, d, d), Hessians per window's width
    blur: Floats  # (n,), how much H differs between iterations that ended on the same point

    def rows(self, rows: Any) -> "Found":
        return Found(*(field[rows] for field in self))

    def joined(self, other: "Found") -> "Found":
        return Found(*(np.concatenate(pair) for pair in zip(self, other, strict=True)))

    @property
    def steepness(self) -> Floats:
        return np.asarray(np.linalg.norm(self.slopes, axis=1))


@xla.program("make")
def _newton(make: Callable[..., Any], knobs: dict[str, Any], points: Array, size: Array) -> Any:
    """From points (d, lanes): where ∇L vanishes, the gradients (d, lanes) and Hessians (d, d, lanes) there.

    The step is −Σ u (u·g) λ / (λ² + μ) over the eigenpairs of H, in units of the window, so that a saddle or a maximum
    is as good as a minimum. μ is the damping times ‖g‖ ‖H‖: it vanishes at a critical point, also at one of a valley.
    """
    gradient = jax.grad(make(**knobs))
    width, lanes = points.shape

    def look(point: Array) -> Any:
        slope, turn = jax.linearize(gradient, point)
        return slope * size, jnp.stack([turn(way) for way in np.eye(width)]) * size[:, None] * size[None, :]

    def advance(
        new_slope: Any, new_matrix: Any, there: Any, point: Array, slope: Array, matrix: Array, damping: Any, still: Any
    ) -> Any:
        better = jnp.sqrt(new_slope @ new_slope) < jnp.sqrt(slope @ slope)
        go = better & ~still
        tried = jnp.max(jnp.abs(there - point) / size)
        point, slope, matrix = (
            jnp.where(go, new, old) for new, old in ((there, point), (new_slope, slope), (new_matrix, matrix))
        )
        damping = jnp.where(better, 0.1 * damping, 30 * jnp.maximum(damping, 1e-3))
        steep, bent = jnp.sqrt(slope @ slope), jnp.sqrt(jnp.sum(matrix**2))
        values, vectors = _eigenpairs(matrix)
        curved = values**2 + damping * steep * bent
        inverse = jnp.where(curved > 0, values / jnp.where(curved > 0, curved, 1), 0)
        step = jnp.clip(-vectors @ (inverse * (vectors.T @ slope)), -0.05, 0.05)
        at_rest = ~(steep > 0) | (~better & (tried < AT_REST)) | (damping > 1e5)
        far = jnp.max(jnp.abs(step))
        stuck = (steep > STUCK * bent) & (far * bent < STUCK * steep)
        return point + size * step, point, slope, matrix, damping, still | at_rest | stuck | (far < 1e-17)

    looks: Any = jax.vmap(look, in_axes=-1, out_axes=-1)
    advances: Any = jax.vmap(advance, in_axes=-1, out_axes=-1)

    def body(carry: Any) -> Any:
        index, *state = carry
        seen = lax.optimization_barrier(looks(state[0]))  # else XLA evaluates it again in every kernel that uses it
        return index + 1, *advances(*seen, *state)

    def unfinished(carry: Any) -> Any:
        return (carry[0] < ITERATIONS) & ~jnp.all(carry[-1])

    unknown = jnp.full((width, lanes), jnp.inf), jnp.zeros((width, width, lanes))  # whatever comes first is better
    state = (points, points, *unknown, jnp.full(lanes, 1e-2), jnp.zeros(lanes, dtype=bool))
    _, _, points, slopes, matrices, *_ = lax.while_loop(unfinished, body, (0, *state))
    return points, slopes, matrices


def _eigenpairs(matrix: Array) -> Any:
    """Of a symmetric matrix of up to 3 × 3, number by number with Jacobi's rotations: calls of LAPACK, and scatters,
    would break the loop into kernels."""
    width = matrix.shape[0]
    pairs = [(p, q) for p in range(width) for q in range(p + 1, width)]
    table = [[matrix[p, q] for q in range(width)] for p in range(width)]
    turned = [[jnp.asarray(float(p == q)) for q in range(width)] for p in range(width)]

    def sweep(index: Array | int, state: Any) -> Any:
        a, u = state
        for p, q in pairs:
            twice, gap = 2 * a[p][q], a[q][q] - a[p][p]
            reach = jnp.abs(gap) + jnp.sqrt(gap**2 + twice**2)
            tangent = jnp.where(gap < 0, -twice, twice) / jnp.where(reach > 0, reach, 1)
            cosine = 1 / jnp.sqrt(1 + tangent**2)
            turn = partial(_turned_pair, cosine, tangent * cosine, p, q)
            a, u = [*zip(*map(turn, a), strict=True)], [turn(row) for row in u]
            a = [*zip(*map(turn, a), strict=True)]
        return [list(row) for row in a], u

    a, u = lax.fori_loop(0, SWEEPS, sweep, (table, turned)) if width > 2 else sweep(0, (table, turned))
    return jnp.stack([a[p][p] for p in range(width)]), jnp.stack([jnp.stack(row) for row in u])


def _turned_pair(cosine: Any, sine: Any, p: Any, q: Any, row: Any) -> Any:
    """Entries p and q of a row, turned into each other."""
    row = list(row)
    row[p], row[q] = cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]
    return row


def _blocks(points: Floats, rows: int) -> Iterator[tuple[int, Floats]]:
    """Pieces of ``rows`` rows, the last one filled up with its own last point."""
    for first in range(0, len(points), rows):
        some = points[first : first + rows]
        yield first, np.concatenate([some, np.broadcast_to(some[-1], (rows - len(some), points.shape[1]))])


def converge(window: Window, places: Floats) -> Found:
    """Newton from places (n, d); what left the window or is not finite is left out."""
    parts = []
    for first, block in _blocks(window.low + places * window.size, LANES):
        kept = min(LANES, len(places) - first)
        ended = _newton(window.make, window.knobs, np.ascontiguousarray(block.T), window.size)
        parts.append([np.moveaxis(np.asarray(part), -1, 0)[:kept] for part in ended])
    points, slopes, matrices = map(np.concatenate, zip(*parts, strict=True))
    inside = ((points >= window.low) & (points <= window.low + window.size)).all(axis=1)
    finite = np.isfinite(slopes).all(axis=1) & np.isfinite(matrices).all(axis=(1, 2))
    ended = Found(points, (points - window.low) / window.size, slopes, matrices, np.zeros(len(points)))
    return ended.rows(inside & finite)


def thinned(ends: Found, worth: Floats, width: float) -> tuple[Whole, Whole]:
    """Of places closer than ``width`` only the one of least worth: its row, and for each row the place of its like in
    those kept."""
    kept = np.argsort(worth, kind="stable")
    owner = np.arange(len(kept))  # for each row its representative's place in kept
    owner[kept] = np.arange(len(kept))
    for shift in np.ndindex(*(2,) * ends.places.shape[1]):  # near places share a cell of at least one shifted grid
        key = cell_keys(np.floor(ends.places[kept] / (2 * width) + np.array(shift) / 2).astype(np.int64))
        _, first, cell = np.unique(key, return_index=True, return_inverse=True)
        order = np.argsort(first)  # cells by their best member
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        kept, owner = kept[first[order]], rank[cell][owner]
    return kept, owner


def merged(ends: Found) -> Found:
    """Each point once, its best, blurred by those that came as near."""
    steepness = ends.steepness
    kept, owner = thinned(ends, steepness, MERGE)
    blur = np.zeros(len(kept))
    apart = np.sqrt(np.sum((ends.matrices - ends.matrices[kept[owner]]) ** 2, axis=(1, 2)))
    rivals = steepness <= AS_NEAR * steepness[kept[owner]]
    np.maximum.at(blur, owner[rivals], (apart + ends.blur)[rivals])
    return ends.rows(kept)._replace(blur=blur)


def near(places: Floats, others: Floats, reach: float) -> Flags:
    """Which places have one of the others within reach along every axis, or a little farther."""
    width = places.shape[1]
    mine, theirs = (np.floor(some / reach).astype(np.int64) for some in (places, others))
    shifts = np.array(list(np.ndindex(*(3,) * width))) - 1
    return np.isin(cell_keys(mine), np.concatenate([cell_keys(theirs + shift) for shift in shifts]))


def cell_keys(cells: Whole) -> Whole:
    """One number for each cell of a grid."""
    return cells @ (np.int64(1) << (np.int64(21) * np.arange(cells.shape[1])))
