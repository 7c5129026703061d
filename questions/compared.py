"""Values of the page beside each other: which is the least, or the largest, ``compared~sweep_tests``; or their order,
the least first, ``compared~sweep_tests~order``."""

import numpy as np

from lessons.base import Stage
from questions.base import Answer, Asked, Choice, Guess, Kind, Unclear, filled, lane, short, told
from questions.guesses import chosen, ordered
from questions.measures import RANKINGS
from questions.measures.base import Ranking
from records import Words

ORDER = "order"
LEVEL = 1e-3  # of the larger of two: closer values count as the same


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    fitting = {name: len(ranking.choices(stage, stage.settings)) for name, ranking in RANKINGS.items()
               if ranking.fits(stage)}  # fmt: skip
    return (*((name,) for name in fitting), *((name, ORDER) for name, many in fitting.items() if many > 2))


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    ranking, order = _ranking(stage, parts)
    says = filled(ranking.orders if order else ranking.says, **told(ranking.told(stage, stage.settings)))
    return Asked("order" if order else "choice", says, ranking.choices(stage, stage.settings))


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    ranking, order = _ranking(stage, parts)
    choices = ranking.choices(stage, stage.settings)
    values = np.asarray(ranking.of(stage, stage.settings), dtype=float)
    worst = -np.inf if ranking.high else np.inf
    values = np.where(np.isnan(values), worst, values)
    ranks = ranked(values)
    places = np.argsort(values, kind="stable")
    listed = [_listed(choices[place], values[place], ranking.unit) for place in places]
    why = filled(ranking.why, list=Words("; ".join(listed), "；".join(each.zh for each in listed)))
    if order:
        return Answer({choice.key: int(rank) for choice, rank in zip(choices, ranks, strict=True)}, why)
    best = ranks.max() if ranking.high else ranks.min()
    return Answer([choice.key for choice, rank in zip(choices, ranks, strict=True) if rank == best], why)


def ranked(values: np.ndarray) -> np.ndarray:
    """The place of each value, the least is 0; those that are level share one."""
    order = np.argsort(values, kind="stable")
    ranks = np.zeros(len(values), dtype=int)
    for place in range(1, len(order)):
        before, now = values[order[place - 1]], values[order[place]]
        level = now == before or (np.isfinite(now) and now - before <= LEVEL * max(abs(now), abs(before)))
        ranks[order[place]] = ranks[order[place - 1]] if level else place
    return ranks


def _listed(choice: Choice, value: float, unit: str) -> Words:
    told = f"{short(float(value))}{unit}" if np.isfinite(value) else "–"
    if choice.lane >= 0:
        return Words(f"{lane(choice.lane)} {told}", f"{lane(choice.lane)} {told.replace(' ', '')}")
    return Words(f"{choice.said}: {told}", f"{choice.said.zh}：{told.replace(' ', '')}")


def _ranking(stage: Stage, parts: tuple[str, ...]) -> tuple[Ranking, bool]:
    if parts not in offered(stage):
        able = ["~".join(each) for each in offered(stage)]
        raise Unclear(
            f"of this page can be compared: {', '.join(able) or '–'}", f"这一页可以比较：{'、'.join(able) or '–'}"
        )
    return RANKINGS[parts[0]], ORDER in parts


def worth(asked: Asked, answer: Answer, guess: Guess) -> float:
    """Of one of them, or of their order."""
    return (ordered if asked.form == "order" else chosen)(asked, answer, guess)


KIND = Kind(name=Words("Compare the values", "比较数值"), offered=offered, asked=asked, answered=answered, worth=worth)
