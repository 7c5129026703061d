"""G7: points that are right, and far, turn the boundary of least squares, not that of logistic regression."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.classification import Classification

LESSON = Lesson(
    name=Words("Far points turn least squares", "远点拉偏最小二乘"),
    about=Words(
        "Two classes and two boundaries. Without far points both separate them; least squares and logistic "
        "regression differ by less than one degree.",
        "两个类别，两条边界。没有远点时，两者都能分开，最小二乘与逻辑回归相差不到一度。",
    ),
    rows="G7",
    experiment=Experiment.on("three_logits_squared_error", lane("gradient_descent", learning_rate=0.5), steps=300),
    page="classification",
    asks=Classification(why="far", top="why", far=0),
    begin=Words("No far points", "没有远点"),
    steps=(
        Step(
            name=Words("20 far points", "20 个远点"),
            about=Words(
                "Twenty points far on the right side: on ±1 they are “too right”, which costs as much as being wrong. "
                "The line turns by 29° and gets 12 points wrong; logistic regression’s turns by less than 0.1°.",
                "在正确一侧的远处加二十个点：对 ±1 来说它们“对得过头”，和错了一样要付代价。直线转了 29°，分错 12 个点；"
                "逻辑回归的只转了不到 0.1°。",
            ),
            asks=Classification(why="far", top="why", far=20),
        ),
        Step(
            name=Words("One", "一个"),
            about=Words(
                "A single one turns it by 12°, and one point is on the wrong side.",
                "只加一个，它就转了 12°，一个点落到错的一侧。",
            ),
            asks=Classification(why="far", top="why", far=1),
        ),
    ),
)
