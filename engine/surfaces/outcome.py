"""What happened in a race: numbers for the table, and the steps where something worth seeing took place."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats
from engine.given import Span, Subject, surface_of
from engine.surfaces.arrival import at_minimum, distance, rounding
from engine.surfaces.descent import Trajectory
from landscapes.base import Landscape
from records import settings

Flags = NDArray[np.bool_]

REST = 1e-6  # of the gradient norm at the start, and of the window: a gradient norm, and a step, below it are small
VISITS = 128  # stretches of a path within the tolerance whose place is looked at
SHARES = 32  # of a stretch, when it is asked since when it has been at its place
FLAT = 0.05  # of the loss above the minimum: a mean that changes by less from one stretch to the next is flat
BACK = 0.5  # of the distance walked: two steps that together lead less far take each other back
PROMISE = 10.0  # times the loss above the minimum: slope times distance beyond it is far more than was needed
BURST = 3.0  # times the highest loss, and the median step, of the calm stretch before
CALM = 10  # steps that a burst takes to rise; twice as many before them are the calm stretch
VISIBLE = 1e-3  # of the loss above the minimum at the start: a peak below it is not seen
NOISY = 20.0  # times the noise: a slope that noise alone does not bring about
LISTED = 50  # bursts of a run that are listed


class Outcome(NamedTuple):
    """Steps are counted from 0, the start; -1 stands for never."""

    final_loss: float
    best_loss: float
    best_step: int
    distance: float  # from the end to the nearest known minimum, nan when none is known
    reached: int  # first step at a known minimum, with a loss within the tolerance of the best one
    gradients: int  # gradient evaluations of the whole run
    length: float  # of the path
    diverged_at: int
    stuck_from: int  # the loss stays flat from here on although the gradient does not get small (E1)
    bursts: tuple[int, ...]  # steps that suddenly throw the path far up the wall (E7)
    left_window_at: int
    arrived: bool  # the end is at a known minimum, with a loss within the tolerance of the best one
    elsewhere: bool  # the last loss is within the tolerance, but the end is at no known minimum
    below_at: int  # first step with a loss below that of the best known minimum, which is the lowest of the window only
    at_rest: bool  # gradient and last step have become small: whatever comes next, it comes slowly


def outcome(
    trajectory: Trajectory,
    landscape: Subject,
    minima: ArrayLike,
    lowest: float,
    tolerance: float,
    window: Span | None = None,
) -> Outcome:
    """Judge one run: where it came to, when, and what happened on the way.

    Args:
        trajectory: of a single start, with its terms.
        landscape: the surface that it ran on: a name, a record, or a loss of your own.
        minima: known minimisers, (n, d), n may be 0.
        lowest: loss of the best known minimum, or the lowest loss that is known of at all.
        tolerance: on loss - lowest.
        window: d pairs (low, high); the surface's own if omitted, of a loss of your own around the start.

    Returns:
        Outcome: losses, steps (-1 stands for never), the path's length and the distance to a minimum in units of θ.

    Raises:
        ValueError: for an unknown surface, or a window that is none.

    Example:
        >>> path = descend("booth", "momentum", start=(0.0, 0.0), steps=300, learning_rate=0.01)
        >>> seen = outcome(path, "booth", minima=[(1.0, 3.0)], lowest=0.0, tolerance=1e-3)
        >>> seen.arrived, seen.diverged_at, seen.gradients
        (True, -1, 300)
    """
    surface = surface_of(landscape, window, trajectory.params[0])
    known = np.asarray(minima, dtype=np.float64).reshape(-1, surface.dimension)
    with np.errstate(over="ignore"):  # a path about to diverge may be longer than a number can say
        return _judged(trajectory, surface, known, lowest, tolerance)


def _judged(trajectory: Trajectory, surface: Landscape, minima: Floats, lowest: float, tolerance: float) -> Outcome:
    knobs = (
        {} if trajectory.knobs is None else dict(zip(settings(surface.make), trajectory.knobs.tolist(), strict=True))
    )
    lived = trajectory.diverged_at if trajectory.diverged_at >= 0 else len(trajectory.loss)
    params, loss = trajectory.params[:lived], trajectory.loss[:lived]
    best = int(np.argmin(loss)) if lived else 0
    assert trajectory.evaluations is not None and trajectory.step is not None
    step = trajectory.step[: max(lived - 1, 0)]
    peaks = bursts(loss, np.linalg.norm(step, axis=1), lowest)
    noise = _noise(trajectory, max(lived - 1, 0)) if peaks else 0.0
    alive = trajectory.diverged_at < 0
    low = loss <= lowest + tolerance
    below = np.asarray(loss < lowest - rounding(lowest)) if len(minima) else np.zeros_like(low)
    reached, arrived = -1, False
    if len(minima):
        reached, arrived = _visits(low & ~below, lambda rows: at_minimum(surface, params[rows], minima, knobs))
    return Outcome(
        final_loss=float(trajectory.loss[-1]) if trajectory.diverged_at < 0 else float("nan"),
        best_loss=float(loss[best]) if lived else float("nan"),
        best_step=best,
        distance=distance(surface, params[-1], minima, knobs) if lived else float("nan"),
        reached=reached,
        gradients=int(trajectory.evaluations[: max(lived - 1, 0)].sum()),
        length=float(np.linalg.norm(np.diff(params, axis=0), axis=1).sum()),
        diverged_at=trajectory.diverged_at,
        stuck_from=stuck_from(loss, trajectory.gradient_norm, step, lowest) if alive and not low[-1] else -1,
        bursts=tuple(peak for peak in peaks if trajectory.gradient_norm[peak] > NOISY * noise),
        left_window_at=_first(~_within(params, surface)),
        arrived=alive and arrived,
        elsewhere=bool(len(minima) and alive and low[-1] and not below[-1] and not arrived),
        below_at=_first(below),
        at_rest=lived > 0 and _rests(trajectory.gradient_norm[:lived], step, surface),
    )


def _rests(gradient_norm: Floats, step: Floats, surface: Landscape) -> bool:
    """Whether neither the slope at the end nor the last step says that it goes on: rules that only look at the sign of
    a gradient, or remember the ones before, walk on where there is hardly any."""
    size = np.ptp(np.array(surface.window), axis=1)
    still = (np.abs(step[-1:]) <= REST * size).all()
    return bool(still and gradient_norm[-1] <= REST * max(gradient_norm[0], 1.0))


def _visits(low: Flags, at_minimum: Callable[[Any], Flags]) -> tuple[int, bool]:
    """The first of the steps with a low loss (T+1,) that is at a minimum, -1 for none, and whether the last step is.

    A path that stays low mostly stays where it is: of each such stretch the first and the last step are asked.
    """
    edges = np.flatnonzero(np.diff(low, prepend=False, append=False))
    stretches = np.stack([edges[::2], edges[1::2] - 1], axis=1)  # (n, 2)
    if not len(stretches):
        return -1, False
    stretches = stretches[np.unique(np.linspace(0, len(stretches) - 1, VISITS).astype(int))]
    there = at_minimum(stretches.ravel()).reshape(-1, 2)
    at = _first(there[:, 0] | there[:, 1])
    first, last = stretches[at].tolist()
    reached = -1 if at < 0 else first if there[at, 0] else _since(first, last, at_minimum)
    return reached, bool(low[-1] and there[-1, 1])


def _since(away: int, there: int, at_minimum: Callable[[Any], Flags]) -> int:
    """Since which step a path has been at its place, between one where it was away and one where it is there."""
    while there - away > 1:
        rows = np.unique(np.linspace(away, there, SHARES).astype(int))
        last = int(np.flatnonzero(~at_minimum(rows)[:-1]).max(initial=0))
        away, there = rows[last], rows[last + 1]
    return int(there)


def _first(happened: Flags) -> int:
    return int(happened.argmax()) if happened.any() else -1


def _within(params: Floats, surface: Landscape) -> Flags:
    low, high = np.array(surface.window).T
    return np.asarray(((params >= low) & (params <= high)).all(axis=1))


def stuck_from(loss: Floats, gradient_norm: Floats, step: Floats, lowest: float) -> int:
    """First step from which to the end, over at least a quarter of the run, the loss stays within one band while every
    step takes back the one before, on slopes steep enough to lead to the minimum many times: it bounces between walls.

    A run that is only slow, on a plateau or with tiny steps, is not stuck: slope times distance promises no more.
    """
    quarter = len(step) // 4
    if quarter < 10 or not np.isfinite(lowest):
        return -1
    above = loss - min(lowest, float(loss.min()))
    earlier, later = above[-quarter : -(quarter // 2)].mean(), above[-(quarter // 2) :].mean()
    moves, strides = step[-quarter:], np.linalg.norm(step[-quarter:], axis=1)
    flat = abs(earlier - later) <= FLAT * earlier
    bouncing = np.linalg.norm(moves[1:] + moves[:-1], axis=1).sum() <= BACK * strides.sum()
    steep = gradient_norm[-quarter - 1 : -1] @ strides >= PROMISE * later
    if not (flat and bouncing and steep):
        return -1
    margin, band = FLAT * later, above[-quarter:]
    outside = np.flatnonzero((above > band.max() + margin) | (above < band.min() - margin))
    return int(outside[-1]) + 1 if len(outside) else 0


def bursts(loss: Floats, step_length: Floats, lowest: float) -> tuple[int, ...]:
    """Peaks that come out of a calm stretch: steps far longer than those before throw the loss to several times the
    highest it was there, and it falls back at once: σ had shrunk on small gradients."""
    if len(loss) < 5 * CALM:
        return ()
    above = loss - min(lowest, float(loss.min()))
    highest = _highest(above, 2 * CALM)
    peak = np.arange(3 * CALM, len(loss) - CALM)
    height = above[peak]
    summit = (height >= highest[peak - CALM]) & (height > above[peak + CALM])  # of CALM steps before and after
    raised = (height > BURST * highest[peak - 3 * CALM]) & (height > VISIBLE * above[0])
    return tuple(int(step) for step in peak[summit & raised] if _thrown(above, step_length, int(step)))[:LISTED]


def _highest(values: Floats, length: int) -> Floats:
    """The highest of values i … i + length - 1, for each i: stretches that overlap give a longer one."""
    reach = 1
    while reach < length:
        shift = min(reach, length - reach)
        values, reach = np.maximum(values[:-shift], values[shift:]), reach + shift
    return values


def _thrown(above: Floats, step_length: Floats, peak: int) -> bool:
    """Whether long steps led up to the peak, and it lies far above what follows."""
    calm = np.median(step_length[peak - 3 * CALM : peak - CALM])
    falls_back = above[peak : peak + 3 * CALM].min() < above[peak] / BURST
    return bool(step_length[peak - CALM : peak].max() > BURST * calm and falls_back)


def _noise(trajectory: Trajectory, lived: int) -> float:
    """How far the noise typically changes the size of the gradient; 0 without noise."""
    assert trajectory.grads is not None
    seen = np.linalg.norm(trajectory.grads[:lived], axis=1)
    return float(np.median(np.abs(seen - trajectory.gradient_norm[: len(seen)]))) if lived else 0.0
