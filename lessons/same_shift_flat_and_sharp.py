"""B4: in two dimensions as well, the same shift costs little in a flat minimum and much in a sharp one."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

PLAIN = lane("gradient_descent", learning_rate=0.02)


def shifted(by: float) -> Experiment:
    """The test surface, and a path from each of the minima of training, which are those without a shift."""
    return Experiment.on(
        "flat_and_sharp_2d", PLAIN, PLAIN.with_own("start", (2.0, 0.0)),
        knobs={"shift": by}, start=(-2.0, 0.0), steps=60,
    )  # fmt: skip


LESSON = Lesson(
    name=Words("The same shift, flat and sharp", "同样的平移，平坦与尖锐"),
    about=Words(
        "The surface of training. One path stands in the flat minimum on the left, one in the sharp one on the right; "
        "the loss is 0 in both, and nothing moves.",
        "训练的曲面。一条路径站在左边平坦的极小值，一条站在右边尖锐的极小值；两处损失都是 0，谁也不动。",
    ),
    rows="B4",
    experiment=shifted(0.0),
    asks=Compare(tab="moment"),
    begin=Words("Training", "训练"),
    steps=(
        Step(
            name=Words("Test: shift 0.25", "测试：平移 0.25"),
            about=Words(
                "The test surface is the same, 0.25 away. At step 0 the table has the loss at the minima of training: "
                "0.016 in the flat one, 0.64 in the sharp one, forty times as much.",
                "测试曲面形状相同，只移开 0.25。第 0 步的表格给出训练极小值处的损失：平坦处 0.016，尖锐处 0.64，是四十"
                "倍。",
            ),
            experiment=shifted(0.25),
        ),
        Step(
            name=Words("Shift 0.1", "平移 0.1"),
            about=Words(
                "Less than half as far: 0.0025 against 0.12, near the square of the shift times the curvature over "
                "two.",
                "移开不到一半：0.0025 对 0.12，约为平移的平方乘以曲率的一半。",
            ),
            experiment=shifted(0.1),
        ),
    ),
)
