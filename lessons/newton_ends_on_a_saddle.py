"""C9: the end of Newton's path is a saddle, says its Hessian."""

from engine.experiment import Experiment, lane
from engine.study import Study
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Where does Newton's method end?", "牛顿法停在哪里？"),
    about=Words(
        "Three rules descend from one point on a slope. The table says what each has found: Newton's method, "
        "drawn to the nearest level place of the parabola, has climbed to a saddle. With |H| in place of H, "
        "saddle-free Newton goes down to a minimum, as gradient descent does.",
        "三种规则从同一个斜坡上的点出发。表格说明各自找到了什么：牛顿法被抛物面的平点吸引，爬到了鞍点。用 |H|"
        " 代替 H 的无鞍牛顿法，和梯度下降一样走到极小值点。",
    ),
    rows="C9",
    experiment=Experiment.on(
        "himmelblau",
        lane("newton", learning_rate=0.1),
        lane("saddle_free_newton", learning_rate=0.1),
        lane("gradient_descent", learning_rate=0.002),
        steps=120,
    ),
    page="critical_points",
    study=Study(point=(2.0, -3.0), leave=("here",)),
)
