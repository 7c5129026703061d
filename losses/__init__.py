"""Losses of networks: one file each. Those of numbers come first, then those that only classes have."""

from losses.base import PointLoss
from records import shelf

LOSSES: dict[str, PointLoss] = shelf(__name__, "LOSS", lambda record: (record.place, record.name))
