"""D1, E6: who wins depends on whose learning rate was chosen well; tuned alike, it is another one."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.fair import Fair

LESSON = Lesson(
    name=Words("No rule without its rate", "离开学习率，谈不上规则好坏"),
    page="fair",
    about=Words(
        "Three rules from the same 32 starts, each at the rate of its card. Momentum is ahead of both others: decided. "
        "But nobody has asked which rates these are.",
        "三种规则从相同的 32 个起点出发，各用卡片上的学习率。动量法领先另外两种：已分胜负。可是没人问过，这些学习率是"
        "怎么来的。",
    ),
    rows="D1 E6",
    experiment=Experiment.on(
        "rosenbrock",
        lane("gradient_descent", learning_rate=0.0005),
        lane("momentum", learning_rate=0.0005),
        lane("adam", learning_rate=0.01),
        steps=500,
    ),
    asks=Fair(fair_tuned=False),
    begin=Words("Nobody tuned", "谁都没调"),
    steps=(
        Step(
            name=Words("All tuned alike", "一样地调"),
            about=Words(
                "Each rule tries 25 rates on 32 starts and is judged on 32 others: Adam now comes before momentum, and "
                "between these two it is not decided. Momentum's best rate was so close to its edge that many of the "
                "new starts diverge.",
                "每种规则用 32 个起点试 25 个学习率，再用另外 32 个起点评判：现在 Adam 排在动量法前面，两者之间未分胜"
                "负。动量法的最佳学习率离边缘太近，新起点中有许多都发散了。",
            ),
            asks=Fair(),
        ),
    ),
)
