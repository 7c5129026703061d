"""C2: near a point every smooth surface is a parabola."""

from engine.surfaces.experiment import Experiment, lane
from engine.surfaces.study import Study
from lessons.base import Lesson, Step
from records import Words

LESSON = Lesson(
    name=Words("Near a point, a parabola", "在一点附近，曲面就是抛物面"),
    about=Words(
        "The dashed level lines are those of the second-order Taylor parabola at this point, the solid ones the "
        "surface's own. Close to the point they agree, farther out they part: their difference grows with the cube "
        "of the distance, slope 3 on the log-log curve.",
        "虚线是该点二阶泰勒抛物面的等高线，实线是曲面自己的等高线。离点近时两者重合，越远分得越开：差距随距离的三次方"
        "增长，在双对数曲线上斜率为 3。",
    ),
    rows="C2",
    experiment=Experiment.on(
        "himmelblau", lane("gradient_descent", learning_rate=0.005), lane("newton", learning_rate=1.0)
    ),
    page="critical_points",
    study=Study(point=(1.0, 1.6)),
    begin=Words("On a slope", "在坡上"),
    steps=(
        Step(
            name=Words("At a minimum", "在极小值点"),
            about=Words(
                "At a minimum the parabola opens upwards in every direction: its dashed level lines are ellipses "
                "around the point.",
                "在极小值点，抛物面在每个方向上都向上开口：它的虚线等高线是围绕该点的椭圆。",
            ),
            study=Study(point=(3.0, 2.0)),
        ),
        Step(
            name=Words("At a saddle", "在鞍点"),
            about=Words(
                "At a saddle it opens upwards one way and downwards the other: its dashed level lines are hyperbolas.",
                "在鞍点，它沿一个方向向上开口，沿另一个方向向下开口：虚线等高线是双曲线。",
            ),
            study=Study(point=(0.08667750455539636, 2.8842547011747763)),
        ),
    ),
)
