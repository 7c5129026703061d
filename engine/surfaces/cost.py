"""What compiling descents takes, in seconds on a machine of the usual pace, before anything is compiled."""

from collections.abc import Sequence

from optimizers.base import Optimizer

PATH, LIMIT = 0.2, 0.15  # the program of a recorded descent, and that of how sharp a surface its rule can bear
ENDS = 0.6  # that of many descents of which only the ends are kept
GRADIENT = 0.03  # and for each gradient that a step may take: a line search is a loop within the loop
SIDE_BY_SIDE = 0.6  # of the processor's time passes when two programs are compiled at a time


def path_seconds(rule: Optimizer) -> float:
    """About how long the program of a recorded descent takes, on one surface."""
    return PATH + GRADIENT * rule.cost


def ends_seconds(rule: Optimizer) -> float:
    """About how long that of many descents takes."""
    return ENDS + GRADIENT * rule.cost


def side_by_side(seconds: Sequence[float]) -> float:
    """How long programs take together, two at a time."""
    return max(max(seconds, default=0.0), SIDE_BY_SIDE * sum(seconds))
