"""Notes 003: the linear hypothesis, its gradient in matrices, and what changes when layers are stacked."""

from lectures.base import Deck
from lectures.stops import adaptive, batches, classification, gradients, loss, momentum, surface
from records import Words

DECK = Deck(
    name=Words("From linear to deep", "从线性到深层"),
    about=Words(
        "For those who will write it themselves: gradients, memory, first weights, optimizers. It needs matrices.",
        "给要自己动手写的人：梯度、内存、初始化、优化器。需要矩阵。",
    ),
    place=4.0,
    stops=(
        classification.SOFTMAX_BY_HAND,
        classification.NOTHING_DESCENDS,
        classification.WRONG_AND_FLAT,
        classification.WRONG_AND_STEEP,
        gradients.RIGHT_PULLS_LITTLE,
        gradients.WRONG_PULLS_HARD,
        gradients.IN_MATRICES,
        gradients.CHECK_IT,
        batches.A_NOISY_SAMPLE,
        batches.EQUAL_UPDATES,
        batches.NOISE_SETTLES,
        loss.LINEAR_AFTER_LINEAR,
        loss.WITH_TANH_BETWEEN,
        loss.DEEP_NOT_WIDE,
        loss.DEEP_BUT_PLAIN,
        gradients.MEMORY_FOR_THE_WAY_BACK,
        momentum.WHAT_IT_REMEMBERS,
        momentum.NESTEROV,
        momentum.BEST_RATES,
        adaptive.EPSILON,
        adaptive.ADAMS_FIRST_STEPS,
        adaptive.ONE_LINE,
        gradients.THE_GRADIENT_VANISHES,
        gradients.HE_FOR_RELU,
        surface.STANDARDISE,
        surface.TEN_LAYERS_STAND_STILL,
        surface.A_WAY_AROUND,
        surface.BATCH_NORMALISATION,
        surface.AND_IS_IT_FLATTER,
    ),
)
