"""What the plane of the picture hides: L on the path, and L of the path's shadow on the plane."""

from curves.base import Curve, Learner, Line
from engine.arrays import Floats
from records import Words


def gap(learner: Learner) -> Floats:
    assert learner.shadow is not None
    return learner.shadow.losses


def shadow(learner: Learner) -> Floats:
    assert learner.shadow is not None
    return learner.shadow.shadow_losses


CURVE = Curve(
    name=Words("objective L", "目标函数 L"),
    of=gap,
    chart="second",
    hint=Words(
        "The path of the first seed leaves the plane: line, its objective L (with the penalty); dots, that of its "
        "shadow, which is what the surface's picture shows",
        "第一个种子的路径会离开平面：实线是它的目标函数 L（含惩罚项）；"
        "点线是它在平面上的投影的值，也就是曲面图所显示的",
    ),
    short=Words("plane", "平面"),
    cell=Words("L / on the plane", "L / 平面上"),
    cell_hint=Words(
        "of the first seed: the objective L (with the penalty), and that of its shadow on the plane of the picture",
        "第一个种子的目标函数 L（含惩罚项），以及它在图中平面上的投影的值",
    ),
    log=True,
    beside=Line(key="shadow", name=Words("plane", "平面"), of=shadow),
    rows="path",
    place=5,
)
