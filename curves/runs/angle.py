"""The angle at which a step crosses the level line halfway along it: a right one, where the steps are small enough."""

import numpy as np

from curves.base import Curve, Run
from engine.arrays import Floats
from engine.curvature.derivatives import gradients_at
from records import Words


def angle(run: Run) -> Floats:
    step, start = run.trajectory.step, run.trajectory.params[:-1]
    assert step is not None
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slopes = gradients_at(run.experiment.surface, start + step / 2, **run.experiment.landscape.numbers)
        sine = np.abs((step * slopes).sum(axis=1)) / (np.linalg.norm(step, axis=1) * np.linalg.norm(slopes, axis=1))
    return np.degrees(np.arcsin(np.minimum(sine, 1)))


CURVE = Curve(
    name=Words("crossing angle °", "与等高线夹角 °"),
    of=angle,
    chart="rate",
    hint=Words(
        "The angle, in degrees, between a step and the level line halfway along it. Small steps of gradient descent "
        "cross level lines at 90°; long ones, and those of other rules, do not.",
        "每一步与其中点处等高线的夹角（度）。梯度下降的小步以 90° 穿过等高线；大步以及其他规则的步子则不然。",
    ),
    short=Words("∠", "∠"),
    heading="angle",
    log=False,
    dimensions=(2, np.inf),
    exact=True,
    late=True,
    place=6,
)
