"""B4: gradient descent drives the sharpness up to 2/η and stays there."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.curvature import Curvature

EDGE = NetworkExperiment.on(
    "sine",
    lane("gradient_descent", learning_rate=0.1),
    lane("gradient_descent", learning_rate=0.05),
    width=12,
    steps=8000,
)

LESSON = Lesson(
    name=Words("The edge of stability", "稳定的边缘"),
    about=Words(
        "Gradient descent on all examples, with two learning rates. With each the sharpness rises to its own dashed "
        "limit 2/η, 20 and 40, and stays there: from then on the loss jumps up again and again, and yet gets lower "
        "in the long run with η = 0.1. The smaller rate ends in a place twice as sharp.",
        "用全部样本做梯度下降，两个学习率。锐度各自升到自己的虚线 2/η，即 20 和 40，便停在那里：此后损失一次次跳高，"
        "而 η = 0.1 时长期看仍在下降。学习率较小的一方，最终停在两倍尖锐的地方。",
    ),
    rows="B4",
    net=EDGE,
    page="curvature",
    asks=Curvature(main="sharpness"),
    steps=(
        Step(
            name=Words("Above the limit", "从上限之上开始"),
            about=Words(
                "With η = 0.2 and 0.4 the limits are 10 and 5, and the start, at 10.6, lies above both. The "
                "sharpness comes down to each limit: the edge draws from both sides.",
                "η = 0.2 和 0.4 时，上限是 10 和 5，而起点的锐度 10.6 高于两者。锐度各自降到上限：边缘从两侧吸引。",
            ),
            net=replace(
                EDGE,
                lanes=(
                    lane("gradient_descent", learning_rate=0.2),
                    lane("gradient_descent", learning_rate=0.4),
                ),
            ),
        ),
        Step(
            name=Words("Batches of 7", "批大小为 7"),
            about=Words(
                "With batches of 7 instead of all 70 examples both end at about half of their limit: the noise of "
                "small batches keeps them in flatter places.",
                "每批 7 个样本，而不是全部 70 个，两者最后都只有上限的一半左右：小批的噪声让它们留在更平的地方。",
            ),
            net=replace(EDGE, batch=7),
        ),
    ),
)
