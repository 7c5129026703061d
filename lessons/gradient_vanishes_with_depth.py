"""I3: from layer to layer the sigmoid takes three quarters of the gradient away."""

from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("The gradient vanishes with depth", "梯度随深度消失"),
    about=Words(
        "Through 30 plain sigmoid layers less than 10⁻¹⁶ of the last layer’s gradient reaches the first one: σ′ is at "
        "most ¼, and each layer keeps about a quarter. Batch normalisation and residual connections bring it through; "
        "layer normalisation only slows the loss. With tanh the plain network passes it on as well.",
        "经过 30 层普通 sigmoid，传到第一层的梯度不到最后一层的 10⁻¹⁶：σ′ 至多 ¼，每层只留下约四分之一。批归一化"
        "和残差连接能让梯度通过，层归一化只是减缓衰减。换成 tanh，普通网络也能传递梯度。",
    ),
    rows="I3",
    net=NetworkExperiment(width=16),
    page="gradients",
)
