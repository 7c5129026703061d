"""Spread: He's weights, and in the first layer biases that put z = 0 of every neuron somewhere among the inputs."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from initialisations.base import Initialisation
from initialisations.he import he
from records import Words

REACH = sqrt(3)  # of an even distribution with mean 0 and standard deviation 1, as standardised inputs have


def spread(chance: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Gaussian: variance 2 / m."""
    return he(chance, shape)


def among_inputs(chance: np.random.Generator, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Biases at which z = 0 at a random place x, even between ±√3 in each input, for each neuron."""
    return -np.sum(weights * REACH * chance.uniform(-1, 1, weights.shape), axis=0)


INITIALISATION = Initialisation(
    name=Words("spread over the inputs", "散布在输入上"),
    of=spread,
    first_bias=among_inputs,
    formula=r"w \sim \mathcal{N}(0, 2/m)",
    about=Words(
        "He’s weights, and in the first layer b = −w·x with a random x for each neuron, even within ±√3: z = 0, where "
        "a ReLU bends and a sigmoid is steepest, lies somewhere among the standardised inputs, not always at their "
        "mean.",
        "权重同 He；第一层每个神经元取 b = −w·x，x 在 ±√3 内均匀随机：z = 0（ReLU 的折点，sigmoid 最陡处）散布在标准化"
        "输入之间，而不是都在均值处。",
    ),
    source="After Nguyen & Widrow 1990, IJCNN 3, 21–26, there with weights that grow with the layer",
    place=2.5,
)
