"""Error surfaces: one file each. Lecture surfaces come first, then the classical test functions by name."""

from landscapes.base import Landscape
from records import shelf

LANDSCAPES: dict[str, Landscape] = shelf(__name__, "LANDSCAPE", lambda record: (not record.lecture, record.name))
