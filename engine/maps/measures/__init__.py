"""What a map can show, one file each."""

from engine.maps.measures.base import Measure
from records import shelf

MEASURES: dict[str, Measure] = shelf(__name__, "MEASURE", lambda measure: measure.place)


def measures_of(over: str) -> dict[str, Measure]:
    """Those of maps over surfaces, or over networks."""
    return {name: measure for name, measure in MEASURES.items() if over in measure.over}
