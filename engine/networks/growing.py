"""A training that is still going on, as far as all its lanes and seeds have come."""

import numpy as np

from engine.networks.training import CURVES, Training


def so_far(training: Training) -> Training | None:
    """As if it stood still from there on, in arrays of the same shape, so that no program is compiled for it; None
    before there is anything to draw.

    Args:
        training: what ``train`` yields.
    """
    lost = training.diverged_at >= 0
    there = (~np.isnan(training.objective) | lost[..., None]).all(axis=(0, 1))  # what diverged may have no numbers
    rows = int(np.append(there, False).argmin())
    if rows < 2:
        return None
    at = np.minimum(np.arange(len(training.steps)), rows - 1)
    kept = int(np.searchsorted(training.path_rows, rows)) - 1
    on_path = np.minimum(np.arange(len(training.path_rows)), kept)
    paths = ("path", "path_scale", "path_moments")
    return training._replace(
        steps=training.steps[at],
        epochs=training.epochs[at],
        learning_rate=training.learning_rate[:, at],
        **{name: getattr(training, name)[:, :, at] for name in CURVES},
        **{name: getattr(training, name)[:, on_path] for name in paths},
    )
