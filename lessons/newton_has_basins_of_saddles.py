"""C9: Newton's method is drawn to every critical point, and its basins have fractal edges."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("Newton's basins: saddles have some, too", "牛顿法的吸引盆：鞍点也有"),
    about=Words(
        "Where 40 steps of Newton's method lead from every start. A third of the starts end at a "
        "saddle or at the maximum: it looks for a slope of 0, not for a low loss. With |H| in the "
        "place of H all starts lead to minima.",
        "牛顿法从每个起点走 40 步的去处。三分之一的起点终止在鞍点或极大点：它找的是梯度为 0"
        "，不是损失低。把 H 换成 |H|，所有起点都到极小点。",
    ),
    rows="C9",
    page="maps",
    experiment=Experiment.on("himmelblau", lane("newton"), lane("saddle_free_newton"), start=(2.0, 1.0), steps=40),
    asks=Maps(),
)
