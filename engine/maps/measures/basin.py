"""Basins: which critical point a path ends at, or how it fails to end at one."""

import numpy as np

from engine.arrays import Floats
from engine.maps.grid import Seen
from engine.maps.measures.base import DIVERGED, LEFT, MOVING, RESTING, SURFACE, Measure
from engine.surfaces.experiment import Experiment
from engine.surfaces.many import Ends
from engine.surfaces.outcome import REST
from records import Words

NEAR = 0.01  # of the window: who is so near to a critical point is at it, if its loss or its slope says so, too


def basin(seen: Seen) -> Floats:
    """At a minimum: near it and within the tolerance of its loss. At another critical point: near it, and at rest."""
    experiment = seen.map.experiment
    points = np.array([place.point for place in seen.places]).reshape(-1, experiment.surface.dimension)
    lowest = np.array([place.loss for place in seen.places])
    calm = np.array([place.kind != "minimum" for place in seen.places], dtype=bool)
    shown = experiment.mapped.landscape
    rows = []
    for number, ends in zip(seen.map.lanes, seen.ends, strict=True):
        here = experiment.of_lane(number).landscape == shown
        rows.append(_verdicts(experiment, ends, points[: None if here else 0], lowest, calm))
    return np.array(rows)


def _verdicts(experiment: Experiment, ends: Ends, points: Floats, lowest: Floats, calm: Floats) -> Floats:
    low, high = np.array(experiment.surface.window, dtype=float).T
    with np.errstate(invalid="ignore", over="ignore"):
        resting = ends.gradient_norm <= REST * ends.first_norm
        outside = ~((ends.params >= low) & (ends.params <= high)).all(axis=1)
        code = np.where(resting, RESTING, np.where(outside, LEFT, MOVING))
        if len(points):
            away = (np.abs(ends.params[:, None] - points) / (high - low)).max(axis=2)
            nearest = np.where(np.isfinite(away), away, np.inf).argmin(axis=1)
            near = away[np.arange(len(away)), nearest] <= NEAR
            low_enough = ends.loss <= lowest[nearest] + experiment.tolerance
            code = np.where(near & (resting | (low_enough & ~calm[nearest])), nearest, code)
    return np.where(ends.diverged_at >= 0, DIVERGED, code).astype(float)


MEASURE = Measure(
    name=Words("Where it ends", "终点"),
    about=Words(
        "The critical point that the path ends at: near a minimum and within the tolerance of its loss, or at rest at "
        "a saddle or a maximum. Apart from these: still moving after the last step, at rest at none of the listed "
        "points, outside the window, diverged.",
        "路径终止于哪个临界点：在极小点附近且损失在容差之内，或静止在鞍点、极大点处。另外分开显示：最后一步仍在移动、"
        "静止但不在所列各点、在窗口之外、发散。",
    ),
    of=basin,
    place=0,
    kind="verdict",
    over=(SURFACE,),
)
