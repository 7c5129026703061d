"""C9: the end of Newton's path is a saddle, says its Hessian."""

from engine.surfaces.experiment import Experiment, lane
from engine.surfaces.study import Study
from lessons.base import Lesson, Step
from records import Words

LESSON = Lesson(
    name=Words("Where does Newton's method end?", "牛顿法停在哪里？"),
    about=Words(
        "Three rules descend from one point on a slope. The table says what each has found: Newton's method, drawn "
        "to where its parabola is level, has climbed to a saddle. With |H| in place of H, saddle-free Newton goes "
        "down to a minimum, as gradient descent does.",
        "三种规则从同一个斜坡上的点出发。表格说明各自找到了什么：牛顿法被抛物面的平点吸引，爬到了鞍点。用 |H| 代替 H "
        "的无鞍牛顿法，和梯度下降一样走到极小值点。",
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
    begin=Words("Three descents", "三次下降"),
    steps=(
        Step(
            name=Words("Newton's end", "牛顿法的终点"),
            about=Words(
                "Newton's path ends here: ∇L = 0, one eigenvalue negative, one positive. The method looks for ∇L = 0 "
                "and does not ask for signs.",
                "牛顿法的路径停在这里：∇L = 0，特征值一负一正。这个方法只求 ∇L = 0，不问符号。",
            ),
            study=Study(point=(-0.12796134673068005, -1.9537149802445766)),
        ),
    ),
)
