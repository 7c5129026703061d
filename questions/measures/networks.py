"""Networks: what lies between two solutions."""

from functools import lru_cache

import numpy as np

from engine.networks.experiment import NetworkExperiment
from engine.networks.plane import CURVE, plane_of
from engine.networks.slices import slice_heights
from engine.networks.together import train_parts
from lessons.base import Stage
from questions.base import lane
from questions.measures.base import Number, Told, on, scale
from questions.runs import falls, lanes_of
from records import Words
from settings.base import Settings


@lru_cache(maxsize=8)
def _between(net: NetworkExperiment) -> tuple[float, float, float]:
    """The losses of two solutions, and the highest on the straight line between them."""
    *_, (_, trained) = train_parts(net)
    assert trained is not None
    surface = plane_of(net, trained)
    heights = slice_heights(surface.make, surface.plane, np.linspace(0, 1, CURVE), np.zeros(1), **surface.data)[0]
    return float(heights[0]), float(heights[-1]), float(heights.max())


def _barrier(stage: Stage, _: Settings) -> tuple[float | None, Told]:
    assert stage.net is not None
    first, second, top = _between(stage.net)
    worse = max(first, second)
    return (top / worse if worse > 0 else None), {"first": first, "second": second, "top": top}


def _last(stage: Stage, _: Settings) -> tuple[float | None, Told]:
    fall = falls(stage)[0]
    end = float(fall.loss[-1])
    return (end if np.isfinite(end) else None), {"first": float(fall.loss[0])}


NUMBERS = {
    "last_loss": Number(
        lambda stage: on(Settings)(stage) and bool(lanes_of(stage)),
        Words("At which training loss does {who} end, after {steps} updates?",
              "更新 {steps} 次之后，{who} 的训练损失停在多少？"),
        Words("It begins at {first} and ends at {truth}.", "从 {first} 变到 {truth}。"),
        scale(1e-8, 10, log=True), _last,
        lambda stage, _: {"who": lane(lanes_of(stage)[0]), "steps": stage.net.steps if stage.net else 0},
    ),
    "barrier": Number(
        lambda stage: on(Settings)(stage) and stage.net is not None and stage.net.plane == "line",
        Words("On the straight line between the two solutions: how many times as high as the worse of them is the "
              "highest loss?",
              "在两个解之间的直线上：最高处的损失是较差那个解的多少倍？"),
        Words("The solutions have {first} and {second}; between them the loss goes up to {top}.",
              "两个解的损失是 {first} 和 {second}；中间最高到 {top}。"),
        scale(1, 1000, "×", log=True), _barrier,
    ),
}  # fmt: skip
