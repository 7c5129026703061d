"""Fair race: who is ahead once every rule has its own best rate, and whether that is more than chance."""

from functools import lru_cache

import numpy as np

from engine.races.run import Raced, Suite, fair_race, fair_suite
from engine.races.value import FairRace, with_always
from lessons.base import Stage
from questions.base import Choice, short
from questions.measures.base import Pick, Ranking, Told, on
from records import Words
from settings.fair import Fair

UNDECIDED = Choice("undecided", Words("Nobody beyond chance", "谁也不明确领先"))
SURFACES = on(Fair, fair_over=("surface", "suite"))


def _race(stage: Stage, asked: Fair) -> FairRace:
    assert stage.experiment is not None
    surfaces = asked.fair_suite if asked.fair_over == "suite" else ()
    race = with_always(stage.experiment)
    return FairRace(race, asked.fair_rates, asked.fair_starts, asked.fair_tuned, surfaces)


@lru_cache(maxsize=4)
def _raced(race: FairRace) -> Raced | Suite:
    return fair_suite(race) if race.surfaces else fair_race(race)


def _parts(race: FairRace) -> tuple[Raced, ...]:
    found = _raced(race)
    return found.raced if isinstance(found, Suite) else (found,)


def _rules(stage: Stage, asked: Fair) -> tuple[Choice, ...]:
    return tuple(Choice(str(number), lane.rule.name) for number, lane in enumerate(_race(stage, asked).lanes))


def _first(stage: Stage, asked: Fair) -> tuple[list[str], Told]:
    race = _race(stage, asked)
    ranking = _raced(race).ranking
    assert ranking is not None
    best, *others = ranking.order.tolist()
    ahead = all(ranking.decided[best, other] for other in others)
    names = [lane.rule.name for lane in race.lanes]
    told = [(names[each], short(100 * float(ranking.score[each]))) for each in (best, *others)]
    scores = Words(
        ", ".join(f"{name} {score} %" for name, score in told),
        "、".join(f"{name.zh} {{score}}%" for name, score in told),
    )
    return [str(best) if ahead else UNDECIDED.key], {"scores": scores}


def _solved(stage: Stage, asked: Fair) -> list[float]:
    race = _race(stage, asked)
    shares = [[float(one.solved.mean()) for one in raced.scored] for raced in _parts(race)]
    return (100 * np.mean(shares, axis=0)).tolist()


def _turning(stage: Stage, asked: Fair) -> list[float]:
    (raced,) = _parts(_race(stage, asked))
    turns = [one.turning[np.isfinite(one.turning)] for one in raced.scored]
    return [float(each.mean()) if len(each) else np.nan for each in turns]


def _told(stage: Stage, asked: Fair) -> Told:
    rates = {
        True: Words("every rule at its own best rate", "每个规则都用自己的最佳学习率"),
        False: Words("nobody's rate tuned", "谁的学习率都没有调"),
    }
    return {"starts": asked.fair_starts, "rates": rates[asked.fair_tuned]}


PICKS = {
    "fair_first": Pick(
        SURFACES,
        Words("{starts} starts, {rates}: whose runs are ahead of every other rule's, beyond chance?",
              "{starts} 个起点，{rates}：谁的运行明确领先于其他每一个规则（不是偶然）？"),
        Words("Share of the others' runs that each is ahead of: {scores}.", "各自领先于他人运行的比例：{scores}。"),
        lambda stage, asked: (*_rules(stage, asked), UNDECIDED), _first, _told,
    ),
}  # fmt: skip
RANKINGS = {
    "fair_solved": Ranking(
        SURFACES,
        Words("{starts} starts, {rates}: who ends at a minimum from most of them?",
              "{starts} 个起点，{rates}：谁从最多的起点走到最小值？"),
        Words("{starts} starts, {rates}: order by how many end at a minimum, the fewest first.",
              "{starts} 个起点，{rates}：按走到最小值的起点数排序，少的在前。"),
        Words("At a minimum in the end: {list}.", "最后在最小值处的：{list}。"),
        _rules, _solved, high=True, unit=" %", told=_told,
    ),
    "turning": Ranking(
        on(Fair, fair_over="surface"),
        Words("{starts} starts, {rates}: whose path turns least from one step to the next, on average?",
              "{starts} 个起点，{rates}：谁的路径平均每步转弯最小？"),
        Words("{starts} starts, {rates}: order by the mean angle between two steps, the smoothest first.",
              "{starts} 个起点，{rates}：按相邻两步的平均夹角排序，最平顺的在前。"),
        Words("Mean angle between two steps: {list}.", "相邻两步的平均夹角：{list}。"),
        _rules, _turning, unit="°", told=_told,
    ),
}  # fmt: skip
