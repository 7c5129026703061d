"""The job that the lanes of ``descent.py`` share. It brings none of our settings along: ``stock.py`` imports it."""

import numpy as np

RATES = {"gradient_descent": 1e-4, "momentum": 1e-4, "adagrad": 1e-1, "rmsprop": 1e-2, "adam": 1e-2}


def start_points(count: int) -> np.ndarray:
    """``count`` points of Rosenbrock's window, (N, 2); the usual start if there is only one."""
    if count == 1:
        return np.array([[-1.2, 1.0]])
    return np.random.default_rng(0).uniform((-2, -1), (2, 3), (count, 2))


def yardstick() -> None:
    """The same work in both processes: shows whether one of them was held up more than the other."""
    values = np.linspace(0.0, 1.0, 20_000)
    for _ in range(10):
        values = np.sqrt(values + 1.0)
