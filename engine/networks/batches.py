"""The order in which a training sees its points.

Points are shuffled on the host: a sort inside the loop would keep XLA from making one native function of it.
"""

import numpy as np
from numpy.typing import NDArray


def updates_per_epoch(points: int, batch: int) -> int:
    """How many batches see every point once; the last one has what is left."""
    return -(-points // (batch or points))


class Batches:
    """The order in which one seed sees the points: shuffled anew for each epoch, each point once per epoch."""

    def __init__(self, points: int, batch: int, seed: int) -> None:
        self.points, self.batch = points, batch
        self.per_epoch = updates_per_epoch(points, batch)
        self.chance = np.random.default_rng([seed, 1])
        self.waiting = np.empty((0, batch), dtype=np.int32)

    def take(self, count: int) -> NDArray[np.int32]:
        """The next ``count`` batches, (count, batch); after the end of an epoch's last batch stands 0."""
        need = count - len(self.waiting)
        if need > 0:
            epochs = -(-need // self.per_epoch)
            order = np.tile(np.arange(self.points, dtype=np.int32), (epochs, 1))
            table = np.zeros((epochs, self.per_epoch * self.batch), dtype=np.int32)
            table[:, : self.points] = self.chance.permuted(order, axis=1)
            self.waiting = np.concatenate([self.waiting, table.reshape(-1, self.batch)])
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        return taken


def batch_sizes(points: int, batch: int, first: int, count: int) -> NDArray[np.int32]:
    """How many points the updates from ``first`` on see, (count,)."""
    per_epoch = updates_per_epoch(points, batch)
    place = (first + np.arange(count)) % per_epoch
    return np.where(place == per_epoch - 1, points - (per_epoch - 1) * batch, batch).astype(np.int32)
