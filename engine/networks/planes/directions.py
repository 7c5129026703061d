"""What the planes of random directions share: everything but how long the directions are."""

from engine.networks.planes.base import AROUND, Given, Laid, Plane
from engine.networks.slices import random_plane
from records import Words


def random_directions(normalised: str, name: Words, place: float, source: str, missing: Words | None = None) -> Plane:
    """The record of a plane of two of them; ``normalised`` as in ``random_plane``."""

    def lay(given: Given) -> Laid:
        return Laid(random_plane(given.architecture, given.centre, given.seed, normalised), AROUND)

    return Plane(
        name=name,
        along=Words("random direction 1", "随机方向 1"),
        across=Words("random direction 2", "随机方向 2"),
        lay=lay,
        source=source,
        missing=missing,
        place=place,
    )


NOTHING_TO_SCALE_TO = Words(
    "All weights are 0, so nothing can be scaled to them: here are the paths' own directions.",
    "所有权重为 0，无法据此缩放：改为路径自身的主方向。",
)
