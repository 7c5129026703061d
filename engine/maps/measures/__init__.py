"""What a map can show, one file each."""

from engine.maps.measures.base import Measure
from records import shelf

MEASURES: dict[str, Measure] = shelf(__name__, "MEASURE", lambda measure: measure.place)
