"""B4: gradient descent drives the sharpness up to 2/η and stays there."""

from engine.experiment import lane
from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("The edge of stability", "稳定的边缘"),
    about=Words(
        "Gradient descent on all examples, with two learning rates. With each the sharpness rises to its own dashed "
        "limit 2/η, 20 and 40, and stays there: from then on the loss jumps up again and again, and yet gets lower in "
        "the long run with η = 0.1. The smaller rate ends in a place twice as sharp.",
        "用全部样本做梯度下降，两个学习率。锐度各自升到自己的虚线 2/η，即 20 和 40，便停在那里：此后损失一次次跳高，"
        "而 η = 0.1 时长期看仍在下降。学习率较小的一方，最终停在两倍尖锐的地方。",
    ),
    rows="B4",
    net=NetworkExperiment.on(
        "sine",
        lane("gradient_descent", learning_rate=0.1),
        lane("gradient_descent", learning_rate=0.05),
        width=12,
        steps=8000,
    ),
    page="curvature",
)
