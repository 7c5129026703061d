"""I3, F2: through ten sigmoid layers hardly any gradient arrives; a residual or a normalisation lets it through."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

TEN = NetworkExperiment.on(
    "two_moons",
    lane("gradient_descent", learning_rate=0.2),
    lane("momentum", learning_rate=0.1),
    lane("adam", learning_rate=0.01),
    depth=10,
    width=8,
    activation="sigmoid",
    steps=500,
)

LESSON = Lesson(
    name=Words("Ten sigmoid layers stand still", "十层 sigmoid 原地不动"),
    about=Words(
        "Hardly any gradient comes through ten sigmoid layers: for gradient descent and momentum the loss stays at "
        "ln 2, what guessing costs. Adam divides by that small gradient and moves.",
        "十层 sigmoid 几乎传不过梯度：梯度下降和动量法的损失停在 ln 2，也就是瞎猜的代价。Adam 除以这个很小的梯度，所"
        "以能动。",
    ),
    rows="F2 I3",
    net=TEN,
    begin=Words("Plain layers", "普通层"),
    page="networks",
    steps=(
        Step(
            name=Words("Residual", "残差连接"),
            about=Words(
                "With residual connections the gradient has a way around each layer: all three losses fall below 0.3.",
                "有了残差连接，梯度可以绕过每一层：三个损失都降到 0.3 以下。",
            ),
            net=replace(TEN, residual=1),
        ),
        Step(
            name=Words("Batch norm", "批归一化"),
            about=Words(
                "Batch normalisation keeps each sigmoid where it is steep: all three learn every example.",
                "批归一化让每个 sigmoid 保持在陡峭处：三者都学会了全部样本。",
            ),
            net=replace(TEN, norm="batch"),
        ),
    ),
)
