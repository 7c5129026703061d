"""G6: Gaussians and logistic regression find two lines; outliers pull one, a wrong assumption costs it."""

from lessons.base import Lesson, Step
from records import Words
from settings.generative import Generative

LESSON = Lesson(
    name=Words("Two lines from two questions", "两个问题，两条直线"),
    about=Words(
        "Gaussians ask how the examples came about, logistic regression only which class they have: two lines, 97.25 % "
        "and 97.2 % right on the test set. Lower chart: with five examples of each class the Gaussians are ahead, with "
        "300 both are alike.",
        "高斯问的是样本从何而来，逻辑回归只问样本属于哪一类：两条直线，测试集正确率 97.25 % 与 97.2 %。"
        "下图：每类五个样本时高斯领先，三百个时两者一样。",
    ),
    rows="G6",
    page="generative",
    asks=Generative(),
    steps=(
        Step(
            name=Words("Outliers", "离群点"),
            about=Words(
                "Twenty points of class 2, far away on its right side, pull its mean and the shared Σ: the "
                "Gaussians get "
                "84.9 % right. Logistic regression is sure of such points already; its line stays, at 97.2 %.",
                "类别 2 的二十个点远在正确的一侧，拉走了它的均值和共用的 Σ：高斯的正确率降到 84.9 %。"
                "逻辑回归对这些点早有把握，直线不动，仍是 97.2 %。",
            ),
            asks=Generative(outliers=20),
        ),
        Step(
            name=Words("Wrong labels", "错误标签"),
            about=Words(
                "About fifteen labels in a hundred are wrong: both are less sure, w shrinks to a third or less. The "
                "Gaussians stay a little ahead here, 96.8 % against 96.4 %.",
                "约百分之十五的标签是错的：两者都不那么有把握，w 缩到三分之一以下。这里高斯略为领先，96.8 % 对 "
                "96.4 %。",
            ),
            asks=Generative(wrong=15),
        ),
        Step(
            name=Words("Wrong assumption", "假设不成立"),
            about=Words(
                "Class 2 comes in two clumps and is no Gaussian: 87.9 % against 90.8 % of logistic regression, which "
                "assumes nothing of the inputs. Lower chart: more examples do not close the gap.",
                "类别 2 分成两团，不是高斯：87.9 %，而对输入不作假设的逻辑回归是 90.8 %。下图：样本再多，"
                "差距也不消失。",
            ),
            asks=Generative(cloud="clumps", n1=200, n2=200),
        ),
    ),
)
