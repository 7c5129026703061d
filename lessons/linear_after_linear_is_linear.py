"""A12: layers without an activation between them are one linear layer."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

LINE = NetworkExperiment.on(
    "piecewise_linear", lane("gradient_descent", learning_rate=0.05), depth=0, width=8, steps=1500, test=0.0
)

LESSON = Lesson(
    name=Words("Linear after linear is linear", "线性叠线性还是线性"),
    about=Words(
        "No hidden layer, two parameters: the best line leaves L = 0.5613.",
        "没有隐藏层，两个参数：最佳直线还剩 L = 0.5613。",
    ),
    rows="A12",
    net=LINE,
    page="networks",
    begin=Words("One linear layer", "一个线性层"),
    steps=(
        Step(
            name=Words("Four linear layers", "四个线性层"),
            about=Words(
                "Three hidden layers of 8 neurons without activation, 169 parameters: W₄W₃W₂W₁x is a matrix times x, "
                "the answer a line again, and L ends at the same 0.5613.",
                "三个 8 神经元的隐藏层，没有激活函数，共 169 个参数：W₄W₃W₂W₁x 仍是一个矩阵乘 x，答案还是直线，L 同样"
                "停在 0.5613。",
            ),
            net=replace(LINE, depth=3, activation="linear"),
        ),
        Step(
            name=Words("With tanh between", "中间加 tanh"),
            about=Words(
                "The same 169 parameters with tanh after each hidden layer: now it bends, and L falls below 0.01.",
                "同样 169 个参数，每个隐藏层后加 tanh：能弯了，L 降到 0.01 以下。",
            ),
            net=replace(LINE, depth=3),
        ),
    ),
)
