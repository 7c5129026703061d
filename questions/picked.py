"""Which of some words is true of the page: ``picked~rate_by_start``."""

from lessons.base import Stage
from questions.base import Answer, Asked, Kind, Unclear, filled, told
from questions.guesses import chosen
from questions.measures import PICKS
from questions.measures.base import Pick
from records import Words


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    return tuple((name,) for name, pick in PICKS.items() if pick.fits(stage))


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    pick = _pick(stage, parts)
    says = filled(pick.says, **told(pick.told(stage, stage.settings)))
    return Asked("choice", says, pick.choices(stage, stage.settings))


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    pick = _pick(stage, parts)
    right, values = pick.of(stage, stage.settings)
    return Answer([*right], filled(pick.why, **told(values)))


def _pick(stage: Stage, parts: tuple[str, ...]) -> Pick:
    if parts not in offered(stage):
        able = [name for (name,) in offered(stage)]
        raise Unclear(f"of this page can be asked: {', '.join(able) or '–'}", f"这一页可以问：{'、'.join(able) or '–'}")
    return PICKS[parts[0]]


KIND = Kind(name=Words("Which is true", "哪个说法对"), offered=offered, asked=asked, answered=answered, worth=chosen)
