"""The plane on which the surface of a network is shown: one for all optimizers, with what it hides."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.networks.experiment import NetworkExperiment
from engine.networks.planes import PLANES
from engine.networks.planes.base import Given
from engine.networks.slices import Beside, Slice, beside, line_heights, slice_heights
from engine.networks.together import Trained
from engine.networks.training import Training
from engine.surfaces.relief import Relief, Window, drawn
from landscapes.base import Loss

WORK = 1.5e9  # multiplications that one picture of a surface may take
PATIENCE = 1.2e10  # the same where the picture would hide something: about a second
LOOKS = 36  # columns and rows on which it is asked whether it does
FEWEST, MOST = 24, 121  # points along a side
CURVE = 201  # points along a line


class NetworkPlane(NamedTuple):
    """A plane, or a line where ``flat``, through the surface L(θ) of a network's training examples."""

    plane: Slice
    window: Window
    flat: bool
    make: Callable[..., Loss]
    data: dict[str, Any]
    work: float  # multiplications of one loss, about
    values: tuple[float, ...]  # of an eigenvector plane the two eigenvalues


def plane_for(net: NetworkExperiment, *trainings: Training) -> NetworkPlane:
    """The plane that the experiment asks for, of all lanes of one or of several trainings from the same start. Lanes
    that diverged, or end higher than they began, do not decide where it lies: they go so far that nothing else would be
    seen.

    Raises:
        ValueError: where there is no such plane: three solutions need three lanes that got anywhere, a line two.
    """
    make, data = net.surface()
    start = trainings[0].path[0, :1]
    sound = [(path, losses[-1]) for training in trainings for path, losses in _sound(training)]
    centre = min(sound, key=lambda one: one[1])[0][-1] if sound else start[0]
    given = Given(net.architecture, net.seed, make, data, start, [path for path, _ in sound], centre)
    plane, window, values = PLANES[net.plane].lay(given)
    return NetworkPlane(plane, window, PLANES[net.plane].flat, make, data, 2.0 * net.size * net.points, values)


def plane_of(net: NetworkExperiment, trained: Trained) -> NetworkPlane:
    """The plane of the lanes that share the surface which the experiment asks for; see ``plane_for``."""
    shown, on_it = grounded(net, trained)
    return plane_for(shown, *on_it)


def grounded(net: NetworkExperiment, trained: Trained) -> tuple[NetworkExperiment, list[Training]]:
    """Of the parts of an experiment the one whose surface is shown, and the trainings that are on it."""
    parts = net.parts
    shown = next((part.net for part in parts if net.ground in part.numbers), parts[0].net)
    on_it = [run for part, run in zip(parts, trained, strict=True) if part.net.terrain == shown.terrain]
    return shown, on_it


def _sound(training: Training) -> Iterable[tuple[Floats, Floats]]:
    """The path (t, d) and the losses (R,) of each lane that got anywhere."""
    losses = training.objective[:, 0]
    got = (training.diverged_at[:, 0] < 0) & (losses[:, -1] <= losses[:, 0])
    return zip(training.path[got], losses[got], strict=True)


def surface_on(surface: NetworkPlane, window: Window) -> Relief:
    """Heights and level lines over a window; as fine as WORK allows."""

    def heights_on(along: Floats, across: Floats) -> Floats:
        if len(along) == side:
            return slice_heights(surface.make, surface.plane, along, across, **surface.data)
        places = np.stack(np.meshgrid(along, across), axis=-1).reshape(-1, 2)  # a program that is there for paths, too
        heights = line_heights(surface.make, surface.plane.points(places), **surface.data)
        return heights.reshape(len(across), len(along))

    side = 0 if surface.flat else int(np.clip(np.sqrt(WORK / surface.work), FEWEST, MOST))
    along = np.linspace(window[0], window[1], side or CURVE)
    across = np.linspace(window[2], window[3], side) if side else np.zeros(1)
    calls = int(PATIENCE / (len(along) * len(across) * surface.work))
    return drawn(window, along, across, heights_on, 0.0, calls, min(LOOKS, side))


def loss_on(surface: NetworkPlane, place: Sequence[float]) -> float:
    """The loss at one place (x, y) of the plane."""
    return float(slice_heights(surface.make, surface.plane, place[:1], place[1:], **surface.data)[0, 0])


def shadows(surface: NetworkPlane, path: Floats) -> Beside:
    """The losses of a path (t, d) beside those of its shadow on the plane."""
    return beside(surface.make, surface.plane, path, **surface.data)


def share_shown(surface: NetworkPlane, paths: Iterable[Floats]) -> float:
    """Of the squared distances of paths, each (t, d), from the plane's origin the share that lies on the plane."""
    moves = np.concatenate(list(paths)) - surface.plane.origin
    moves = moves[np.isfinite(moves).all(axis=1)]
    on = surface.plane.points(surface.plane.shadow(moves + surface.plane.origin)) - surface.plane.origin
    whole = float(np.sum(moves**2))
    return float(np.sum(on**2)) / whole if whole else 1.0
