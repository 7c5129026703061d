"""Notes 002: linear models, generative and discriminative classes, losses, and features made or learned."""

from lectures.base import Deck
from lectures.stops import batches, classification, diagnosis, loss
from records import Words

DECK = Deck(
    name=Words("Regression and classification", "回归与分类"),
    about=Words(
        "What a linear model can do, what a loss asks for, and where classes come from. It needs Gaussians.",
        "线性模型能做什么，损失在问什么，类别从哪里来。需要知道高斯分布。",
    ),
    place=3.0,
    stops=(
        loss.EVERY_LINE_IS_A_POINT,
        loss.HUBER_PULLS_ONLY_SO_HARD,
        loss.TRY_ALL_OR_DESCEND,
        loss.ACROSS_THE_LEVEL_LINES,
        loss.ONE_LINE_FOR_ALL,
        loss.IF_IS_LINEAR,
        loss.THE_PENALTY_IS_MISSING,
        loss.THE_PENALTY_HELPS,
        loss.A_LITTLE_PENALTY,
        diagnosis.CHOOSE_BY_VALIDATION,
        diagnosis.OPEN_THE_TEST,
        classification.LIKELIHOOD_BY_HAND,
        classification.SHARED_SIGMA_IS_A_LINE,
        classification.OWN_SIGMA_IS_A_CURVE,
        classification.THE_ONLY_EXAMPLE_IS_DENIED,
        classification.THE_MORE_IT_SEES,
        classification.LIKELIHOOD_IS_CROSS_ENTROPY,
        classification.NOTHING_DESCENDS,
        classification.SURELY_WRONG,
        classification.NO_SUCH_FACTOR,
        classification.ONE_GRADIENT,
        classification.FAR_POINTS_TURN_IT,
        classification.TWO_LINES,
        classification.OUTLIERS_PULL_ONE,
        batches.SMALL_OR_LARGE,
        diagnosis.IS_IT_THE_MODEL,
        diagnosis.A_LARGER_ONE_TELLS,
        classification.NO_LINE_SEPARATES,
        classification.XOR_BY_HAND,
        loss.THE_HARD_SIGMOID,
        classification.A_HIDDEN_LAYER_MOVES_THEM,
    ),
)
