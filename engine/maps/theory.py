"""What is known before anything is measured: up to which learning rate a rule stays at a minimum, and Polyak's best."""

from typing import NamedTuple

import numpy as np

from engine.curvature.points import CriticalPoint
from engine.maps.axes import RATE
from engine.maps.grid import Map, places_of
from engine.surfaces.many import ends
from engine.surfaces.stability import local_rates, stability_limit
from optimizers.base import unscaled

SAMPLES = 33  # values of the other axis at which the limit is worked out


class Theory(NamedTuple):
    """In the coordinates of the map.

    lane: whose it is; line: points (across, up) of the largest learning rate at which it is stable; best: where heavy
    ball is fastest near the minimum, () where that is not known. minimum: around which; sharpest: λmax there.
    """

    lane: int
    line: tuple[tuple[float, float], ...]
    best: tuple[float, ...]
    minimum: tuple[float, ...]
    sharpest: float


def theories(map: Map) -> tuple[Theory, ...]:
    """Of each shown lane whose step is linear in the gradient, on a map with the learning rate as one of its axes.

    It is that at the minimum next to the end of its run with the numbers that it has now, or at the lowest one. Nothing
    for adaptive rules, whose σ depends on the path; nor where the rate changes in time, or the surface along an axis.
    """
    names = [axis.name for axis in map.axes]
    minima = [place for place in places_of(map.experiment, map.axes) if place.kind == "minimum"]
    if RATE not in names or not minima or map.experiment.noise:
        return ()
    other = map.axes[1 - names.index(RATE)]
    kind, _, setting = other.name.partition(".")
    x0, x1, y0, y1 = map.lattice.shown
    values = np.linspace(*((y0, y1) if names[0] == RATE else (x0, x1)), SAMPLES)
    found = []
    for number in map.lanes:
        lane = map.experiment.lanes[number]
        rule = lane.rule
        if lane.schedule.name != "constant" or lane.own or lane.kept or _adaptive(rule):
            continue
        rest = {name: value for name, value in lane.optimizer.numbers.items() if name != "learning_rate"}
        varied = kind == "rule" and setting in rest
        limits = [
            stability_limit(rule, **{**rest, **({setting: float(value)} if varied else {}), "learning_rate": 1.0})
            for value in (values if varied else values[:1])
        ]
        place = _arrived(map, number, minima)
        sharpest = float(place.eigenvalues[-1])
        rates = np.broadcast_to(np.array(limits) / sharpest, values.shape)
        if not np.isfinite(rates).all():
            continue
        line = zip(rates, values, strict=True) if names[0] == RATE else zip(values, rates, strict=True)
        best: tuple[float, ...] = ()
        if lane.optimizer.name == "momentum" and other.name == "rule.momentum" and place.eigenvalues[0] > 0:
            polyak = local_rates(place.eigenvalues)
            best = (polyak.heavy_ball_rate, polyak.heavy_ball_momentum)
            best = best if names[0] == RATE else best[::-1]
        points = tuple((float(a), float(b)) for a, b in line)
        found.append(Theory(number, points, best, tuple(place.point.tolist()), sharpest))
    return tuple(found)


def _arrived(map: Map, number: int, minima: list[CriticalPoint]) -> CriticalPoint:
    """The minimum next to where the lane is now, the first one if it is lost."""
    across, up = (np.array([axis.now]) for axis in map.axes)
    here = ends(map.at(number, across, up))
    if here.diverged_at[0] >= 0:
        return minima[0]
    return min(minima, key=lambda each: float(np.linalg.norm(each.point - here.params[0])))


def _adaptive(rule: object) -> bool:
    """Whether the step is divided by something that depends on the path."""
    return rule.make().scale is not unscaled  # type: ignore[attr-defined]
