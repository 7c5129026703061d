"""What is trained how: one frozen value, beside the data."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.networks.network import Architecture
from engine.surfaces.experiment import Lane

Ints = NDArray[np.int64]

BLOCK = 8  # seeds that one call trains in float32: their state and activations stay in the cache


@dataclass(frozen=True)
class Plan:
    """What is trained how, beside the data.

    The architecture but for dropout's share, loss, rule, batch size and precision are structure, as is the shape of the
    data: another value of them needs another program.

    lanes: all are trained; what is set aside is for the caller to leave out.
    classes: how many, if the targets are class numbers; 0 if they are numbers.
    scheme: of the first weights; scale: what they are multiplied by.
    batch: points per update; all of them if 0.
    decay: λ of the penalty λ Σ w².
    seed: the first of ``seeds`` that follow each other; each has its own weights and its own order of the points.
    rows: at how many steps the record is written, about.
    dtype: in "float64" each seed is trained by itself, and is to the last bit the training that it is alone; in
        "float32" several together, two to three times as fast, where they are only counted.
    """

    architecture: Architecture
    lanes: tuple[Lane, ...]
    loss: str = "mse"
    classes: int = 0
    scheme: str = "xavier"
    scale: float = 1.0
    steps: int = 1000
    batch: int = 0
    decay: float = 0.0
    seed: int = 0
    seeds: int = 1
    rows: int = 200
    dtype: str = "float64"

    @property
    def every(self) -> int:
        """Updates from one row of the record to the next."""
        return -(-self.steps // self.rows)

    @property
    def marks(self) -> Ints:
        """The updates made at each row of the record, (R,): 0, every, 2 every, … and the last one."""
        return np.unique(np.append(np.arange(0, self.steps, self.every), self.steps))

    @property
    def structure(self) -> "Plan":
        """What decides its programs beside the rules and the shapes of the data: all else is as usual."""
        whole = replace(self.architecture, dropout=float(self.architecture.dropout > 0) / 2)
        return replace(
            self, architecture=whole, lanes=(), steps=1, decay=0.0, seed=0, seeds=self.block, scheme="xavier",
            scale=1.0, rows=1,
        )  # fmt: skip

    @property
    def block(self) -> int:
        """Seeds that one call trains."""
        return BLOCK if self.dtype == "float32" and self.seeds > 1 else 1
