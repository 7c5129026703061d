"""E7: on the floor σ shrinks on many small gradients, until one step explodes across the valley."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("The burst", "爆冲"),
    about=Words(
        "Both glide quietly along the floor, where the gradient across it is nearly 0, so σ shrinks step by step. "
        "Suddenly η/σ is too large: the path is thrown up the walls, σ grows, and the path comes back. Look for "
        "the ▼ on the loss curve and at σ in the table. Under sharpness the third curve shows why: H/σ climbs "
        "above the limit of stability.",
        "两条路径平静地沿谷底前进，横向梯度几乎为零，σ 一步步变小。突然 η/σ 变得太大，路径被甩上谷壁；随后 σ 变大，"
        "路径又回到谷底。请看损失曲线上的 ▼ 和表中的 σ。把第三条曲线切换到"
        "锐度就能看到原因：H/σ 爬过了稳定上限。",
    ),
    rows="E7",
    experiment=Experiment.on(
        "narrow_valley",
        lane("root_mean_square", learning_rate=1.0),
        lane("rmsprop_lecture", learning_rate=1.0, decay=0.98),
        knobs={"condition": 300.0, "angle": 30.0},
        start=(-9.0, 0.0),
        steps=300,
    ),
)
