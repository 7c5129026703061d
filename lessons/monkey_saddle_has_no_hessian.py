"""C3, C8: H = 0, and yet three ways lead down."""

from engine.experiment import Experiment, lane
from engine.study import Study
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("H = 0, and yet there are ways down", "H = 0，却仍有下山的路"),
    about=Words(
        "At the monkey saddle both eigenvalues are 0: the Hessian knows no way out and says nothing about "
        "minimum or saddle. Yet three valleys lead down from here. A push in a random direction finds one of "
        "them; press again for another direction.",
        "在猴鞍点，两个特征值都是 0：Hessian 不知道出路，也说不出这是极小还是鞍点。然而有三条谷从这里通"
        "向低处。随机推一下就会滑进其中一条，再按一次换个方向。",
    ),
    rows="C3 C8",
    experiment=Experiment.on(
        "monkey_saddle", lane("gradient_descent", learning_rate=0.02), lane("adam", learning_rate=0.02), steps=60
    ),
    page="critical_points",
    study=Study(point=(0.0, 0.0), reach=0.2, leave=("random",), draw=1),
)
