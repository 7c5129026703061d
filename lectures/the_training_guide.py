"""Notes 004: what large or small losses ask for, one case after another."""

from lectures.base import Deck
from lectures.stops import adaptive, batches, classification, critical_points, diagnosis, momentum, surface
from records import Words

DECK = Deck(
    name=Words("The training guide", "训练攻略"),
    about=Words(
        "For those whose training fails: find out what is the matter first, then choose the remedy.",
        "给训练不顺的人：先弄清毛病在哪，再选对策。",
    ),
    place=5.0,
    stops=(
        diagnosis.IS_IT_THE_MODEL,
        diagnosis.A_LARGER_ONE_TELLS,
        diagnosis.THE_SAME_ONE_TELLS,
        diagnosis.DEEPER_AND_WORSE,
        diagnosis.A_WAY_AROUND_EACH,
        critical_points.THE_SMALLEST_NETWORK,
        critical_points.ON_THE_SADDLE,
        critical_points.NOISE_LEAVES,
        batches.ITS_OWN_SURFACE,
        batches.SMALL_OR_LARGE,
        batches.THE_EDGE,
        batches.NOISE_KEEPS_FLAT,
        momentum.LEAVING_A_SADDLE,
        momentum.ACROSS_THE_PLATEAU,
        adaptive.STUCK_WITH_A_LARGE_GRADIENT,
        adaptive.NO_SINGLE_RATE,
        adaptive.A_RATE_PER_DIRECTION,
        adaptive.THE_BURST,
        adaptive.WHY_IT_BURSTS,
        adaptive.DECAY_CURES,
        surface.A_RAW_FEATURE,
        surface.CENTRED_ONLY,
        surface.NORMALISED,
        classification.CLASSES_ARE_NO_NUMBERS,
        diagnosis.THIRTY_BY_HEART,
        diagnosis.MORE_DATA,
        diagnosis.FIVE_CONSTRAINTS,
        diagnosis.CHOOSE_BY_VALIDATION,
        diagnosis.THE_BEST_OF_A_THOUSAND_COINS,
        diagnosis.TEN_OUT_OF_TEN,
        diagnosis.FROM_ELSEWHERE,
    ),
)
