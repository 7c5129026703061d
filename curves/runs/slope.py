"""The slope of a curve, with its sign: where it is negative the way down leads to the right."""

from curves.base import Curve, Run
from engine.arrays import Floats
from engine.curvature.derivatives import gradients_at
from records import Words


def slope(run: Run) -> Floats:
    surface, knobs = run.experiment.surface, run.experiment.landscape.numbers
    return gradients_at(surface, run.trajectory.params, **knobs)[:, 0]


CURVE = Curve(
    name=Words("slope L′(θ)", "斜率 L′(θ)"),
    of=slope,
    chart="rate",
    hint=Words(
        "The slope with its sign: negative, and the way down leads to the right; positive, and it leads to the left.",
        "带符号的斜率：为负时下坡在右边，为正时下坡在左边。",
    ),
    short=Words("L′", "L′"),
    heading="slope",
    log=False,
    signed=True,
    dimensions=(1, 1),
    exact=True,
    place=7,
)
