"""E7: on the floor σ shrinks on many small gradients, until one step explodes across the valley."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

DECAY = ("exponential", {"half_life": 100.0})
FLOOR = Experiment.on(
    "narrow_valley",
    lane("root_mean_square", learning_rate=1.0),
    lane("rmsprop_lecture", learning_rate=1.0, decay=0.98),
    knobs={"condition": 300.0, "angle": 30.0},
    start=(-9.0, 0.0),
    steps=300,
)

LESSON = Lesson(
    name=Words("The burst", "爆冲"),
    about=Words(
        "Both glide quietly along the floor, where the gradient across it is nearly 0, so σ shrinks step by step. "
        "Suddenly η/σ is too large: the path is thrown up the walls, σ grows, and the path comes back. A ▼ marks it "
        "on the loss curve.",
        "两条路径平静地沿谷底前进，横向梯度几乎为零，σ 一步步变小。突然 η/σ 变得太大，路径被甩上谷壁；随后 σ 变大，路"
        "径又回到谷底。损失曲线上用 ▼ 标出。",
    ),
    rows="E7",
    experiment=FLOOR,
    steps=(
        Step(
            name=Words("σ at each step", "每一步的 σ"),
            about=Words(
                "The table follows the clock: σ shrinks for many steps, and jumps up when the burst brings large "
                "gradients.",
                "表格随时钟变化：σ 连续许多步变小，爆冲带来大梯度时又猛然跳升。",
            ),
            asks=Compare(tab="moment"),
        ),
        Step(
            name=Words("Sharpness", "锐度"),
            about=Words(
                "The third curve shows why: the sharpness that each rule feels, H/σ, climbs above its dashed limit "
                "of stability, and some time later the path is thrown off.",
                "第三条曲线说明原因：各规则感受到的锐度 H/σ 爬过了虚线所示的稳定上限，过一阵路径就被甩出去。",
            ),
            asks=Compare(chart="sharpness"),
        ),
        Step(
            name=Words("Add decay", "加上衰减"),
            about=Words(
                "With rates that halve every 100 steps neither bursts in these 300 steps; they get along more "
                "slowly, though.",
                "学习率每 100 步减半，这 300 步里都没有爆冲；只是走得慢些。",
            ),
            experiment=replace(
                FLOOR,
                lanes=(
                    lane("root_mean_square", *DECAY, learning_rate=1.0),
                    lane("rmsprop_lecture", *DECAY, learning_rate=1.0, decay=0.98),
                ),
            ),
        ),
    ),
)
