"""Curves of a descent on a surface: one file each, in the order of their charts."""

from curves.base import Curve
from records import shelf

RUNS: dict[str, Curve] = shelf(__name__, "CURVE", lambda record: (record.place, record.name))
