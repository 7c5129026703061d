"""Flat and sharp ends: the loss around the end of a training, along its sharpest direction and along a random one."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from engine.arrays import Floats, upright
from engine.curvature.lanczos import lanczos
from engine.measures.spectra import product_seconds
from engine.networks.cost import MULTIPLICATIONS
from engine.networks.experiment import NetworkExperiment
from engine.networks.slices import line_heights
from engine.networks.stretch import FAR
from engine.networks.training import Training

POINTS = 81  # of a cut
PRODUCTS = 40  # Hv for the sharpest direction
HEIGHT = 2.0  # multiplications per parameter and example of a loss, in float64


class Sharpest(NamedTuple):
    """The sharpest direction at the end of each of L lanes; nan for one that has diverged."""

    curvature: Floats  # (L,), λmax
    direction: Floats  # (L, d), of length 1
    done: float  # share of the work


class Cuts(NamedTuple):
    """L lanes, n distances. nan for a lane that has diverged."""

    distance: Floats  # (n,), from −reach to reach
    train: Floats  # (L, 2, n), loss on the training examples: along the sharpest direction, along the random one
    test: Floats  # (L, 2, n), on the test examples; nan without any
    done: float  # share of the work


def sharpest(net: NetworkExperiment, training: Training) -> Iterator[Sharpest]:
    """Of each lane's first seed, lane by lane."""
    make, knobs = net.surface()
    ends = training.final[:, 0]
    sharpest = Sharpest(np.full(len(ends), np.nan), np.full(ends.shape, np.nan), 0.0)
    for lane, end in enumerate(ends):
        if (np.abs(end) <= FAR).all():
            top = lanczos(make, end, 1, PRODUCTS, **knobs)
            sharpest.curvature[lane], sharpest.direction[lane] = top.eigenvalues[-1], upright(top.eigenvectors)[:, -1]
        yield sharpest._replace(done=(lane + 1) / len(ends))


def cuts(net: NetworkExperiment, training: Training, sharp: Sharpest, reach: float) -> Iterator[Cuts]:
    """Cuts through the end of each lane's first seed, lane by lane; the random direction, of length 1, is the same for
    all."""
    distance = np.linspace(-reach, reach, POINTS)
    random = np.random.default_rng(0).standard_normal(net.size)
    ends = training.final[:, 0]
    train, test = np.full((2, len(ends), 2, POINTS), np.nan)
    for lane, end in enumerate(ends):
        directions = np.stack([sharp.direction[lane], random / np.linalg.norm(random)])
        points = end + distance[:, None] * directions[:, None]  # (2, n, d)
        for losses, part in ((train, net.surface()), (test, net.surface(test=True))):
            if np.isfinite(points).all() and len(part[1]["targets"]):
                losses[lane] = [line_heights(part[0], line, **part[1]) for line in points]
        yield Cuts(distance, train, test, (lane + 1) / len(ends))


def sharpest_seconds(net: NetworkExperiment) -> float:
    """How long the sharpest directions take, about."""
    return len(net.plan.lanes) * product_seconds(net.size, net.points, PRODUCTS)


def cuts_seconds(net: NetworkExperiment) -> float:
    """How long the cuts take, about."""
    examples = sum(len(part.targets) for part in net.examples)
    return len(net.plan.lanes) * 2 * POINTS * HEIGHT * net.size * examples / MULTIPLICATIONS
