"""G3: the squared error of a probability is flat where the answers are surely wrong; cross-entropy is not."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Surely wrong, and flat", "错得笃定，却很平"),
    about=Words(
        "At the start more than four in five answers are wrong, nearly all of them surely. Then f(1−f), a factor of "
        "the gradient, is almost 0: ‖∇L‖ is 0.0037, and after 500 steps gradient descent is still up there; Adam gets "
        "away. Choose cross-entropy, which has no such factor, and set s = 0.8: ‖∇L‖ is 1.04, and the same gradient "
        "descent arrives.",
        "起点处八成以上的答案是错的，而且大多错得笃定。这时梯度的因子 f(1−f) 接近零：‖∇L‖ 只有 0.0037，500 步后梯度下降"
        "还在高处，Adam 走得出来。换成没有这个因子的交叉熵，设 s = 0.8：‖∇L‖ 是 1.04，同样的梯度下降就能到达。",
    ),
    rows="G3",
    experiment=Experiment.on(
        "logistic_regression_squared_error",
        lane("gradient_descent", learning_rate=0.5),
        lane("adam", learning_rate=0.1),
        knobs={"spread": 0.8},
        start=(-8.0, 0.0),
        steps=500,
    ),
)
