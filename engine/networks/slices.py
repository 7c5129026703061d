"""A surface with a thousand dimensions, looked at on a plane: which plane, its heights, and what a path hides from it.

A plane shows the losses of the points on it alone. A path leaves it, so beside each of its losses stands that of its
shadow, and how far away that is.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike

from engine import xla
from engine.arrays import Floats, upright
from engine.curvature.derivatives import subject
from engine.curvature.lanczos import extreme_eigenpairs, lanczos
from engine.networks import network
from engine.networks.network import Architecture
from engine.networks.stretch import FAR
from engine.surfaces.relief import Window
from engine.threads import threads
from landscapes.base import Loss

THREADS = 2  # that share the points of a grid
BLOCK = 64  # points that one call takes where their number is not a grid's: one program, however many there are
PAIRS = 10  # eigenpairs asked for at either end, to use one: with 80 products Hv it has converged
THIN = 1e-9  # of its longest side: a triangle with less height is a line
SLIM = 0.05  # of a window's longer side: the shorter one is no less

NORMALISED = ("filter", "layer", "none")


class Slice(NamedTuple):
    """The plane θ = origin + x·axes[0] + y·axes[1]. Unlike those of ``relief.Plane`` the axes may have any lengths and
    any angle: in a filter-normalised slice these carry the meaning."""

    origin: Floats  # (d,)
    axes: Floats  # (2, d)

    def points(self, places: ArrayLike) -> Floats:
        """θ at plane coordinates (..., 2), (..., d)."""
        return self.origin + np.asarray(places, dtype=np.float64) @ self.axes

    def shadow(self, points: ArrayLike) -> Floats:
        """Plane coordinates (..., 2) of what on the plane is nearest to points (..., d): least squares."""
        with np.errstate(over="ignore", invalid="ignore"):
            return (np.asarray(points, dtype=np.float64) - self.origin) @ np.linalg.pinv(self.axes)


class Beside(NamedTuple):
    """A path and its shadow. Where the path is not finite, nor are these."""

    losses: Floats  # (t,), the true ones
    shadow_losses: Floats  # (t,), those that the picture shows
    distances: Floats  # (t,), ‖θ − shadow‖


# ---- which plane -----------------------------------------------------------------------------------------------------


def random_plane(architecture: Architecture, centre: ArrayLike, seed: int, normalised: str = "filter") -> Slice:
    """Two random directions through a trained θ, Gaussian in the weights.

    "filter": d_ij ← d_ij ‖θ_ij‖ / ‖d_ij‖ for the weights that come into neuron j of layer i (Li, Xu, Taylor, Studer &
    Goldstein 2018, NeurIPS, section 4): a step of 1 along an axis changes each neuron's weights by their own length. If
    a ReLU layer is multiplied by c and the next one divided by c, the network is the same and, without decay, so is
    this picture. That does not hold where each neuron of a layer has another factor.
    "layer": the same with one factor for each layer.
    "none": as drawn.

    Biases, gains and shifts are 0 in the directions: so does the authors' program (``--xignore biasbn``). All three
    have the same random numbers and the same zeros, so only the scaling differs. The axes are not made orthonormal,
    which would undo it; in many dimensions random directions are almost orthogonal as they are.

    Raises:
        ValueError: for an unknown normalisation, or a centre to which nothing can be scaled.
    """
    if normalised not in NORMALISED:
        raise ValueError(f"unknown normalisation {normalised!r}: choose one of {', '.join(NORMALISED)}")
    origin = _vector("centre", centre)
    trained = network.unravelled(architecture, origin)
    chance = np.random.default_rng([seed, 3])  # 0, 1 and 2 are those of weights, batches and dropout
    axes = np.stack([_direction(architecture, trained, chance, normalised) for _ in range(2)])
    if not axes.any():
        raise ValueError("all weights of the centre are 0: no direction can be scaled to them, choose 'none'")
    return Slice(origin, axes)


def _direction(
    architecture: Architecture, trained: dict[str, Any], chance: np.random.Generator, normalised: str
) -> Floats:
    parts: dict[str, ArrayLike] = {}
    for name, part in trained.items():
        if not name.startswith("weight"):
            parts[name] = np.zeros(part.shape)
            continue
        drawn = chance.standard_normal(part.shape)  # (in, out)
        if normalised != "none":
            over = 0 if normalised == "filter" else None
            sizes = (np.sqrt(np.sum(each**2, axis=over, keepdims=True)) for each in (part, drawn))
            drawn = drawn * np.divide(*sizes)
        parts[name] = drawn
    return network.ravelled(architecture, parts)


def pca_plane(paths: Sequence[ArrayLike]) -> tuple[Slice, Floats]:
    """The plane through the mean of the paths' ends, of one path through its end, that is nearest to all their points.

    From the singular vectors of θ_t − end (Li et al. 2018, section 7.2, there for one path); orthonormal axes.
    Rows from the first one that is not finite or farther than FAR on are left out. Leave out paths that diverged: their
    last rows would be all that the plane is about.

    Args:
        paths: of all that is to be shown on this plane, each (t_i, d).

    Returns:
        the plane, and of the squared distances from its origin the share that lies along each axis, (2,).

    Raises:
        ValueError: if there is no finite point, or d < 2.
    """
    kept = [rows for rows in map(_near, paths) if len(rows)]
    if not kept:
        raise ValueError("a plane needs a path with at least one finite point")
    _several(kept[0].shape[1])
    origin = np.mean([rows[-1] for rows in kept], axis=0)
    moves = np.concatenate(kept) - origin
    _, sizes, turns = np.linalg.svd(np.concatenate([moves, np.zeros_like(moves[:1])]), full_matrices=False)
    whole = float(np.sum(sizes**2))
    explained = sizes[:2] ** 2 / whole if whole else np.array([1.0, 0.0])  # nothing is left out where nothing moved
    return Slice(origin, upright(turns[:2].T).T), explained


def eigen_plane(make: Callable[..., Loss], theta: ArrayLike, **data: Any) -> tuple[Slice, Floats]:
    """The plane of the Hessian's extreme eigenvectors at a point: x along the largest eigenvalue, y along the smallest.

    Unit vectors, not rescaled: the picture's curvature along them is the eigenvalue.

    Returns:
        the plane, and the two eigenvalues, (2,).

    Raises:
        ValueError: if the Hessian is not finite, or d < 2.
    """
    origin = _vector("theta", theta)
    _several(origin.size)
    pairs = extreme_eigenpairs(make, origin, PAIRS, **data)
    if not np.isfinite(pairs.eigenvectors).all():  # kinks nearby, as with ReLU; between them there is a Hessian
        pairs = lanczos(make, origin, PAIRS, **data)
    if not np.isfinite(pairs.eigenvectors).all():
        raise ValueError("the Hessian is not finite here")
    return Slice(origin, upright(pairs.eigenvectors[:, [-1, 0]]).T), pairs.eigenvalues[[-1, 0]]


def three_point_plane(a: ArrayLike, b: ArrayLike, c: ArrayLike) -> Slice:
    """The plane through three solutions, with orthonormal axes: a at (0, 0), b at (‖b − a‖, 0), c above the x axis
    (Garipov et al. 2018, NeurIPS).

    Raises:
        ValueError: if they lie on one line.
    """
    corner, along, across = _vector("a", a), _vector("b", b), _vector("c", c)
    first, second = along - corner, across - corner
    longest = max(np.linalg.norm(first), np.linalg.norm(second))
    axes, heights = np.linalg.qr(np.stack([first, second], axis=1))  # (d, 2), and upright triangular
    slant = np.diag(heights)
    if np.abs(slant).min() <= THIN * longest:
        raise ValueError("the three solutions lie on one line: choose others, or look along that line")
    return Slice(corner, (axes * np.sign(slant)).T)


def line(a: ArrayLike, b: ArrayLike, n: int, beyond: float = 0.0) -> tuple[Floats, Floats]:
    """The straight line between two solutions, (1 − α) a + α b (Goodfellow, Vinyals & Saxe 2015, ICLR).

    Args:
        beyond: how far it goes on at both ends, a share of its length.

    Returns:
        α from −beyond to 1 + beyond, (n,), and the points, (n, d).
    """
    if n < 2:
        raise ValueError(f"a line needs at least 2 points, not {n}")
    start, end = _vector("a", a), _vector("b", b)
    shares = np.linspace(-beyond, 1 + beyond, n)
    return shares, (1 - shares)[:, None] * start + shares[:, None] * end


def window_of(plane: Slice, paths: Sequence[ArrayLike], margin: float = 0.1) -> Window:
    """The part of the plane that holds the shadows of these paths, and a margin, a share of each side.

    The same rows are left out as in ``pca_plane``. Without any, −1 to 1, which in a filter-normalised slice is a change
    as large as the weights.
    """
    kept = [rows for rows in map(_near, paths) if len(rows)]
    if not kept:
        return (-1.0, 1.0, -1.0, 1.0)
    places = plane.shadow(np.concatenate(kept))
    low, high = places.min(axis=0), places.max(axis=0)
    sides = high - low
    longest = float(sides.max()) or 1.0
    half = (0.5 + margin) * np.maximum(sides, SLIM * longest)
    (x0, y0), (x1, y1) = ((low + high) / 2 - half).tolist(), ((low + high) / 2 + half).tolist()
    return (x0, x1, y0, y1)


def _near(path: ArrayLike) -> Floats:
    """The rows of a path (t, d) before the first that is not finite or farther than FAR."""
    rows = np.asarray(path, dtype=np.float64)
    gone = np.flatnonzero(~(np.abs(rows) <= FAR).all(axis=1))
    return rows[: gone[0]] if len(gone) else rows


def _vector(name: str, point: ArrayLike) -> Floats:
    vector = np.asarray(point, dtype=np.float64)
    if vector.ndim != 1 or not vector.size:
        raise ValueError(f"{name} must have shape (d,), not {vector.shape}")
    if not np.isfinite(vector).all():
        raise ValueError(f"{name} must be finite")
    return vector


def _several(dimension: int) -> None:
    if dimension < 2:
        raise ValueError(f"a plane needs at least 2 parameters, not {dimension}")


# ---- heights ---------------------------------------------------------------------------------------------------------


@xla.program("make")
def _heights(make: Callable[..., Any], knobs: dict[str, Any], origin: Any, axes: Any, places: Array) -> Any:
    """Losses at plane coordinates (m, 2), (m,)."""
    loss = make(**knobs)
    return _one_by_one(lambda place: loss(origin + place @ axes), places)


@xla.program("make")
def _losses(make: Callable[..., Any], knobs: dict[str, Any], points: Array) -> Any:
    """Losses at points (n, d), (n,)."""
    return _one_by_one(make(**knobs), points)


def _one_by_one(function: Any, rows: Any) -> Any:
    """Of each row of (m, k), (m,): the activations of one point stay in the cache. As batches of one: bare, a layer of
    32 neurons was 5 times slower, and with 64 inputs 13 times; batches of 32 were up to twice as slow."""
    return lax.map(jax.vmap(function), rows[:, None])[:, 0]


def slice_heights(make: Callable[..., Loss], plane: Slice, along: ArrayLike, across: ArrayLike, **data: Any) -> Floats:
    """Losses at x = along (nx,), y = across (ny,), (ny, nx): rows are y and columns are x.

    One program for each factory, shapes of the data and number of points; plane, window and data are its data. Where
    it takes long, ask for bands with the same number of rows.
    """
    make, knobs = subject(make, data)
    x, y = np.meshgrid(np.asarray(along, dtype=np.float64), np.asarray(across, dtype=np.float64))
    places = _filled(np.stack([x.ravel(), y.ravel()], axis=1), THREADS)
    parts = np.split(places, THREADS)
    with threads(THREADS) as shared:
        heights = shared(lambda part: np.asarray(_heights(make, knobs, plane.origin, plane.axes, part)), parts)
        return np.concatenate(list(heights))[: x.size].reshape(x.shape)


def line_heights(make: Callable[..., Loss], points: ArrayLike, **data: Any) -> Floats:
    """Losses at points (n, d), of a line or a path, (n,): one program for each factory, whatever n."""
    make, knobs = subject(make, data)
    wanted = np.asarray(points, dtype=np.float64)
    blocks = _filled(wanted, BLOCK).reshape(-1, BLOCK, wanted.shape[1])
    return np.concatenate([np.zeros(0), *(np.asarray(_losses(make, knobs, block)) for block in blocks)])[: len(wanted)]


def beside(make: Callable[..., Loss], plane: Slice, path: ArrayLike, **data: Any) -> Beside:
    """At each step of a path (t, d) the true loss, beside that of its shadow on the plane."""
    rows = np.asarray(path, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        shadows = plane.points(plane.shadow(rows))
        distances = np.linalg.norm(rows - shadows, axis=1)
    return Beside(line_heights(make, rows, **data), line_heights(make, shadows, **data), distances)


def _filled(rows: Floats, block: int) -> Floats:
    """Zeros behind the rows (n, k), up to whole blocks."""
    return np.concatenate([rows, np.zeros((-len(rows) % block, rows.shape[1]))])
