"""A7: periodic data, and how far a linear model must look back."""

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.normalisation import Normalisation

LESSON = Lesson(
    name=Words("A window of past values", "过去值的窗口"),
    about=Words(
        "Views of a channel, fewer at weekends. From yesterday alone a linear model is wrong by 1.26 thousand on the "
        "days it learned from, and by 1.23 on the others: it cannot know which day of the week it is.",
        "某频道的每日观看数，周末较少。只看昨天，线性模型在训练日上误差 1.26 千次，其余日子 1.23：它无从知道今天星期几"
        "。",
    ),
    rows="A7",
    net=NetworkExperiment(),
    page="normalisation",
    asks=Normalisation(linear="window", past=1),
    begin=Words("1 day", "1 天"),
    steps=(
        Step(
            name=Words("7 days", "7 天"),
            about=Words(
                "A week: 0.88 and 0.90. Now the same day of the last week is among the features, and dips are "
                "predicted.",
                "一周：0.88 与 0.90。上周的同一天进入了特征，周末的低谷预测得到了。",
            ),
            asks=Normalisation(linear="window", past=7),
        ),
        Step(
            name=Words("28 days", "28 天"),
            about=Words(
                "Four weeks: 0.32 and 0.42. Several weeks tell the rhythm from the level and from noise.",
                "四周：0.32 与 0.42。看到几周，才分得清节律、水平与噪声。",
            ),
            asks=Normalisation(linear="window", past=28),
        ),
        Step(
            name=Words("56 days", "56 天"),
            about=Words(
                "Eight weeks: 0.28 on the days it learned from, but 0.44 on the others, a little more than before. "
                "What is added now fits noise.",
                "八周：训练日上 0.28，其余日子却是 0.44，比先前略高。再加的只是在拟合噪声。",
            ),
            asks=Normalisation(linear="window", past=56),
        ),
    ),
)
