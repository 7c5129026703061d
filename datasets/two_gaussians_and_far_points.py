"""Two classes and some far points that are right already: least squares turns its boundary to them, for nothing."""

from typing import Annotated

import numpy as np

from datasets.base import Data, Dataset, Floats, Seed, Size, streams, taking_turns
from records import Knob, Words

CENTRES = np.array([[-1.0, 0.0], [1.0, 0.0]])
SHAPE = np.array([1.0, 3.0])  # the classes are taller than wide, so that a turned boundary cuts them
FAR = np.array([7.0, -7.0])


def two_gaussians_and_far_points(
    size: Size = 100,
    spread: Annotated[
        float, Knob(0.0, 2.0, symbol="s", label=Words("standard deviation across a class", "类内横向标准差"))
    ] = 0.4,
    far: Annotated[
        float, Knob(0, 100, "whole", "m", Words("number of far points, besides n", "远点个数（另加）"))
    ] = 20,
    seed: Seed = 0,
) -> Data:
    """(-1, 0) for class 0 or (1, 0) for class 1, plus spread (e1, 3 e2); ``far`` more of class 1 at (7, -7) + spread e.

    e standard normal. The two classes take turns; the far points come on top of ``size``, so that adding them leaves
    the others where they are.
    """
    near, beyond = streams(seed, 2)
    side = taking_turns(size, 2)
    inputs = CENTRES[side] + spread * SHAPE * near.standard_normal((len(side), 2))
    added = FAR + spread * beyond.standard_normal((int(far), 2))
    return Data(np.concatenate([inputs, added]), np.concatenate([side, np.ones(len(added), dtype=np.int64)]), 2)


def upside_down(inputs: Floats) -> Floats:
    """x₂ with the other sign."""
    return inputs * [1, -1]


DATASET = Dataset(
    name=Words("Two Gaussians and far points", "双高斯与远点"),
    make=two_gaussians_and_far_points,
    about=Words(
        "The far points lie deep on their own side. Least squares on ±1 calls them too right and turns the boundary "
        "into the crowd; the logistic loss hardly feels them. Slide m to 0 and back.",
        "远点深处自己一侧，早已分对。对 ±1 做最小二乘却嫌它们“对得过头”，把边界扭进人群；逻辑回归几乎不为所动。"
        "把 m 拖到 0 再拖回来看看。",
    ),
    source="Lecture notes on classification: why not regression; after Bishop 2006, figure 4.4",
    features=("x₁", "x₂"),
    classes=(Words("left", "左侧"), Words("right", "右侧")),
    lecture="G7",
    window=((-4.0, 9.0), (-9.0, 4.0)),
    mirrored=upside_down,  # left stays left
    keeps=True,
)
