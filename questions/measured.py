"""What a measure of the page gives: ``measured~best_coin``. For pages whose subject is a computed number and no run."""

import numpy as np

from lessons.base import Stage
from questions.base import Answer, Asked, Choice, Kind, Unclear, filled, told
from questions.guesses import numbered
from questions.measures import NUMBERS
from questions.measures.base import Number
from records import Words

NONE = Choice("none", Words("There is no such number", "没有这样的数"))


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    return tuple((name,) for name, number in NUMBERS.items() if number.fits(stage))


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    number = _number(stage, parts)
    says = filled(number.says, **told(number.told(stage, stage.settings)))
    return Asked("number", says, (NONE,) if number.lacks else (), number.scale)


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    number = _number(stage, parts)
    truth, values = number.of(stage, stage.settings)
    if truth is None or not np.isfinite(truth):
        return Answer(NONE.key, Words("There is no such number here.", "这里没有这样的数。"))
    within = float(np.clip(truth, number.scale["low"], number.scale["high"]))
    exact = round(truth) if number.scale["whole"] and float(truth).is_integer() else float(truth)
    return Answer(within, filled(number.why, **told({"truth": exact, **values})))


def _number(stage: Stage, parts: tuple[str, ...]) -> Number:
    number = NUMBERS.get("".join(parts[:1]))
    if number is None or not number.fits(stage):
        able = [name for (name,) in offered(stage)]
        raise Unclear(f"of this page can be asked: {', '.join(able) or '–'}", f"这一页可以问：{'、'.join(able) or '–'}")
    return number


KIND = Kind(
    name=Words("What the measure gives", "测出来是多少"), offered=offered, asked=asked, answered=answered,
    worth=numbered,
)  # fmt: skip
