"""The race itself: rates are chosen on some starts and seeds, and every rule is judged on others at the one chosen.

Nobody is helped by luck twice: a rate that only happened to suit the starts it was chosen on does not on the others.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from engine import xla
from engine.arrays import Floats
from engine.networks.spread import quarters
from engine.races import tuner
from engine.races.scores import Ranking, difference, ordinals, profile, ranked
from engine.races.tuner import Ends, above
from engine.races.value import NOISES, SCORING, WORKERS, FairRace
from engine.surfaces.arrival import at_minimum
from engine.surfaces.descent import Descent, Trajectory, descending
from engine.threads import finishing

POINTS = 129  # of a curve over the evaluations
WORKING = 2.0  # times the best loss: rates that get so low work
CROWD = 16  # runs that are judged in one go, if there is no noise of their own
PULSE = 0.04  # seconds between two reports
FACTORS = np.geomspace(1, 64, 121)  # of a performance profile


class Tried(NamedTuple):
    """What choosing a rate has found, of R rates; nan is still to come."""

    rates: Floats  # (R,)
    above: Floats  # (R, 3), a quarter, the middle and three quarters of the losses at the end, above the known lowest
    reached: Floats  # (R,), step at which the middle run is within the tolerance; infinite if it never is
    lost: Floats  # (R,), share of runs that diverged
    middle_run: Floats  # (R,), which start's loss is the middle one
    place: int  # of the chosen one; -1 if every rate loses more than half of its runs
    working: tuple[int, int]  # the first and the last place around it with no more than WORKING times its loss


class Scored(NamedTuple):
    """The runs at the chosen rate, from N starts."""

    rate: float
    curves: Floats  # (N, POINTS), loss above the known lowest at ``at``; infinite where it is lost
    above: Floats  # (N,), at the end of the budget
    solved: Floats  # (N,), whether the end is at a known minimum, in place and in loss
    solved_at: Floats  # (N,), evaluations until the loss is within the tolerance, of solved runs; else infinite
    lost: Floats  # (N,), whether it diverged
    turning: Floats  # (N,), the mean angle between two steps in degrees; nan of a path that stands still


class Raced(NamedTuple):
    """What came out."""

    at: Floats  # (POINTS,), gradient evaluations
    tried: tuple[Tried, ...]
    scored: tuple[Scored, ...]  # none until all rates are chosen
    ranking: Ranking | None


class Suite(NamedTuple):
    """The same race on several surfaces."""

    raced: tuple[Raced, ...]
    ranking: Ranking | None
    profile: Floats  # (K, F), over FACTORS


def racing(race: FairRace) -> Iterator[tuple[float, Raced | None]]:
    """Run it: every now and then the share that is done, and what is known; None while the first programs are made."""
    lanes = race.lanes
    jobs = list(tuner.jobs(race)) if race.tuned else []
    ends = [nothing(race.rates_of(lane), race.starts) for lane in lanes]
    half = 0.5 if jobs else 0.0  # of the way is done when the rates are chosen
    done, at = 0, np.unique(np.linspace(0, race.budget, POINTS).round())
    for ready in finishing(lambda job: tuner.tried(race, *job), jobs, WORKERS, PULSE):
        for (lane, noise), found in ready:
            for rows, more in zip(ends[lane], found, strict=True):
                rows[:, tuner.starts_of(race, noise)] = more
        done += len(ready)
        yield half * done / len(jobs), Raced(at, _chosen(race, ends), (), None) if done else None
    tried = _chosen(race, ends)
    rates = [float(each.rates[each.place]) if each.place >= 0 else float(each.rates[0]) for each in tried]
    runs: dict[tuple[int, int], _Run] = {}
    crowds = [(lane, crowd) for crowd in crowds_of(race) for lane in range(len(lanes))]
    whole = race.starts * len(lanes)
    for group in finishing(lambda job: _judged(race, job[0], rates[job[0]], job[1], at), crowds, WORKERS, PULSE):
        runs |= {(lane, start): run for (lane, crowd), found in group for start, run in zip(crowd, found, strict=True)}
        there = Raced(at, tried, (), None) if runs or half else None
        yield half + (1 - half) * len(runs) / whole, there
    scored = tuple(
        _scored(race, rates[lane], [runs[lane, start] for start in range(race.starts)]) for lane in range(len(lanes))
    )
    xla.note(race.compiles)
    yield 1.0, Raced(at, tried, scored, _ranking(race, scored))


def fair_race(race: FairRace) -> Raced:
    """Run it to its end.

    Raises:
        ValueError: for a race that cannot be run, see ``FairRace.trouble``.
    """
    if race.trouble:
        raise ValueError(f"no fair race: {race.trouble}")
    *_, (_, raced) = racing(race)
    assert raced
    return raced


def prepare(race: FairRace) -> None:
    """Compile what the race runs: as little of it as there can be."""
    least = replace(race, experiment=replace(race.experiment, steps=2), rates=1, starts=NOISES)
    if race.surfaces:
        fair_suite(least)
    else:
        fair_race(least)


def _chosen(race: FairRace, ends: list[Ends]) -> tuple[Tried, ...]:
    rates = map(race.rates_of, race.lanes)
    if not race.tuned:
        return tuple(map(untried, rates))
    return tuple(chosen(own, each, race.tolerance) for own, each in zip(rates, ends, strict=True))


def nothing(rates: Floats, starts: int) -> Ends:
    return Ends(*(np.full((len(rates), starts), np.nan) for _ in Ends._fields))


def untried(rates: Floats) -> Tried:
    """Of a rule that is not tuned."""
    none = np.full(1, np.nan)
    return Tried(rates, np.full((1, 3), np.nan), none, none, np.zeros(1), 0, (0, 0))


def chosen(rates: Floats, ends: Ends, tolerance: float) -> Tried:
    """The rate with the lowest middle loss at the end, all within the tolerance being as good; of those the one whose
    middle run is there first."""
    known = ~np.isnan(ends.above).any(axis=1)
    middle = np.full((3, len(rates)), np.nan)
    at, lost = np.full(len(rates), np.nan), np.full(len(rates), np.nan)
    if known.any():
        middle[:, known] = quarters(ends.above[known].T)
        at[known] = quarters(np.where(ends.above <= tolerance, ends.reached, np.inf)[known].T)[1]
        lost[known] = ends.lost[known].mean(axis=1)
    run = np.argsort(ends.above, axis=1, kind="stable")[:, ends.above.shape[1] // 2].astype(float)
    floored = np.maximum(middle[1], tolerance)
    order = np.lexsort((np.nan_to_num(at, nan=np.inf), np.nan_to_num(floored, nan=np.inf)))
    best = int(order[0])
    if not np.isfinite(floored[best]):
        return Tried(rates, middle.T, at, lost, run, -1, (-1, -1))
    works = floored <= WORKING * floored[best]
    low = best - int(np.argmin(np.append(works[best::-1], False))) + 1
    high = best + int(np.argmin(np.append(works[best:], False))) - 1
    return Tried(rates, middle.T, at, lost, run, best, (low, high))


class _Run(NamedTuple):
    curve: Floats
    end: Floats
    above: float
    low_at: float
    lost: bool
    turning: float


def crowds_of(race: FairRace) -> Iterator[range]:
    """Starts that are judged in one go: those that see the same noise."""
    many = 1 if race.noisy else CROWD
    return (range(first, min(first + many, race.starts)) for first in range(0, race.starts, many))


def _judged(race: FairRace, lane: int, rate: float, crowd: range, at: Floats) -> list[_Run]:
    """Some of its runs, each as Compare shows it, up to its budget."""
    racer, own, draw = race.lanes[lane], race.experiment, race.draw(SCORING)
    starts = draw.starts[[*crowd, *crowd][: max(len(crowd), 2)]]  # of a single one there is another program
    descent = Descent(
        own.surface, racer.rule, starts, race.budget,
        racer.optimizer.with_values(learning_rate=rate).numbers, own.landscape.numbers, racer.timetable,
        racer.schedule.numbers, own.noise, draw.seeds[crowd.start],
    )  # fmt: skip
    *_, (_, paths) = descending(descent)
    assert paths is not None
    return [_judged_run(race, paths.of_start(number), at) for number in range(len(crowd))]


def _judged_run(race: FairRace, path: Trajectory, at: Floats) -> _Run:
    assert path.evaluations is not None
    with np.errstate(over="ignore", invalid="ignore"):
        spent = np.append(0.0, np.cumsum(np.nan_to_num(path.evaluations, nan=1.0)))
    last = int(np.searchsorted(spent, race.budget, "right")) - 1
    gone = np.arange(len(spent)) >= (path.diverged_at if path.diverged_at >= 0 else np.inf)
    heights = above(path.loss, gone, race.low)
    low = np.flatnonzero(heights[: last + 1] <= race.tolerance)
    return _Run(
        curve=heights[np.searchsorted(spent, at, "right") - 1],
        end=path.params[last],
        above=float(heights[last]),
        low_at=float(spent[low[0]]) if len(low) else np.inf,
        lost=bool(gone[last]),
        turning=turning(path, last),
    )


def turning(path: Trajectory, last: int) -> float:
    """The mean angle between a step and the next one, in degrees: 0 of a straight path, 90 of steps that know nothing
    of each other, 180 of one that goes back and forth. It depends on no scale, neither of the surface nor of η."""
    assert path.step is not None
    steps = path.step[: min(last, path.diverged_at) if path.diverged_at >= 0 else last]
    length = np.linalg.norm(steps, axis=1)
    unit = steps[length > 0] / length[length > 0, None]
    if len(unit) < 2:
        return np.nan
    cosines = np.clip((unit[1:] * unit[:-1]).sum(axis=1), -1, 1)
    return float(np.degrees(np.arccos(cosines)).mean())


def _scored(race: FairRace, rate: float, runs: list[_Run]) -> Scored:
    own = race.experiment
    heights = np.array([run.above for run in runs])
    ends = np.array([run.end for run in runs])
    solved = np.zeros(len(runs), bool)
    low = heights <= own.tolerance
    if low.any():
        knobs = own.landscape.numbers
        minima = np.asarray(own.surface.minima_at(**knobs), dtype=float).reshape(-1, own.surface.dimension)
        solved[low] = at_minimum(own.surface, ends[low], minima, knobs)
    return Scored(
        rate=rate,
        curves=np.array([run.curve for run in runs]),
        above=heights,
        solved=solved.astype(float),
        solved_at=np.where(solved, [run.low_at for run in runs], np.inf),
        lost=np.array([float(run.lost) for run in runs]),
        turning=np.array([run.turning for run in runs]),
    )


def _ranking(race: FairRace, scored: tuple[Scored, ...]) -> Ranking:
    return ranked(places(race, scored))


def places(race: FairRace, scored: tuple[Scored, ...]) -> Any:
    """The places of all runs from each start, (K, N)."""
    return ordinals([each.above for each in scored], [each.solved_at for each in scored], race.experiment.tolerance)


def smoother(raced: Raced, one: int, other: int) -> Floats:
    """By how many degrees the paths of one turn more than those of another from the same starts under the same noise,
    and the interval of that, (3,)."""
    return difference(raced.scored[one].turning, raced.scored[other].turning)


# ---- several surfaces ------------------------------------------------------------------------------------------------


def racing_suite(race: FairRace) -> Iterator[tuple[float, Suite | None]]:
    """The race on each of its surfaces. Starts are drawn again within each surface: what is decided holds on these."""
    parts: list[Raced] = []
    for number, part in enumerate(race.parts):
        raced = None
        for share, raced in racing(part):
            there = Suite(tuple(parts), None, np.zeros((0, len(FACTORS)))) if raced or parts else None
            yield (number + share) / len(race.surfaces), there
        assert raced
        parts.append(raced)
    columns = [places(part, raced.scored) for part, raced in zip(race.parts, parts, strict=True)]
    at = np.concatenate([[one.solved_at for one in raced.scored] for raced in parts], axis=1)
    ranking = ranked(np.concatenate(columns, axis=1), np.repeat(np.arange(len(parts)), race.starts))
    yield 1.0, Suite(tuple(parts), ranking, profile(at, FACTORS))


def fair_suite(race: FairRace) -> Suite:
    """Run it to its end.

    Raises:
        ValueError: for a race that cannot be run, see ``FairRace.trouble``.
    """
    if race.trouble:
        raise ValueError(f"no fair race: {race.trouble}")
    *_, (_, found) = racing_suite(race)
    assert found
    return found


# ---- as text ---------------------------------------------------------------------------------------------------------

HEAD = ["rule", "learning_rate", "works_from", "works_to", "final_low", "final_middle", "final_high", "solved", "lost",
        "turning", "score", "score_low", "score_high", "best_place", "worst_place"]  # fmt: skip


def table(race: Any, found: Raced | Suite) -> list[list[Any]]:
    """A head, and a row for each rule, by its score."""
    assert found.ranking
    many = isinstance(found, Suite)
    rows: list[list[Any]] = [["rule", *race.surfaces, *HEAD[-5:]] if many else HEAD]
    for number in found.ranking.order.tolist():
        ranks = [float(found.ranking.score[number]), *map(float, found.ranking.interval[number])]
        own = solved(found, number) if isinstance(found, Suite) else _own(found, number)
        rows.append([race.lanes[number].optimizer.name, *own, *ranks, *found.ranking.place(number)])
    return rows


def solved(found: Suite, lane: int) -> list[float]:
    """The share of runs that a rule solves, of every surface."""
    return [float(raced.scored[lane].solved.mean()) for raced in found.raced]


def _own(raced: Raced, lane: int) -> list[float]:
    tried, scored = raced.tried[lane], raced.scored[lane]
    ends = [float(tried.rates[place]) for place in tried.working] if tried.place >= 0 else [np.nan, np.nan]
    turns = scored.turning[np.isfinite(scored.turning)]
    shares = [float(scored.solved.mean()), float(scored.lost.mean())]
    return [
        scored.rate,
        *ends,
        *map(float, quarters(scored.above)),
        *shares,
        float(turns.mean()) if len(turns) else np.nan,
    ]


def printed(race: Any, found: Raced | Suite) -> str:
    """The table as text."""
    lines = [[f"{cell:.6g}" if isinstance(cell, float) else str(cell) for cell in row] for row in table(race, found)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
