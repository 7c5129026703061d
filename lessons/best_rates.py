"""D1, E2: on a quadratic the best rates are known: heavy ball needs far fewer steps than gradient descent."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("The best rates, and one step too far", "最佳学习率，以及过了头的"),
    about=Words(
        "A bowl with curvatures 1 and 1/100. Gradient descent at its best rate, 2/(1 + 1/100), needs 170 steps to "
        "come within 0.001; momentum at its best, η = 4/(1 + 1/10)² and λ = (9/11)², needs 39. Just above η = 2 "
        "every bounce across is higher than the one before: it diverges.",
        "曲率为 1 和 1/100 的碗。梯度下降用最佳学习率 2/(1 + 1/100)，要 170 步才到 0.001 以内；动量法用最佳的 η = 4"
        "/(1 + 1/10)² 和 λ = (9/11)²，只要 39 步。η 稍大于 2，每弹一次都比上一次更高：发散。",
    ),
    rows="D1 E2",
    experiment=Experiment.on(
        "narrow_valley",
        lane("gradient_descent", learning_rate=1.98),
        lane("momentum", learning_rate=3.306, momentum=0.669),
        lane("gradient_descent", learning_rate=2.1),
        start=(-9.0, 1.0),
        steps=200,
    ),
)
