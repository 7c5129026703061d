"""Curvature: how sharp each lane finds the surface in the end, beside what its rule bears."""

from functools import lru_cache

import numpy as np

from engine.arrays import Floats
from engine.measures.spectra import spectra
from engine.networks.experiment import NetworkExperiment
from engine.networks.together import train_parts
from lessons.base import Stage
from questions.base import lane
from questions.measures.base import Number, Ranking, Told, on, scale
from questions.runs import lane_choices, lanes_of
from records import Words
from settings.curvature import Curvature

LATE = 3  # the last third of the looks


@lru_cache(maxsize=8)
def _ends(net: NetworkExperiment) -> dict[int, tuple[float, float]]:
    """Of each lane the middle of its sharpness over the last third of what was looked at, and that of its limit."""
    *_, (_, trained) = train_parts(net)
    assert trained is not None
    found: dict[int, tuple[float, float]] = {}
    for part, training in zip(net.parts, trained, strict=True):
        *_, seen = spectra(part.net, training)
        for place, number in enumerate(part.numbers):
            found[number] = _late(seen.sharpness[place]), _late(seen.limits[place])
    return found


def _late(row: Floats) -> float:
    some = row[-max(len(row) // LATE, 1) :]
    return float(np.median(some)) if np.isfinite(some).all() else float("nan")


def _sharpness(stage: Stage, _: Curvature) -> tuple[float | None, Told]:
    assert stage.net is not None
    sharp, limit = _ends(stage.net)[lanes_of(stage)[0]]
    return (sharp if np.isfinite(sharp) else None), {"limit": limit, "share": 100 * sharp / limit}


def _all(stage: Stage, _: Curvature) -> list[float]:
    assert stage.net is not None
    return [_ends(stage.net)[number][0] for number in lanes_of(stage)]


NUMBERS = {
    "sharpness": Number(
        on(Curvature),
        Words("How sharp does {who} find the surface in the end, the median of the last third?",
              "最后三分之一的中位数：{who} 感受到的锐度是多少？"),
        Words("{truth}, that is {share} % of the {limit} that its rule bears.",
              "{truth}，是它的规则所能承受的 {limit} 的 {share}%。"),
        scale(0.1, 10_000, log=True), _sharpness, lambda stage, _: {"who": lane(lanes_of(stage)[0])},
        lacks=True,
    ),
}  # fmt: skip
RANKINGS = {
    "sharpest": Ranking(
        lambda stage: on(Curvature)(stage) and len(lanes_of(stage)) > 1,
        Words("Who ends at the sharpest place, by the median of the last third?",
              "谁最后停在最尖锐的地方（最后三分之一的中位数）？"),
        Words("Order by the sharpness in the end, the flattest first.", "按最后的锐度排序，最平坦的在前。"),
        Words("Sharpness in the end: {list}.", "最后的锐度：{list}。"),
        lambda stage, _: lane_choices(stage), _all, high=True,
    ),
}  # fmt: skip
