"""I1: central differences agree with automatic derivatives, at the right distance."""

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.gradients import Gradients

LESSON = Lesson(
    name=Words("Is the gradient right?", "梯度算对了吗？"),
    about=Words(
        "(L(θ + h) − L(θ − h))/2h against automatic differentiation. A large h cuts the Taylor series off, a small one "
        "divides rounding by h: in between the two agree to eight digits or more, in double precision.",
        "(L(θ + h) − L(θ − h))/2h 与自动微分比较。h 大，泰勒级数被截断；h 小，舍入误差被 h 放大：居中时，双精度下两者有"
        "八位以上一致。",
    ),
    rows="I1",
    net=NetworkExperiment(width=4),
    page="gradients",
    asks=Gradients(part="check", layers=2),
    begin=Words("First weights", "初始权重"),
    steps=(
        Step(
            name=Words("After training", "训练之后"),
            about=Words(
                "At the weights after training the gradient is smaller, and so is what it can be compared with: the "
                "relative error is larger. A check belongs at the beginning.",
                "在训练后的权重处，梯度更小，可比较的量也更小：相对误差更大。检验应当放在训练之初。",
            ),
            asks=Gradients(part="check", layers=2, after=True),
        ),
    ),
)
