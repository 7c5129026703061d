"""C2: near a point every smooth surface is a parabola."""

from engine.experiment import Experiment, lane
from engine.study import Study
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Near a point, a parabola", "在一点附近，曲面就是抛物面"),
    about=Words(
        "The dashed lines are the level lines of the second-order Taylor parabola at this point; the solid "
        "ones are the surface's own. Close to the point they agree, farther out they part. Their difference "
        "grows with the cube of the distance: slope 3 on the log-log curve. Drag the point and watch.",
        "虚线是该点二阶泰勒抛物面的等高线，实线是曲面自己的等高线。离点近时两者重合，越远分得越开。差距随距离的三"
        "次方增长：双对数曲线的斜率为 3。拖动这个点看看。",
    ),
    rows="C2",
    experiment=Experiment.on(
        "himmelblau", lane("gradient_descent", learning_rate=0.005), lane("newton", learning_rate=1.0)
    ),
    page="critical_points",
    study=Study(point=(1.0, 1.6)),
)
