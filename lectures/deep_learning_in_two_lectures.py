"""Notes 001: why training stops, batches, momentum, rates of its own for each weight, classes, normalisation."""

from lectures.base import Deck
from lectures.stops import adaptive, batches, classification, critical_points, diagnosis, loss, momentum, surface
from records import Words

DECK = Deck(
    name=Words("Deep learning in two lectures", "两讲深度学习"),
    about=Words(
        "For those who know a network already: why its training stops, why deep, and how classes are taught.",
        "给已经知道什么是网络的人：训练为什么停下，为什么要深，分类怎么教。",
    ),
    place=2.0,
    stops=(
        loss.TRY_ALL_OR_DESCEND,
        loss.ONE_SIGMOID,
        loss.THREE_HINGES,
        loss.DEEP_NOT_WIDE,
        loss.DEEP_BUT_PLAIN,
        critical_points.ALL_PLACES_WITHOUT_SLOPE,
        critical_points.THE_SMALLEST_NETWORK,
        critical_points.ONE_MORE_COORDINATE,
        critical_points.FEWER_MINIMA,
        critical_points.MANY_ZEROS,
        batches.WHAT_A_BATCH_COSTS,
        batches.ITS_OWN_SURFACE,
        batches.NEITHER_ONE_NOR_ALL,
        batches.FLAT_AND_SHARP,
        momentum.ACROSS_THE_PLATEAU,
        adaptive.STUCK_WITH_A_LARGE_GRADIENT,
        adaptive.NO_SINGLE_RATE,
        adaptive.ADAGRAD_REMEMBERS_TOO_LONG,
        adaptive.BRAKE_AND_ACCELERATE,
        adaptive.THE_BURST,
        adaptive.DECAY_CURES,
        adaptive.WARM_UP,
        classification.CLASSES_ARE_NO_NUMBERS,
        classification.ANOTHER_ORDER,
        classification.SOFTMAX_BY_HAND,
        classification.ONLY_DIFFERENCES_COUNT,
        classification.SAME_START_TWO_LOSSES,
        surface.A_RAW_FEATURE,
        surface.NORMALISED,
        surface.AND_IS_IT_FLATTER,
        surface.BEFORE_OR_AFTER,
        surface.TANH_DOES_NOT_CARE,
        diagnosis.IS_IT_THE_MODEL,
        diagnosis.THE_SAME_ONE_TELLS,
        diagnosis.FIVE_CONSTRAINTS,
        diagnosis.THE_BEST_OF_A_THOUSAND_COINS,
    ),
)
