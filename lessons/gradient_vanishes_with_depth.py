"""I3: from layer to layer the sigmoid takes three quarters of the gradient away."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.gradients import Gradients

DEEP = NetworkExperiment(width=16)

LESSON = Lesson(
    name=Words("The gradient vanishes with depth", "梯度随深度消失"),
    about=Words(
        "Through 30 plain sigmoid layers less than 10⁻¹⁶ of the last layer’s gradient reaches the first one: σ′ is "
        "at most ¼, and each layer keeps less than that. Batch normalisation and residual connections bring it "
        "through; layer normalisation only slows the loss. Plain tanh layers pass it on as well.",
        "经过 30 层普通 sigmoid，传到第一层的梯度不到最后一层的 10⁻¹⁶：σ′ 至多 ¼，每层留下的还不到这么多。批归一化和"
        "残差连接能让梯度通过，层归一化只是减缓衰减。普通的 tanh 层也能传递梯度。",
    ),
    rows="I3",
    net=DEEP,
    page="gradients",
    begin=Words("30 layers", "30 层"),
    steps=(
        Step(
            name=Words("10 layers", "10 层"),
            about=Words(
                "Ten plain sigmoid layers are enough to leave less than a millionth.",
                "十层普通 sigmoid 就足以让梯度只剩不到百万分之一。",
            ),
            asks=Gradients(layers=10),
        ),
        Step(
            name=Words("He’s first weights", "He 初始化"),
            about=Words(
                "He’s first weights are made for ReLU: its 30 plain layers now pass on almost a tenth of the "
                "gradient, instead of a millionth. Through plain sigmoid layers still less than 10⁻¹⁵ arrives.",
                "He 初始化是为 ReLU 设计的：30 层普通 ReLU 现在能传过将近十分之一的梯度，而不是百万分之一。普通 "
                "sigmoid 层传过的仍不到 10⁻¹⁵。",
            ),
            net=replace(DEEP, scheme="he"),
        ),
    ),
)
