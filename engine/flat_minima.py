"""Flat and sharp ends: the loss around the end of a training, along its sharpest direction and along a random one."""

from typing import NamedTuple

import numpy as np

from engine.curvature import slopes_at, upright
from engine.descent import Floats
from engine.lanczos import lanczos
from engine.network_experiment import NetworkExperiment
from engine.stretch import FAR
from engine.training import Training

POINTS = 81  # of a cut
PRODUCTS = 40  # Hv for the sharpest direction


class Cuts(NamedTuple):
    """L lanes, n distances. nan for a lane that has diverged."""

    distance: Floats  # (n,), from −reach to reach
    sharpest: Floats  # (L,), λmax at the end
    train: Floats  # (L, 2, n), loss on the training examples: along the sharpest direction, along the random one
    test: Floats  # (L, 2, n), on the test examples; nan without any


def cuts(net: NetworkExperiment, training: Training, reach: float) -> Cuts:
    """Cuts through the end of each lane's first seed; the random direction, of length 1, is the same for all."""
    make, knobs = net.surface()
    distance = np.linspace(-reach, reach, POINTS)
    random = np.random.default_rng(0).standard_normal(net.size)
    ends = training.final[:, 0]
    sharpest = np.full(len(ends), np.nan)
    train, test = np.full((2, len(ends), 2, POINTS), np.nan)
    for lane, end in enumerate(ends):
        if not (np.abs(end) <= FAR).all():
            continue
        top = lanczos(make, end, 1, PRODUCTS, **knobs)
        sharpest[lane] = top.eigenvalues[-1]
        directions = np.stack([upright(top.eigenvectors)[:, -1], random / np.linalg.norm(random)])
        points = end + distance[:, None] * directions[:, None]  # (2, n, d)
        for losses, part in ((train, net.surface()), (test, net.surface(test=True))):
            if len(part[1]["targets"]):
                losses[lane] = [np.asarray(slopes_at(*part, line)[0]) for line in points]
    return Cuts(distance, sharpest, train, test)
