"""Curves of a network's training: one file each, in the order of their charts."""

from curves.base import Curve
from records import shelf

TRAININGS: dict[str, Curve] = shelf(__name__, "CURVE", lambda record: (record.place, record.name))
