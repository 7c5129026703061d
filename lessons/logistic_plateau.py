"""G3: the squared error of a probability is flat where the answers are surely wrong; cross-entropy is not."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare


def with_error(error: str) -> Experiment:
    """The same examples, rules and start."""
    return Experiment.on(
        f"logistic_regression_{error}",
        lane("gradient_descent", learning_rate=0.5),
        lane("adam", learning_rate=0.1),
        knobs={"spread": 0.8},
        start=(-8.0, 0.0),
        steps=500,
    )


LESSON = Lesson(
    name=Words("Surely wrong, and flat", "错得笃定，却很平"),
    about=Words(
        "At the start more than four in five answers are wrong, nearly all of them surely. Then f(1−f), a factor of "
        "the gradient, is almost 0: ‖∇L‖ is 0.0037, and after 500 steps gradient descent is still up there; Adam "
        "gets away.",
        "起点处八成以上的答案是错的，而且大多错得笃定。这时梯度的因子 f(1−f) 接近零：‖∇L‖ 只有 0.0037，500 步后梯度下"
        "降还在高处，Adam 走得出来。",
    ),
    rows="G3",
    experiment=with_error("squared_error"),
    asks=Compare(heights="linear"),
    begin=Words("Squared error", "平方误差"),
    steps=(
        Step(
            name=Words("Cross-entropy", "交叉熵"),
            about=Words(
                "Cross-entropy has no such factor: on the same examples ‖∇L‖ is 1.04 at the same start, and the same "
                "gradient descent arrives.",
                "交叉熵没有这个因子：同样的样本，同样的起点，‖∇L‖ 是 1.04，同样的梯度下降就能到达。",
            ),
            experiment=with_error("cross_entropy"),
        ),
    ),
)
