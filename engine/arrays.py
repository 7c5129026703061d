"""What numbers are here: float64 arrays, made from whatever the caller has."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = Mapping[str, float]

TIE = 1e-9  # share of a component within which another one is as large


def as_numbers(values: Numbers) -> dict[str, np.float64]:
    """NumPy scalars: a Python float and a NumPy float would be two programs."""
    return {name: np.float64(value) for name, value in values.items()}


def as_arrays(knobs: dict[str, Any]) -> dict[str, Any]:
    """Numbers and data as float64; a table of numbers may be a knob of a factory."""
    return {name: np.asarray(value, dtype=np.float64) for name, value in knobs.items()}


def upright(vectors: Floats) -> Floats:
    """Unit vectors in columns, (..., d, k), each with the sign that makes its largest component positive, of equally
    large ones the first: ±u are one eigenvector, and every machine shall show the same."""
    sizes = np.abs(vectors)
    first = np.argmax(sizes >= (1 - TIE) * sizes.max(axis=-2, keepdims=True), axis=-2)[..., None, :]
    return np.asarray(np.where(np.take_along_axis(vectors, first, axis=-2) < 0, -vectors, vectors))
