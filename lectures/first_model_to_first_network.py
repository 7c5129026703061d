"""Notes 000: from a first model of a channel's views to a first network, and what can go wrong."""

from lectures.base import Deck
from lectures.stops import adaptive, batches, diagnosis, loss, momentum
from records import Words

DECK = Deck(
    name=Words("From a first model to a first network", "从第一个模型到第一个网络"),
    about=Words(
        "For a first lesson: predict tomorrow's views, descend, bend the line, and learn when not to trust a score.",
        "第一课：预测明天的观看数，学会下降，让直线弯起来，也学会什么时候不该相信分数。",
    ),
    place=1.0,
    stops=(
        loss.ONLY_YESTERDAY,
        loss.EVERY_LINE_IS_A_POINT,
        loss.HUBER_PULLS_ONLY_SO_HARD,
        loss.THE_SIGN_OF_THE_SLOPE,
        loss.THE_START_DECIDES,
        loss.FOUR_WEEKS,
        loss.EIGHT_WEEKS,
        loss.ONE_SIGMOID,
        loss.ONE_PIECE,
        loss.THREE_HINGES,
        loss.HUNDRED_PIECES_ASLEEP,
        loss.A_BARRIER,
        batches.EQUAL_UPDATES,
        batches.EQUAL_EPOCHS,
        batches.ITS_OWN_SURFACE,
        batches.SMALL_OR_LARGE,
        momentum.OUT_OF_A_LOCAL_MINIMUM,
        adaptive.NO_SINGLE_RATE,
        adaptive.A_RATE_PER_DIRECTION,
        diagnosis.IS_IT_THE_MODEL,
        diagnosis.A_LARGER_ONE_TELLS,
        diagnosis.LEARNED_BY_HEART,
        diagnosis.THREE_KNOW_BETTER,
        diagnosis.THE_BEST_OF_A_THOUSAND_COINS,
    ),
)
