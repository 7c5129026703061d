"""A2: the limit of η is a number of the surface on a parabola, and of the start elsewhere."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("How large may η be? Start against η", "η 可以多大？起点与 η"),
    about=Words(
        "Booth's bowl: across, where it starts; up, η. Every column diverges above the same η = 2/18 "
        "= 0.111, the dashed line, wherever it starts: on a parabola only the curvature counts.",
        "Booth 碗：横轴是起点，纵轴是 η。不论从哪里出发，每一列都在同一个 η = 2/1"
        "8 = 0.111（虚线）以上发散：在抛物面上只有曲率起作用。",
    ),
    rows="A2",
    page="maps",
    experiment=Experiment.on("booth", lane("gradient_descent", learning_rate=0.05), start=(-5.0, 0.0), steps=300),
    asks=Maps(across="start.0", up="rule.learning_rate", measure="divergence", zoom=(-10.0, 10.0, 0.005, 1.0)),
    steps=(
        Step(
            name=Words("Two wells", "两个谷"),
            about=Words(
                "On another surface the walls get steeper outwards: from farther out a smaller η is "
                "already too large. The dashed line, the limit at the minimum, says nothing about "
                "that.",
                "换一张曲面，越往外壁越陡：从远处出发，更小的 η 就已太大。虚线是极小点处的极限，说不了这一点。",
            ),
            experiment=Experiment.on(
                "double_well", lane("gradient_descent", learning_rate=0.05), start=(-1.5, 0.5), steps=300
            ),
            asks=Maps(across="start.0", up="rule.learning_rate", measure="divergence", zoom=(-2.0, 2.0, 0.005, 5.0)),
        ),
    ),
)
