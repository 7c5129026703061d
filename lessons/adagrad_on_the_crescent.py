"""E3, E4, E5: Adagrad remembers the first steep wall; RMSProp forgets it and follows the bend."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

CRESCENT = Experiment.on(
    "crescent",
    lane("root_mean_square", learning_rate=0.02),
    lane("adagrad", learning_rate=0.02),
    lane("rmsprop_lecture", learning_rate=0.02),
    lane("rmsprop", learning_rate=0.02),
    start=(-0.3, 1.3),
    steps=400,
)

LESSON = Lesson(
    name=Words("Adagrad and RMSProp on the crescent", "新月形山谷：Adagrad 与 RMSProp"),
    about=Words(
        "All four have the rate 0.02. Both RMSProps forget the steep wall at the start, speed up and reach the far "
        "tip. The root mean square of all gradients creeps along the bend; the published Adagrad, which divides by "
        "their growing sum, hardly gets past the foot of the wall.",
        "四个优化器的学习率都是 0.02。两种 RMSProp 忘掉开头的陡壁，重新加速，走到另一端。对至今全部梯度取均方根的只能"
        "慢慢爬；论文中的 Adagrad 除以越积越大的平方和，几乎停在陡壁脚下。",
    ),
    rows="E3 E4 E5",
    experiment=CRESCENT,
    steps=(
        Step(
            name=Words("Ten times η for both", "前两个的 η 乘以十"),
            about=Words(
                "The first two with η = 0.2: the root mean square reaches the tip, is thrown out of the window and "
                "comes back; Adagrad gets a third of the way along the bend.",
                "前两个改用 η = 0.2：均方根法走到另一端，又被甩出窗口，再回来；Adagrad 走完弯道的三分之一。",
            ),
            experiment=replace(
                CRESCENT,
                lanes=(
                    lane("root_mean_square", learning_rate=0.2),
                    lane("adagrad", learning_rate=0.2),
                    *CRESCENT.lanes[2:],
                ),
            ),
        ),
    ),
)
