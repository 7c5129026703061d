"""What the curvature at the first weights predicts of a map of trainings: the largest learning rate that is stable."""

import numpy as np

from engine.arrays import Floats
from engine.curvature.derivatives import hessian
from engine.maps.axes import RATE
from engine.maps.theory import SAMPLES, Theory, adaptive, limits_over, line_of, samples
from engine.maps.trained import OUTPUT, TrainingMap
from engine.networks.many import last_layer
from engine.networks.objective import objective

LARGEST = 150  # parameters of a network whose Hessian is written down for it


def first_limits(map: TrainingMap) -> tuple[Theory, ...]:
    """Of each shown lane, on a map with the learning rate as one of its axes.

    Where the last layer has a learning rate η' of its own, a step is that of one rate η on D^½ H D^½ with D = η'/η for
    the weights of that layer and 1 for the others. Nothing of a rule whose σ depends on the path, where the rate
    changes in time, of a large network, or where η' is fixed while η is an axis.
    """
    names = [axis.name for axis in map.axes]
    if RATE not in names or map.trouble or (map.output > 0 and OUTPUT not in names):
        return ()
    found = (_limit(map, number) for number in map.lanes if map.net.alone(number).size <= LARGEST)
    return tuple(theory for theory in found if theory)


def _limit(map: TrainingMap, number: int) -> Theory | None:
    lane = map.net.lanes[number]
    if lane.schedule.name != "constant" or lane.own or lane.kept or adaptive(lane.rule):
        return None
    across = map.axes[0].name == RATE
    other, (x0, x1, y0, y1) = map.axes[across].name, map.lattice.shown
    if other == OUTPUT:
        values = np.geomspace(y0 / x1, y1 / x0, SAMPLES) if across else np.geomspace(x0 / y1, x1 / y0, SAMPLES)
    else:
        values = samples(map.lattice, across)
    limits = limits_over(lane, other.removeprefix("rule."), values)
    sharpest = _sharpest(map, number, values, across)
    if limits is None or not (sharpest > 0).all():
        return None
    rates = limits / sharpest
    line = line_of(rates, rates * values if other == OUTPUT else values, across)
    return Theory(number, line, (), (), float(sharpest[0]), "first")


def _sharpest(map: TrainingMap, number: int, values: Floats, across: bool) -> Floats:
    """λmax at the first weights, for values of the other axis; where that is OUTPUT these are η'/η."""
    one = np.ones_like(values)
    here = map.at(number, *((one, values) if across else (values, one)))
    make, part, last = objective(*here.structure), map.net.alone(number).examples.train, last_layer(here.structure[0])
    starts = np.broadcast_to(here.start, (len(values), np.shape(here.start)[-1]))
    decays, ratios = (np.broadcast_to(each, values.shape) for each in (here.decay, here.ratio))
    found, before = np.empty_like(values), (None, np.nan)
    for at, (start, decay, ratio) in enumerate(zip(starts, decays, ratios, strict=True)):
        if before != (key := (start.tobytes(), float(decay))):
            matrix = hessian(make, start, inputs=part.inputs, targets=part.targets, decay=decay)
            before = key
        root = np.where(last, np.sqrt(ratio), 1.0)
        found[at] = np.linalg.eigvalsh(matrix * np.outer(root, root))[-1]
    return found
