"""G5: no line separates XOR; two hidden neurons move the examples to where one does."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

HIDDEN = NetworkExperiment.on(
    "xor",
    lane("gradient_descent", learning_rate=1.0),
    lane("adam", learning_rate=0.05),
    depth=1,
    width=2,
    steps=600,
    seed=1,
    view="hidden",
)

LESSON = Lesson(
    name=Words("XOR needs a hidden layer", "异或需要隐藏层"),
    about=Words(
        "No line separates these examples. The picture is where two hidden neurons put them: while it plays the "
        "classes move apart, until a line can separate them.",
        "没有一条直线能分开这些样本。图中是两个隐藏神经元把它们放到的位置：播放时两类逐渐移开，直到一条直线就能分开。",
    ),
    rows="G5",
    net=HIDDEN,
    page="networks",
    begin=Words("Hidden layer", "隐藏层"),
    steps=(
        Step(
            name=Words("Regions", "判断区域"),
            about=Words(
                "The same training, seen where the examples are: the line of the hidden layer comes back as two "
                "borders.",
                "同一次训练，从样本所在的平面看：隐藏层里的一条直线，回到这里成了两条边界。",
            ),
            net=replace(HIDDEN, view="data"),
        ),
        Step(
            name=Words("No hidden layer", "没有隐藏层"),
            about=Words(
                "A line alone: about half of the examples stay wrong, with either optimizer.",
                "只有一条直线：无论哪个优化器，都有约一半样本判错。",
            ),
            net=replace(HIDDEN, depth=0, view="data"),
        ),
    ),
)
