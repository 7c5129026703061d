"""A small batch against all examples, measured on one network: time, noise, and what is learned."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from engine.measures.batch_noise import Noise, noise
from engine.measures.batch_timing import Timing, measure
from engine.measures.sweep import Swept, sweep, variants
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import initial

SHARES = (0.1, 0.3)  # of the work that is done after the times, and after the noise


class Versus(NamedTuple):
    """What is measured of the small batch and of all examples; None is still to come."""

    timing: Timing | None = None  # of 1, the small batch and all
    noise: Noise | None = None  # of the small batch's gradient at the first weights; that of all examples has none
    swept: Swept | None = None  # rows: the small batch, all


def compared(net: NetworkExperiment, small: int, epochs: int) -> Iterator[tuple[float, Versus]]:
    """At equal epochs, with all seeds of the experiment; yields the share that is done and what is known.

    Raises:
        ValueError: for a batch that is not smaller than the set.
    """
    if not 1 <= small < net.points:
        raise ValueError(f"a batch of the {net.points} examples holds 1 to {net.points - 1} of them, not {small}")
    part, found = net.examples.train, Versus()
    sizes = tuple(sorted({1, small, net.points} - ({1} if net.architecture.normalisation.over_batch else set())))
    plain = replace(net, dropout=0.0).architecture
    for share, timing in measure(plain, net.criterion, net.classes, part.inputs, part.targets, sizes):
        found = found._replace(timing=timing)
        yield SHARES[0] * share, found
    make, data = net.surface()
    alone = not net.architecture.normalisation.over_batch
    for _, noisy in noise(make, initial(net.architecture, net.seed, net.scheme, net.scale), (small,), alone, **data):
        found = found._replace(noise=noisy)
        yield SHARES[1], found
    for share, swept in sweep(variants(net, "batch", (small, 0), epochs), "batch", (small, 0)):
        found = found._replace(swept=swept)
        yield SHARES[1] + (1 - SHARES[1]) * share, found


def medians(found: Swept, measure: str, worst: float) -> tuple[float, float]:
    """Over the seeds, of the small batch and of all; a seed that diverged counts as worst."""
    rows = getattr(found, measure)
    small, large = np.median(np.where(np.isnan(rows), worst, rows), axis=1)
    return float(small), float(large)
