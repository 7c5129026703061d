"""What is known before anything is measured: up to which learning rate a rule stays at a minimum, and Polyak's best."""

from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.maps.axes import RATE
from engine.maps.grid import Map
from engine.maps.lattice import Lattice
from engine.surfaces.experiment import Lane, run
from engine.surfaces.many import ends
from engine.surfaces.stability import local_rates, sharpness_along, stability_limit
from optimizers.base import Optimizer, unscaled

SAMPLES = 97  # values of the other axis at which the limit is worked out


class Theory(NamedTuple):
    """In the coordinates of the map.

    lane: whose it is; at: where the curvature is taken: at a minimum, at the end of the run with the σ that it has
    there, or at the first weights. line: points (across, up) of the largest learning rate at which the lane is stable;
    best: where heavy ball is fastest near the minimum, () where that is not known.
    place: that point, () of weights; sharpest: λmax there, of H/σ.
    """

    lane: int
    line: tuple[tuple[float, float], ...]
    best: tuple[float, ...]
    place: tuple[float, ...]
    sharpest: float
    at: Literal["minimum", "end", "first"]


def theories(map: Map) -> tuple[Theory, ...]:
    """Of each shown lane, on a map with the learning rate as one of its axes.

    Where the step is linear in the gradient, it is that at the minimum next to the end of its run with the numbers that
    it has now, or at the lowest one. Of an adaptive rule, whose σ depends on the path, it is that at the end of that
    run, with the σ which it has there. Nothing where the rate changes in time, or the surface along an axis, or the
    limit is none of 1/η.
    """
    names = [axis.name for axis in map.axes]
    if RATE not in names or map.experiment.noise or any(name.startswith("knob.") for name in names):
        return ()
    found = []
    for number in map.lanes:
        lane = map.experiment.lanes[number]
        if lane.schedule.name != "constant" or lane.own or lane.kept:
            continue
        felt = _frozen(map, number) if adaptive(lane.rule) else _resting(map, number)
        if felt and (theory := _drawn(map, number, *felt)):
            found.append(theory)
    return tuple(found)


def _drawn(map: Map, number: int, place: Floats, eigenvalues: Floats) -> Theory | None:
    """The limit where a lane feels such curvatures, the least first."""
    across = map.axes[0].name == RATE
    setting = map.axes[across].name.removeprefix("rule.")
    lane, values, sharpest = map.experiment.lanes[number], samples(map.lattice, across), float(eigenvalues[-1])
    limits = limits_over(lane, setting, values)
    if limits is None or not sharpest > 0:
        return None
    best: tuple[float, ...] = ()
    if lane.optimizer.name == "momentum" and setting == "momentum" and eigenvalues[0] > 0:
        polyak = local_rates(eigenvalues)
        best = (polyak.heavy_ball_rate, polyak.heavy_ball_momentum)
        best = best if across else best[::-1]
    line = line_of(limits / sharpest, values, across)
    return Theory(number, line, best, tuple(place.tolist()), sharpest, "end" if adaptive(lane.rule) else "minimum")


def limits_over(lane: Lane, setting: str, values: Floats) -> Floats | None:
    """The largest η·λmax at which a lane's rule is stable, for values of one of its settings; the same for each where
    it has no such one. None where that is not what decides: with a decoupled decay."""
    rest = {name: value for name, value in lane.optimizer.numbers.items() if name != "learning_rate"}
    varied = setting in rest
    settings = [{**rest, **({setting: float(value)} if varied else {})} for value in (values if varied else values[:1])]
    limits = np.array([stability_limit(lane.rule, **each, learning_rate=1.0) for each in settings])
    if not (np.isfinite(limits).all() and _inverse(lane.rule, settings[0], limits[0])):
        return None
    return np.broadcast_to(limits, values.shape)


def samples(lattice: Lattice, up: bool) -> Floats:
    """Values of an axis, of the second if ``up``, as far as it is shown."""
    low, high = lattice.shown[2:] if up else lattice.shown[:2]
    return np.geomspace(low, high, SAMPLES) if lattice.axes[up].log else np.linspace(low, high, SAMPLES)


def line_of(rates: Floats, values: Floats, across: bool) -> tuple[tuple[float, float], ...]:
    """Points of a map; across: whether the learning rate goes to the right."""
    pairs = zip(rates, values, strict=True) if across else zip(values, rates, strict=True)
    return tuple((float(a), float(b)) for a, b in pairs)


def _inverse(rule: Optimizer, rest: dict[str, float], limit: float) -> bool:
    """Whether the limit is inverse to η; it is not with a decoupled decay."""
    return bool(np.isclose(2 * stability_limit(rule, **rest, learning_rate=2.0), limit, rtol=1e-6))


def _resting(map: Map, number: int) -> tuple[Floats, Floats] | None:
    """The minimum next to where the lane is now, the first one if it is lost, and the curvatures there."""
    minima = [place for place in map.places if place.kind == "minimum"]
    if not minima:
        return None
    here = ends(map.at(number, *(np.array([axis.now]) for axis in map.axes)))
    found = minima[0]
    if here.diverged_at[0] < 0:
        found = min(minima, key=lambda each: float(np.linalg.norm(each.point - here.params[0])))
    return found.point, found.eigenvalues


def _frozen(map: Map, number: int) -> tuple[Floats, Floats] | None:
    """Where the lane is now at its last step, and the largest curvature over σ there; nothing if it is lost."""
    experiment = map.experiment
    ((_, path),) = run(replace(experiment, lanes=(experiment.lanes[number],), ground=0))
    if path.diverged_at >= 0 or path.scale is None:
        return None
    last = path._replace(params=path.params[-2:], scale=path.scale[-1:])
    return path.params[-1], sharpness_along(experiment.surface, last, **experiment.landscape.numbers)[-1:]


def adaptive(rule: Optimizer) -> bool:
    """Whether the step is divided by something that depends on the path."""
    return rule.make().scale is not unscaled
