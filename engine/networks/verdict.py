"""What became of a training: numbers in, a coded verdict out, which claims no more than its curves show.

Training and test loss are those of the finished network, without a penalty; the objective, which has it, is what the
rule makes small and what the gradient belongs to. What is small is measured against the loss of the best constant
answer: a first loss says only how the first weights were drawn.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.curvature.lanczos import lanczos
from engine.curvature.points import sign_tolerance
from engine.networks.training import Training
from landscapes.base import Loss

RISE = 1.05  # times its lowest: a loss that ends so much higher has risen
SLIGHT, LITTLE = 0.01, 1e-3  # of a loss: changes that are none, and that cannot be seen
LOW, NOTHING = 0.1, 1e-3  # of the constant's loss: a training loss that is called low, and one that is next to nothing
FEW = 8  # rows of a record that show no turn
NOISE = 4.0  # times how far a curve jumps about its running median, in the mean: a rise that noise does not bring about
ENDS = 0.5  # of the way from its lowest to its highest level since: a loss that ends above it has not come back
FALL = 0.02  # of a loss: what it must have lost to be falling
DOWNHILL = 0.3  # of its range: what a curve falls from one half to the next; noise does not, a straight line half
CRITICAL = 1e-5  # of the constant's loss: what the slope promises on a way as long as θ where it is called 0
PRODUCTS = 40  # Hv for the ends of a spectrum


class Course(NamedTuple):
    """One seed of a training: R rows of its record, and where it ended."""

    steps: Floats  # (R,)
    objective: Floats  # (R,)
    gradient_norm: Floats  # (R,), of the objective
    train_loss: Floats  # (R,)
    test_loss: Floats  # (R,), nan without test examples
    train_accuracy: Floats  # (R,), of the training examples; nan for numbers
    diverged_at: int
    length: float  # ‖θ‖ at the end
    constant: float  # the training loss of the best constant answer


class Curvature(NamedTuple):
    """The least eigenvalue of H that was found: a bound on the least there is, so a negative one is proof."""

    lowest: float = np.nan
    tolerance: float = np.nan  # τ: within ±τ it counts as 0

    @property
    def kind(self) -> str:
        """Whether a way leads "down", or H does not decide, being "flat"; "" where nothing of either was found out."""
        if self.lowest < -self.tolerance:
            return "down"
        return "flat" if self.lowest <= self.tolerance else ""


class Verdict(NamedTuple):
    """``kind`` is one of KINDS, and says what the numbers are."""

    kind: str
    step: float = -1
    low: float = np.nan
    end: float = np.nan


KINDS = {
    "diverged": "at update ``step``",
    "worse": "the training loss ends higher than it began: ``low``, ``end``",
    "worse_objective": "the objective does",
    "unstable_both": "training and test loss rise after ``step``, the training loss from ``low`` to ``end``",
    "unstable": "the training loss rises so, the test loss does not, or there is none",
    "unstable_objective": "the objective rises so, the training loss does not",
    "apart": "the training loss rises so although the objective does not",
    "overfits": "the test loss rises so while the training loss falls or is low",
    "test_rises": "the test loss rises so while the training loss neither falls nor rises",
    "left": "all training examples were right at ``step``, a share ``end`` of them is at the end",
    "all_right": "all training examples are right from ``step`` on",
    "fits": "the training loss ends at ``end``, next to nothing",
    "constant": "nothing moves any more, at a training loss ``end`` no lower than that of the best constant, ``low``",
    "constant_down": "so, and H has the negative eigenvalue ``low`` there",
    "critical": "nothing moves any more: the gradient norm is ``end``",
    "critical_flat": "so, and H has an eigenvalue that is 0, and none below was found: it does not decide",
    "critical_down": "so, and H has the negative eigenvalue ``low``: no minimum",
    "still": "the objective stands still at ``end`` with a gradient norm of ``low``",
    "swings": "the objective moves between ``low`` and ``end`` in the last quarter, and not clearly down",
    "falls": "the objective still falls, and is ``end``",
}


class Commonest(NamedTuple):
    """What is true of most seeds of a lane, with the medians of their numbers."""

    verdict: Verdict
    alike: int  # seeds of which it is true
    seeds: int


Surface = tuple[Callable[..., Loss], dict[str, Any]]  # of a network, and its data


def commonest(training: Training, lane: int, constant: float, surface: Surface | None = None) -> Commonest:
    """The commonest verdict on a lane's seeds; the graver one of two that are as common. If any diverged, that.

    surface: what is minimised, where the curvature of critical points is to be found out."""
    verdicts = [
        verdict(seen, partial(curvature, surface, training.final[lane, seed], seen.gradient_norm[-1]))
        for seed in range(training.diverged_at.shape[1])
        for seen in [course(training, lane, seed, constant)]
    ]
    kinds = [each.kind for each in verdicts]
    kind = "diverged" if "diverged" in kinds else max(KINDS, key=kinds.count)
    alike = np.array([each[1:] for each in verdicts if each.kind == kind])
    step, low, end = np.median(alike, axis=0)
    step = alike[:, 0].min() if kind == "diverged" else step
    return Commonest(Verdict(kind, float(step), float(low), float(end)), len(alike), len(verdicts))


def course(training: Training, lane: int, seed: int, constant: float) -> Course:
    """What is judged of one seed."""
    names = ("objective", "gradient_norm", "train_loss", "test_loss", "train_accuracy")
    curves: dict[str, Any] = {name: getattr(training, name)[lane, seed] for name in names}
    length = float(np.hypot.reduce(training.final[lane, seed]))
    lost, steps = int(training.diverged_at[lane, seed]), training.steps.astype(float)
    return Course(steps=steps, **curves, diverged_at=lost, length=length, constant=constant)


def curvature(surface: Surface | None, theta: Floats, norm: float) -> Curvature:
    """Of a network's surface at θ (d,) with this gradient norm; unknown without a surface."""
    if surface is None:
        return Curvature()
    make, data = surface
    ends = lanczos(make, theta, 1, PRODUCTS, **data).eigenvalues
    return Curvature(float(ends[0]), sign_tolerance(ends, norm, theta))


def verdict(seen: Course, curved: Callable[[], Curvature] = Curvature) -> Verdict:
    """The first that is true, from the gravest on; ``curved``: how L is where it ends, asked only where L is level."""
    if seen.diverged_at >= 0:
        return Verdict("diverged", seen.diverged_at)
    return _risen(seen) or _generalised(seen) or _right(seen) or _ended(seen, curved)


def _unit(seen: Course) -> float:
    return seen.constant or float(seen.objective[0]) or 1.0


def _risen(seen: Course) -> Verdict | None:
    """What should have fallen has risen."""
    train, whole = (_lowest(seen, curve) for curve in (seen.train_loss, seen.objective))
    if _higher(seen, seen.objective, 0):
        alike = _higher(seen, seen.train_loss, 0)
        return _turn(seen, "worse", seen.train_loss, 0) if alike else _turn(seen, "worse_objective", seen.objective, 0)
    if train >= 0 and whole >= 0:
        kind = "unstable_both" if _higher(seen, seen.test_loss, train) else "unstable"
        return _turn(seen, kind, seen.train_loss, train)
    if whole >= 0:
        return _turn(seen, "unstable_objective", seen.objective, whole)
    return _turn(seen, "apart", seen.train_loss, train) if train >= 0 else None


def _generalised(seen: Course) -> Verdict | None:
    """The test loss alone has risen: that is overfitting if the training loss fell meanwhile, or had fallen."""
    row = _lowest(seen, seen.test_loss)
    if row < 0:
        return None
    before, after = seen.train_loss[row], max(_level(seen.train_loss), seen.train_loss[-1])
    learns = after < (1 - FALL) * before or after < LOW * _unit(seen)
    return _turn(seen, "overfits" if learns else "test_rises", seen.test_loss, row)


def _right(seen: Course) -> Verdict | None:
    """Every training example got its class."""
    right = seen.train_accuracy >= 1
    if not right.any():
        return None
    if not right[-1]:
        return Verdict("left", seen.steps[int(np.argmax(right))], end=seen.train_accuracy[-1])
    return Verdict("all_right", seen.steps[len(right) - int(np.argmin([*right[::-1], False]))])


def _ended(seen: Course, curved: Callable[[], Curvature]) -> Verdict:
    """Where the objective has come to, and whether it goes on."""
    loss, norm = float(seen.train_loss[-1]), float(seen.gradient_norm[-1])
    if loss < NOTHING * _unit(seen):
        return Verdict("fits", end=loss)
    late = seen.objective[-max(len(seen.objective) // 4, 2) :]
    early, last = np.median(late[: len(late) // 2]), max(np.median(late[len(late) // 2 :]), late[-1])
    low, high = float(late.min()), float(late.max())
    small = CRITICAL * _unit(seen) / max(seen.length, 1.0)
    falls = early - last > max(LITTLE * early, DOWNHILL * (high - low))
    still = seen.gradient_norm[-len(late) :].max() <= small or (not falls and high - low <= SLIGHT * high)
    found = curved() if still and norm <= small else Curvature()
    if still and loss >= (1 - LITTLE) * seen.constant:
        if found.kind == "down":
            return Verdict("constant_down", low=found.lowest, end=loss)
        return Verdict("constant", low=seen.constant, end=loss)
    if still and norm <= small:
        kind = f"critical_{found.kind}" if found.kind else "critical"
        return Verdict(kind, low=found.lowest, end=norm)
    if still:
        return Verdict("still", low=norm, end=float(late[-1]))
    return Verdict("falls", end=float(late[-1])) if falls else Verdict("swings", low=low, end=high)


# ---- curves ----------------------------------------------------------------------------------------------------------


def _turn(seen: Course, kind: str, curve: Floats, row: int) -> Verdict:
    return Verdict(kind, seen.steps[row], float(curve[row]), float(curve[-1]))


def _lowest(seen: Course, curve: Floats) -> int:
    """The row of a curve's lowest value if it has risen from there for good: it does not come back in the last quarter,
    ends near its highest level since, and noise does not explain it. −1 if not."""
    if len(curve) < FEW or not np.isfinite(curve).all():
        return -1
    smooth = _smooth(curve)
    row, low = int(np.argmax(curve <= curve.min() + LITTLE * _unit(seen))), float(smooth.min())
    rise = _level(curve) - low
    stays = curve[-(len(curve) // 4) :].min() > _above(seen, low)
    jumps = float(np.mean(np.abs(curve - smooth)[len(curve) // 2 :]))
    clear = rise > max(ENDS * (smooth[row:].max() - low), NOISE * jumps)
    return row if stays and clear else -1


def _higher(seen: Course, curve: Floats, row: int) -> bool:
    """Whether a curve ends higher than it was at a row."""
    return bool(min(curve[-1], _level(curve)) > _above(seen, float(curve[row])))


def _above(seen: Course, loss: float) -> float:
    """What is clearly higher than a loss."""
    return max(RISE * loss, loss + SLIGHT * _unit(seen))


def _level(curve: Floats) -> float:
    """Where a curve is in its last tenth."""
    return float(np.median(curve[-max(len(curve) // 10, 1) :]))


def _smooth(curve: Floats) -> Floats:
    """The running median over a tenth of the record, at least of 3 rows."""
    half = max(len(curve) // 20, 1)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(curve, half, "reflect"), 2 * half + 1)
    return np.asarray(np.median(around, axis=-1))
