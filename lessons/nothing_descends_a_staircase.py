"""G8: the 0–1 loss is what one wants, and its gradient is 0: no rule takes a step on it."""

from lessons.base import Lesson, Step
from records import Words
from settings.generative import Generative

LESSON = Lesson(
    name=Words("Nothing descends a staircase", "台阶上谁也不下降"),
    about=Words(
        "Left: the share of wrong answers over w and b, a staircase. Play: four rules stand still, for ∇L = 0 on every "
        "step. Right: cross-entropy of the same model has a slope everywhere here, and leads to 2 errors of 8.",
        "左：答错的比例随 w 和 b 变化，是台阶。播放：四个规则一动不动，因为每级台阶上 ∇L = 0。"
        "右：同一模型的交叉熵在这里处处有坡度，把 8 个样本的错误降到 2 个。",
    ),
    rows="G8",
    page="generative",
    asks=Generative(idea="staircase"),
    steps=(
        Step(
            name=Words("Ten times faster", "快十倍"),
            about=Words(
                "Learning rates ten times as large: zero times ten is zero. Only the right picture changes.",
                "学习率放大十倍：零乘十还是零。变化的只有右图。",
            ),
            asks=Generative(idea="staircase", pace=10.0),
        ),
        Step(
            name=Words("Another start", "换个起点"),
            about=Words(
                "Drag the ring anywhere on the left: from every start the rules stay where they are.",
                "把左图的圆环拖到任何地方：从哪里出发，规则都停在原地。",
            ),
            asks=Generative(idea="staircase", hill=(-2.0, -4.0)),
        ),
    ),
)
