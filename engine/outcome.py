"""What happened in a race: numbers for the table, and the steps where something worth seeing took place."""

from typing import NamedTuple

import numpy as np

from engine.descent import Floats, Trajectory
from landscapes.base import Landscape

FLAT = 0.02  # of the loss above the minimum: a stretch in which the loss changes by less is not making progress
LARGE = 0.1  # of the gradient norm at the start: a gradient norm above it is not small
BURST = 3.0  # times the highest loss, and the median step, of the stretch before
CALM = 10  # steps in such a stretch


class Outcome(NamedTuple):
    """Steps are counted from 0, the start; -1 stands for never."""

    final_loss: float
    best_loss: float
    best_step: int
    distance: float  # from the end to the nearest known minimum, nan when none is known
    reached: int  # first step with a loss within the tolerance of the best known minimum
    gradients: int  # gradient evaluations of the whole run
    length: float  # of the path
    diverged_at: int
    stuck_from: int  # the loss stays flat from here on although the gradient does not get small (E1)
    bursts: tuple[int, ...]  # steps that suddenly throw the path far up the wall (E7)
    left_window_at: int


def outcome(trajectory: Trajectory, surface: Landscape, minima: Floats, lowest: float, tolerance: float) -> Outcome:
    """Judge one run.

    Args:
        trajectory: of a single start, with its terms.
        minima: known minimisers, (n, d), n may be 0.
        lowest: loss of the best known minimum, or the lowest loss that is known of at all.
        tolerance: on loss - lowest.
    """
    lived = trajectory.diverged_at if trajectory.diverged_at >= 0 else len(trajectory.loss)
    params, loss = trajectory.params[:lived], trajectory.loss[:lived]
    best = int(np.argmin(loss)) if lived else 0
    assert trajectory.evaluations is not None and trajectory.step is not None
    return Outcome(
        final_loss=float(trajectory.loss[-1]) if trajectory.diverged_at < 0 else float("nan"),
        best_loss=float(loss[best]) if lived else float("nan"),
        best_step=best,
        distance=_distance(params[-1], minima) if lived else float("nan"),
        reached=_first(loss - lowest <= tolerance),
        gradients=int(trajectory.evaluations[: max(lived - 1, 0)].sum()),
        length=float(np.linalg.norm(np.diff(params, axis=0), axis=1).sum()),
        diverged_at=trajectory.diverged_at,
        stuck_from=-1 if trajectory.diverged_at >= 0 else stuck_from(loss, trajectory.gradient_norm, lowest),
        bursts=bursts(loss, np.linalg.norm(trajectory.step[: max(lived - 1, 0)], axis=1), lowest),
        left_window_at=_first(~_within(params, surface)),
    )


def _first(happened: np.ndarray) -> int:
    return int(happened.argmax()) if happened.any() else -1


def _within(params: Floats, surface: Landscape) -> np.ndarray:
    low, high = np.array(surface.window).T
    return ((params >= low) & (params <= high)).all(axis=1)


def _distance(point: Floats, minima: Floats) -> float:
    return float(np.linalg.norm(minima - point, axis=1).min()) if len(minima) else float("nan")


def stuck_from(loss: Floats, gradient_norm: Floats, lowest: float) -> int:
    """First step of the last stretch, at least a quarter of the run, in which the loss has stopped falling while the
    gradient has not become small: the path bounces between the walls of a valley, or the steps have shrunk away."""
    quarter = len(loss) // 4
    if quarter < 10:
        return -1
    floor = min(lowest, float(loss.min()))
    above = np.maximum(loss - floor, 0)
    final = float(np.median(above[-quarter:]))
    if np.median(gradient_norm[-quarter:]) < LARGE * gradient_norm[0] or final <= 1e-9 * max(above[0], 1e-300):
        return -1
    settled = np.maximum.accumulate(above[::-1])[::-1]  # the highest loss from here to the end
    calm = settled <= 2.0 * final
    falling = np.median(above[-2 * quarter : -quarter]) - final > FLAT * quarter / 25 * final
    start = _first(calm)
    return start if not falling and 0 <= start <= len(loss) - quarter else -1


def bursts(loss: Floats, step_length: Floats, lowest: float) -> tuple[int, ...]:
    """Steps at which the loss jumps to several times its recent height by steps far longer than those before:
    after a calm stretch σ had shrunk on small gradients."""
    if len(loss) < 3 * CALM:
        return ()
    above = np.maximum(loss - min(lowest, float(loss.min())), 1e-300)
    windows = np.lib.stride_tricks.sliding_window_view  # row i holds steps i … i + CALM - 1
    heights, strides = windows(above[:-1], CALM), windows(step_length, CALM)
    before, after = heights[:-CALM], heights[CALM:]
    jumped = after.max(axis=1) > BURST * before.max(axis=1)
    thrown = strides[CALM:].max(axis=1) > BURST * np.median(strides[:-CALM], axis=1)
    visible = after.max(axis=1) > 1e-6 * above[0]
    peaks = [int(i) + CALM + int(after[i].argmax()) for i in np.flatnonzero(jumped & thrown & visible)]
    apart = [peak for peak, last in zip(peaks, [-CALM, *peaks], strict=False) if peak > last + CALM // 2]
    return tuple(apart[:50])
