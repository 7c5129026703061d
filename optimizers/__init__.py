"""Update rules, one file each, the lectures' first, in the order of their years; schedules stand beside them."""

from optimizers.base import Optimizer
from optimizers.schedules import SCHEDULES
from records import shelf

OPTIMIZERS: dict[str, Optimizer] = shelf(__name__, "OPTIMIZER", lambda record: (record.year, record.name))

__all__ = ["OPTIMIZERS", "SCHEDULES"]
