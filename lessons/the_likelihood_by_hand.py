"""G10: a Gaussian for each class, drawn by hand: the likelihood, and the boundary that follows."""

from lessons.base import Lesson, Step
from records import Words
from settings.generative import Generative

LESSON = Lesson(
    name=Words("The likelihood by hand", "手动调出最大似然"),
    about=Words(
        "Drag the centres and the diamonds on the ellipses: the log-likelihood begins at −521; "
        "the most likely Gaussians have −354. The black line is where both classes have the posterior ½.",
        "拖动中心和椭圆上的菱形：对数似然开始是 −521，最可能的高斯是 −354。黑线是两类后验都为 ½ 的地方。",
    ),
    rows="G10",
    page="generative",
    asks=Generative(mean1=(-0.5, 1.5), spread0=(1.5, 0.0, 0.6)),
    steps=(
        Step(
            name=Words("Most likely", "最大似然"),
            about=Words(
                "Means and mean squares of the examples. With one Σ for both, P(C₁ | x) = σ(wᵀx + b): w = "
                "(−3.64, 4.08), "
                "b = 0.0943 from μ, Σ and the prior; logistic regression finds w = (−3.76, 3.99), b = −0.237.",
                "取样本的均值和偏差平方的均值。两类共用 Σ 时 P(C₁ | x) = σ(wᵀx + b)：由 μ、Σ 和先验得 "
                "w = (−3.64, 4.08)，b = 0.0943；逻辑回归得 w = (−3.76, 3.99)，b = −0.237。",
            ),
            asks=Generative(),
        ),
        Step(
            name=Words("Own Σ", "各自的 Σ"),
            about=Words(
                "One class is tight, the other wide. With its own Σ each, the boundary is a curve and 92.5 % "
                "are right; "
                "the line of logistic regression gets 86.2 %.",
                "一类紧凑，一类松散。各有 Σ 时边界是曲线，正确率 92.5 %；逻辑回归的直线是 86.2 %。",
            ),
            asks=Generative(cloud="unlike", sigma="own"),
        ),
        Step(
            name=Words("Naive", "朴素"),
            about=Words(
                "Naive Bayes takes the features to be independent within each class: ellipses along the axes, fewer "
                "numbers to learn, 91.6 %.",
                "朴素贝叶斯认为类内的特征相互独立：椭圆与坐标轴平行，要学的数更少，91.6 %。",
            ),
            asks=Generative(cloud="unlike", sigma="naive"),
        ),
        Step(
            name=Words("Three classes", "三类"),
            about=Words(
                "A Gaussian each, and the posterior is a softmax: with a shared Σ of straight lines, 93.6 %; "
                "choose own "
                "Σ, and they bend.",
                "每类一个高斯，后验是 softmax：共用 Σ 时边界是直线，93.6 %；改为各自的 Σ，边界就弯了。",
            ),
            asks=Generative(cloud="three"),
        ),
    ),
)
