"""Backpropagation in matrices: of softmax regression the gradient is Xᵀ(S − I_y)/n."""

from typing import NamedTuple

import numpy as np

from datasets import DATASETS
from engine.arrays import Floats
from engine.curvature.derivatives import slopes_at
from engine.networks.network import Architecture, size
from engine.networks.objective import objective

DATA = "iris"
MOST = 12  # rows that are drawn


class MatrixForm(NamedTuple):
    """n examples of p features, k classes; X has a column of 1 for b."""

    x: Floats  # (n, p + 1)
    shares: Floats  # (n, k), S = softmax(Xθ) by rows
    target: Floats  # (n, k), I_y, one-hot
    gradient: Floats  # (p + 1, k), Xᵀ(S − I_y)/n
    automatic: Floats  # (p + 1, k), of the mean cross-entropy, by automatic differentiation

    @property
    def difference(self) -> float:
        """The largest between the two."""
        return float(np.max(np.abs(self.gradient - self.automatic)))


def matrix_form(rows: int, seed: int) -> MatrixForm:
    """Of the first examples, at random θ."""
    record = DATASETS[DATA]
    data = record.make()
    inputs = (data.inputs - data.inputs.mean(axis=0)) / data.inputs.std(axis=0)
    some, targets = inputs[:rows], data.targets[:rows]
    network = Architecture(inputs.shape[1], data.classes, depth=0)
    theta = np.random.default_rng(seed).standard_normal(size(network))
    x = np.column_stack([some, np.ones(len(some))])
    logits = x @ theta.reshape(x.shape[1], data.classes)  # θ has the weights first, and then the biases
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    target = np.eye(data.classes)[targets]
    make = objective(network, "cross_entropy", data.classes)
    numbers = {"inputs": some, "targets": targets.astype(float), "decay": np.float64(0)}
    automatic = np.asarray(slopes_at(make, numbers, theta[None])[1])[0].reshape(x.shape[1], data.classes)
    return MatrixForm(x, shares, target, x.T @ (shares - target) / len(some), automatic)
