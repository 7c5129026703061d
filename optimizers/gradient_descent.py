"""Gradient descent: a step against the slope, nothing else."""

from optimizers.base import Optimizer, Rate, Rule
from records import Words


def gradient_descent(learning_rate: Rate = 1e-3) -> Rule:
    """theta <- theta - eta g."""

    def init(params):
        del params
        return ()

    def update(grads, state, params=None, **extra):
        del params, extra
        return -learning_rate * grads, state

    return Rule(init, update)


OPTIMIZER = Optimizer(
    name=Words("Gradient descent", "梯度下降"),
    make=gradient_descent,
    formula=r"\theta \leftarrow \theta - \eta\, g",
    about=Words("A step against the slope, nothing else.", "沿坡度的反方向走一步，仅此而已。"),
    source="Cauchy 1847, C. R. Acad. Sci. Paris 25",
    year=1847,
)
