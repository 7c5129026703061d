"""D1, E6: who wins a race depends on numbers that the race does not show."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.maps import Maps


def _valley(factor: float) -> Experiment:
    return Experiment.on(
        "narrow_valley",
        lane("momentum", learning_rate=1.0, momentum=factor),
        lane("adam", learning_rate=0.5),
        knobs={"condition": 100.0},
        start=(-9.0, 1.0),
        steps=100,
    )


LESSON = Lesson(
    name=Words("Who wins: λ = 0.8 or 0.9 or 0.95", "谁赢：λ = 0.8、0.9 还是 0.95"),
    about=Words(
        "A valley of condition number 100, 100 steps from every start: momentum against Adam, "
        "coloured by whose loss is lower. With λ = 0.8 momentum wins from nearly everywhere. Change "
        "λ with the buttons: nothing else moves, and the winner does.",
        "条件数 100 的山谷，从每个起点走 100 步：动量法对 Adam，颜色表示谁的损失更"
        "低。λ = 0.8 时动量法几乎处处获胜。用按钮改变 λ：别的都不动，胜者却变了。",
    ),
    rows="D1 E6",
    page="maps",
    experiment=_valley(0.8),
    asks=Maps(measure="winner"),
    steps=(
        Step(
            name=Words("λ = 0.9", "λ = 0.9"),
            about=Words(
                "Adam now wins from about a fifth of the starts.",
                "现在约五分之一的起点是 Adam 获胜。",
            ),
            experiment=_valley(0.9),
        ),
        Step(
            name=Words("λ = 0.95", "λ = 0.95"),
            about=Words(
                "Adam wins from every cell, with the same η, the same valley, the same 100 steps.",
                "Adam 在每一格都赢：η、山谷和 100 步都没变。",
            ),
            experiment=_valley(0.95),
        ),
    ),
)
