"""I3, F2: through ten sigmoid layers hardly any gradient arrives; a residual or a normalisation lets it through."""

from engine.experiment import lane
from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Ten sigmoid layers stand still", "十层 sigmoid 原地不动"),
    about=Words(
        "Hardly any gradient comes through ten sigmoid layers: for gradient descent and momentum the loss stays "
        "at ln 2, what guessing costs. Adam divides by that small gradient and moves. Under “more” of the network "
        "switch on residual connections or batch normalisation, and watch the loss fall.",
        "十层 sigmoid 几乎传不过梯度：梯度下降和动量法的损失停在 ln 2，也就是瞎猜的代价。Adam 除以"
        "这个很小的梯度，所以能动。在网络一栏的“更多”里打开残差连接或批归一化，再看损失下降。",
    ),
    rows="F2 I3",
    net=NetworkExperiment.on(
        "two_moons",
        lane("gradient_descent", learning_rate=0.2),
        lane("momentum", learning_rate=0.1),
        lane("adam", learning_rate=0.01),
        depth=10,
        width=8,
        activation="sigmoid",
        steps=500,
    ),
    page="networks",
)
