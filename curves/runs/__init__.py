"""Curves of a descent on a surface: one file each, in the order of their charts."""

from curves.base import Curve
from records import shelf

RUNS: dict[str, Curve] = shelf(__name__, "CURVE", lambda record: (record.place, record.name))


def runs_on(dimension: int) -> dict[str, Curve]:
    """Those of a surface with so many coordinates."""
    return {name: curve for name, curve in RUNS.items() if curve.dimensions[0] <= dimension <= curve.dimensions[1]}
