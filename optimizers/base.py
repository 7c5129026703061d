"""What an update rule is: two pure functions with Optax's signature, and how it reads as θ ← θ − (η_t/σ_t)·m_t."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

import jax
import jax.numpy as jnp
import optax
from jax import Array

from records import Knob, Words

Rate = Annotated[float, Knob(1e-6, 1e3, "log", "η", Words("learning rate", "学习率"))]
Factor = Annotated[float, Knob(0.0, 0.999, "decay", "λ", Words("momentum factor", "动量系数"))]
Mean = Annotated[float, Knob(0.0, 0.999, "decay", "β₁", Words("decay of the mean", "均值的衰减"))]
Smoothing = Annotated[float, Knob(0.0, 0.9999, "decay", "α", Words("decay of the mean square", "均方的衰减"))]
Square = Annotated[float, Knob(0.0, 0.99999, "decay", "β₂", Words("decay of the mean square", "均方的衰减"))]
Epsilon = Annotated[float, Knob(1e-16, 1.0, "log", "ε", Words("keeps the division safe", "避免除以零"))]
Decay = Annotated[float, Knob(0.0, 1.0, "linear", "", Words("weight decay", "权重衰减"))]

# Lines of formulas that Adam and its relatives share; what has not been given a value is 0, t counts steps from 0.
MOMENTS = r"m \leftarrow \beta_1 m + (1-\beta_1)\, g,\quad v \leftarrow \beta_2 v + (1-\beta_2)\, g^2"
MEAN_CORRECTED = r"\hat m = m/(1-\beta_1^{t+1})"
SQUARE_CORRECTED = r"\hat v = v/(1-\beta_2^{t+1})"
CORRECTED = rf"{MEAN_CORRECTED},\quad {SQUARE_CORRECTED}"


def lines(*steps: str) -> str:
    """LaTeX of an update in several lines, carried out from the top."""
    return r" \\ ".join(steps)


def unscaled(state: Any) -> Array:
    """σ = 1: the rule has no step size per coordinate."""
    del state
    return jnp.ones(())


def one_gradient(state: Any) -> Array:
    """Most rules take one gradient a step."""
    del state
    return jnp.ones(())


class Rule(optax.GradientTransformationExtraArgs):
    """``init(params) -> state`` and ``update(grads, state, params, **extra) -> (step, state)``, as in Optax.

    The step is added to the parameters. ``extra`` holds ``value``, ``grad`` and ``value_fn`` for rules that need the
    loss itself. Two functions of the new state let the rule be read:

    scale: σ_t, shape (d,) or (), the divisor of the step; m_t follows as −σ_t·step/η_t.
    evaluations: how many gradients the step cost, shape ().
    """

    scale: Callable[[Any], Array]
    evaluations: Callable[[Any], Array]

    def __new__(
        cls,
        init: Callable[..., Any],
        update: Callable[..., Any],
        scale: Callable[[Any], Array] = unscaled,
        evaluations: Callable[[Any], Array] = one_gradient,
    ) -> Self:
        rule = optax.GradientTransformationExtraArgs.__new__(cls, init, update)
        rule.scale, rule.evaluations = scale, evaluations
        return rule


def from_optax(
    transformation: optax.GradientTransformation,
    scale: Callable[[Any], Array] = unscaled,
) -> Rule:
    """A rule of Optax with its integer step counter in the dtype of the parameters.

    Optax computes ``decay**count``: with a traced decay, int32 next to float64 breaks strict promotion.
    """

    def init(params):
        return jax.tree.map(lambda leaf: leaf.astype(params.dtype), transformation.init(params))

    return Rule(init, optax.with_extra_args_support(transformation).update, scale)


def is_transformation(value: object) -> bool:
    """Whether it is a transformation of Optax, of which a ``Rule`` is one."""
    return isinstance(value, optax.GradientTransformation)


@dataclass(frozen=True)
class Optimizer:
    """One update rule.

    make: ``make(**hyperparameters) -> Rule``; the first hyperparameter is ``learning_rate``.
    formula: LaTeX of the update: what is done in a step, in this order; η is the rate of that step. Lines end in \\\\.
    year: of publication, of the survey where the source names one; the menus are in this order.
    pace: what a learning rate of 1 means, and so how a sensible one follows from the surface: "slope": the step is
        the rate times the slope; "length": each coordinate moves by about the rate; "whole": 1 is natural.
    share: multiplies the sensible rate.
    cost: time of a step, in steps of gradient descent; decides what runs without being asked for.
    memory: the λ with which past gradients add up in the step (D2), when the rule is of the momentum family: the
        name of that hyperparameter.
    remembers: what adds up: "gradients"; "movements" −ηg, each with the η of its own step; "movements ahead", of which
        the newest counts once more, as in Nesterov's.
    """

    name: Words
    make: Callable[..., Rule]
    formula: str
    about: Words
    source: str
    year: int
    pace: Literal["slope", "length", "whole"] = "slope"
    share: float = 1.0
    cost: float = 1.0
    memory: str = ""
    remembers: Literal["gradients", "movements", "movements ahead"] = "gradients"

    def weights(self, fade: float, many: int) -> list[float]:
        """How much each gradient counts in a step while η stays the same, the newest first: 1, λ, λ², …, but in
        Nesterov's 1 + λ, λ², λ³, …"""
        fading = [fade**back for back in range(many)]
        return [1 + fade, *(fade**2 * each for each in fading[:-1])] if self.remembers == "movements ahead" else fading


def without_rate(transformation: optax.GradientTransformation) -> Optimizer:
    """A rule of somebody's own as it is: without hyperparameters, as its learning rate is within it. Unless it tells
    them, σ is 1 and a step counts as one gradient."""
    whole = transformation if isinstance(transformation, Rule) else _whole(transformation)

    def make() -> Rule:
        return whole

    make.__name__ = "the transformation"
    name, nothing = Words("Optax", "Optax"), Words("", "")
    return Optimizer(name, make, formula="", about=nothing, source="", year=0)


def _whole(transformation: optax.GradientTransformation) -> Rule:
    return Rule(transformation.init, optax.with_extra_args_support(transformation).update)
