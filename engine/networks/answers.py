"""What a network says while it learns: its outputs, classes and hidden layers at chosen moments of a training."""

from dataclasses import replace
from typing import Any, NamedTuple

import jax
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike

from activations import ACTIVATIONS
from engine import xla
from engine.arrays import Floats
from engine.networks.network import Architecture, forward
from engine.networks.objective import probabilities
from engine.networks.training import Training

EARLY = 1.6  # power by which moments are crowded at the beginning, where most happens


class Moments(NamedTuple):
    """Moments of a training, F of them, of one lane."""

    steps: Floats  # (F,), updates made
    thetas: Floats  # (F, d)
    moments: Floats  # (F, layers, 2, width), moving averages for batch normalisation


def moments_of(training: Training, lane: int, count: int) -> Moments:
    """At most ``count`` moments of a lane's path (of the first seed), the first and the last among them."""
    last = len(training.path_rows) - 1
    chosen = np.unique(np.round(last * np.linspace(0, 1, count) ** EARLY).astype(int))
    return Moments(
        training.steps[training.path_rows[chosen]].astype(float),
        training.path[lane, chosen],
        training.path_moments[lane, chosen],
    )


@xla.program("architecture", "what")
def _said(architecture: Any, what: Any, thetas: Any, moments: Any, columns: Array) -> Any:
    def one(row: Any) -> Any:
        theta, averages = row
        passed = forward(architecture, theta, columns, averages if architecture.normalisation.over_batch else None)
        return passed.outputs if what == "outputs" else (columns, *passed.after)[-1]

    return lax.map(one, (thetas, moments))


def outputs_at(architecture: Architecture, at: Moments, inputs: ArrayLike) -> Floats:
    """Outputs at each moment for points (n, p), without dropout, (F, n, k)."""
    said = _said(replace(architecture, dropout=0.0), "outputs", at.thetas, at.moments, np.asarray(inputs, float).T)
    return np.asarray(said).transpose(0, 2, 1)


def chances_at(architecture: Architecture, at: Moments, inputs: ArrayLike) -> Floats:
    """Probability of each class at each moment for points (n, p), (F, n, classes)."""
    said: Any = outputs_at(architecture, at, inputs)
    return np.asarray(_softmax(said))


@xla.program()
def _softmax(outputs: Any) -> Any:
    return jax.vmap(lambda rows: probabilities(rows.T).T)(outputs)


def last_hidden_at(architecture: Architecture, at: Moments, inputs: ArrayLike) -> Floats:
    """What the last hidden layer hands on at each moment for points (n, p), (F, n, width); the points themselves where
    there is none."""
    said = _said(replace(architecture, dropout=0.0), "hidden", at.thetas, at.moments, np.asarray(inputs, float).T)
    return np.asarray(said).transpose(0, 2, 1)


@xla.program("activation")
def _activated(activation: Any, z: Any) -> Any:
    return ACTIVATIONS[activation].of(z)


def activated(activation: str, z: ArrayLike) -> Floats:
    """σ(z) of each entry."""
    return np.asarray(_activated(activation, np.asarray(z, dtype=np.float64)))
