"""The plane through three solutions: whether a barrier lies between them."""

from engine.networks.planes.base import Given, Laid, Plane, around_paths
from engine.networks.slices import three_point_plane
from records import Words


def solutions(given: Given) -> Laid:
    """Through the ends of the first three."""
    if len(given.ends) < 3:
        raise ValueError(f"three solutions need three optimizers, not {len(given.ends)}")
    return around_paths(given, three_point_plane(*given.ends[:3]))


PLANE = Plane(
    name=Words("through three solutions", "过三个解"),
    along=Words("from solution 1 to 2", "从解 1 到解 2"),
    across=Words("towards solution 3", "朝向解 3"),
    lay=solutions,
    source="Garipov, Izmailov, Podoprikhin, Vetrov & Wilson 2018, NeurIPS",
    missing=Words(
        "Three solutions need three optimizers that do not diverge and do not end on one line: here are the paths' own "
        "directions.",
        "三个解需要三个没有发散、且终点不共线的优化器：这里改为路径自身的主方向。",
    ),
    place=6,
)
