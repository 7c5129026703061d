"""What cannot be trained, and what to change about it."""

from engine.link import Notice, span
from engine.networks import network
from engine.networks.cost import DENSE, writes_hessian
from engine.networks.objective import check
from engine.networks.plan import Plan
from engine.surfaces.descent import LONGEST
from initialisations import INITIALISATIONS

MOST_SEEDS = 512


class Untrainable(ValueError):
    """A plan that cannot be trained: says so to a programmer, and with its ``notice`` to a person."""

    def __init__(self, sentence: str, notice: Notice) -> None:
        super().__init__(sentence)
        self.notice = notice


def refuse(plan: Plan, points: int) -> None:
    """Whether a plan can be trained on so many points.

    Raises:
        Untrainable: says what is wrong, with which value, and what to change.
        ValueError: for a loss that does not suit the network.
    """
    check(plan.architecture, plan.loss, plan.classes)
    for name, low, high in (("steps", 1, LONGEST), ("seeds", 1, MOST_SEEDS), ("rows", 1, 400), ("seed", 0, 2**31)):
        value = getattr(plan, name)
        if not low <= value <= high:
            problem = f"{name} must lie between {low} and {high}, not {value}"
            raise Untrainable(problem, Notice("range", name, str(value), span(low, high)))
    if plan.dtype not in ("float32", "float64"):
        problem = f"dtype must be 'float32' or 'float64', not {plan.dtype!r}"
        raise Untrainable(problem, Notice("unknown", "dtype", plan.dtype))
    if plan.scheme not in INITIALISATIONS:
        problem = f"unknown scheme {plan.scheme!r}: choose one of {', '.join(INITIALISATIONS)}"
        raise Untrainable(problem, Notice("unknown", "scheme", plan.scheme))
    if not points:
        problem = "there are no points to train on: lower the share of test points"
        raise Untrainable(problem, Notice("range", "test", "1", "0 … 0.9"))
    if not 0 <= plan.batch <= points:
        problem = f"batch must lie between 1 and the {points} training points, or be 0 for all: not {plan.batch}"
        raise Untrainable(problem, Notice("batch", "batch", str(plan.batch), str(points)))
    if plan.architecture.normalisation.over_batch and 1 in (plan.batch, points):
        problem = "batch normalisation needs at least 2 points in a batch: raise the batch size"
        raise Untrainable(problem, Notice("lonely", "batch", "1", "2"))
    width = network.size(plan.architecture)
    for lane in plan.lanes:
        if writes_hessian(lane, width):
            problem = (
                f"{lane.rule.name} writes down the whole Hessian at every step, affordable up to {DENSE} parameters, "
                f"not {width}: lower the width or the depth"
            )
            raise Untrainable(problem, Notice("dense", lane.rule.name, str(width), str(DENSE)))
    if not plan.lanes:
        raise Untrainable("choose at least one optimizer", Notice("idle", "lanes", "0"))
