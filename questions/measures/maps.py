"""Maps: how much of a map diverges or arrives, where it is best, and who wins it; on a coarser grid than is drawn."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.maps.axes import Axis
from engine.maps.grid import Map, Seen, seen
from engine.maps.measures import MEASURES
from engine.maps.trained import TrainingMap
from engine.surfaces.many import Ends
from lessons.base import Stage
from questions.base import NO, YES, Choice, lane, short
from questions.measures.base import PER_CENT, Fits, Number, Pick, Ranking, Told, on, scale
from questions.runs import shown_in
from records import Words
from settings.maps import Maps

SIDE = 64  # cells along each side
ALONE = 1.25  # two learning rates that are so close count as one: a cell of most maps
TIE = Choice("tie", Words("a tie (equal to rounding)", "平局（舍入误差之内相同）"))


def _map(stage: Stage, asked: Maps) -> Map:
    assert stage.experiment is not None
    return Map(stage.experiment, asked.across, asked.up, asked.zoom, SIDE)


@lru_cache(maxsize=8)
def _seen(of: Map | TrainingMap) -> Seen:
    return seen(of)


def _axes(stage: Stage, asked: Maps) -> tuple[Axis, Axis]:
    return _map(stage, asked).axes


def _whose(stage: Stage, asked: Maps) -> int:
    """The place among the shown lanes of the one that is looked at; of several side by side the last."""
    assert stage.experiment is not None
    return (asked.whose or len(shown_in(stage.experiment))) - 1


def _ends(stage: Stage, asked: Maps) -> Ends:
    return _seen(_map(stage, asked)).ends[_whose(stage, asked)]


def _trainings(stage: Stage, asked: Maps) -> TrainingMap:
    assert stage.net is not None
    return TrainingMap(stage.net, asked.across, asked.up, asked.zoom, SIDE, asked.output)


def _trained(stage: Stage, asked: Maps) -> tuple[float, Told]:
    """Of the first lane."""
    converged = _seen(_trainings(stage, asked)).ends[0].trained < 0
    return 100 * float(converged.mean()), {"many": int(converged.sum()), "all": converged.size}


def _learner(stage: Stage, asked: Maps) -> Told:
    of = _trainings(stage, asked)
    return {"who": lane(of.lanes[0]), "steps": of.steps}


def _who(stage: Stage, asked: Maps) -> Told:
    assert stage.experiment is not None
    across, up = _axes(stage, asked)
    return {
        "who": lane(shown_in(stage.experiment)[_whose(stage, asked)]), "across": across.symbol, "up": up.symbol,
        "steps": stage.experiment.steps, "low": short(_map(stage, asked).lattice.shown[0]),
        "high": short(_map(stage, asked).lattice.shown[1]),
    }  # fmt: skip


def _lost(stage: Stage, asked: Maps) -> tuple[float, Told]:
    lost = _ends(stage, asked).diverged_at >= 0
    return 100 * float(lost.mean()), {"many": int(lost.sum()), "all": lost.size}


def _landed(stage: Stage, asked: Maps) -> tuple[float, Told]:
    at = _at_minima(stage, asked)[_whose(stage, asked)]
    return 100 * float(at.mean()), {"many": int(at.sum()), "all": at.size}


def _deepest(stage: Stage, asked: Maps) -> tuple[float, Told]:
    at = _at_minima(stage, asked, deepest=True)[_whose(stage, asked)]
    return 100 * float(at.mean()), {"many": int(at.sum()), "all": at.size}


def _at_minima(stage: Stage, asked: Maps, deepest: bool = False) -> NDArray[np.bool_]:
    """Of each lane whether each point ends at a minimum, or at one with the lowest loss of all."""
    found = _seen(_map(stage, asked))
    minima = {number: place.loss for number, place in enumerate(found.places) if place.kind == "minimum"}
    most = min(minima.values(), default=0.0) + found.map.experiment.tolerance if deepest else np.inf
    return np.isin(MEASURES["basin"].of(found), [number for number, loss in minima.items() if loss <= most])


def _shares(stage: Stage, asked: Maps) -> list[float]:
    return [100 * float(at.mean()) for at in _at_minima(stage, asked)]


def _lost_shares(stage: Stage, asked: Maps) -> list[float]:
    return [100 * float((ends.diverged_at >= 0).mean()) for ends in _seen(_map(stage, asked)).ends]


def _best_across(stage: Stage, asked: Maps) -> tuple[float | None, Told]:
    """Where across the map its measure is least, of the lane that is looked at."""
    of = _map(stage, asked)
    found = MEASURES[asked.measure].of(_seen(of))[_whose(stage, asked)]
    if not np.isfinite(found).any():
        return None, {}
    place = int(np.nanargmin(found))
    across, up = (float(values[place]) for values in of.lattice.cells)
    return across, {"least": float(found[place]), "beside": up, "up": _axes(stage, asked)[1].symbol}


def _edges(stage: Stage, asked: Maps) -> Floats:
    """For each start the least learning rate of the map at which it diverges; infinite where none does."""
    lost = (_ends(stage, asked).diverged_at >= 0).reshape(SIDE, SIDE)
    rates = _map(stage, asked).lattice.centres[1]
    return np.where(lost.any(axis=0), rates[lost.argmax(axis=0)], np.inf)


def _depends(stage: Stage, asked: Maps) -> tuple[list[str], Told]:
    edges = _edges(stage, asked)
    low, high = float(edges.min()), float(edges.max())
    return [(YES if high > ALONE * low else NO).key], {"low": low, "high": high}


def _winners(stage: Stage, asked: Maps) -> tuple[Choice, ...]:
    assert stage.experiment is not None
    return (*(Choice(str(number), lane=number) for number in shown_in(stage.experiment)), TIE)


def _won(stage: Stage, asked: Maps) -> list[float]:
    won = MEASURES["winner"].of(_seen(_map(stage, asked)))[0]
    numbers = [-1 if choice is TIE else int(choice.key) for choice in _winners(stage, asked)]
    return [100 * float((won == number).mean()) for number in numbers]


def _of(*measures: str, lanes: int = 1, up: str = "") -> Fits:
    """Maps of surfaces with such a measure and axis up, and so many lanes or more."""

    def fits(stage: Stage) -> bool:
        there = on(Maps, measure=measures)(stage) and stage.experiment is not None
        return there and len(shown_in(stage.experiment)) >= lanes and stage.settings.up.startswith(up)  # type: ignore[attr-defined, arg-type]

    return fits


def _starts(stage: Stage) -> bool:
    """How the rate that diverges depends on the start."""
    return _of("divergence", up="rule.learning_rate")(stage) and stage.settings.across.startswith("start.")  # type: ignore[attr-defined]


def _rates(*measures: str) -> Fits:
    """With learning rates across."""

    def fits(stage: Stage) -> bool:
        there = on(Maps, across="rule.learning_rate")(stage) and not on(Maps, up="none")(stage)
        return there and _of(*measures)(stage)

    return fits


def _lanes(stage: Stage, asked: Maps) -> tuple[Choice, ...]:
    return _winners(stage, asked)[:-1]


NUMBERS = {
    "map_best": Number(
        _rates("steps"),
        Words("At which learning rate does this map of {who} have its fewest steps? It goes from {low} to {high}.",
              "{who} 的这张地图上，学习率是多少时步数最少？范围从 {low} 到 {high}。"),
        Words("{least} steps at η = {truth}, with {up} = {beside} (64 × 64 points).",
              "η = {truth}、{up} = {beside} 时 {least} 步（64 × 64 个点）。"),
        scale(1e-3, 10, "η", log=True), _best_across, _who, lacks=True,
    ),
    "map_lowest": Number(
        _rates("loss"),
        Words("At which learning rate does this map of {who} have its lowest loss? It goes from {low} to {high}.",
              "{who} 的这张地图上，学习率是多少时最终损失最低？范围从 {low} 到 {high}。"),
        Words("{least} at η = {truth}, with {up} = {beside} (64 × 64 points).",
              "η = {truth}、{up} = {beside} 时是 {least}（64 × 64 个点）。"),
        scale(1e-3, 10, "η", log=True), _best_across, _who, lacks=True,
    ),
    "map_landed": Number(
        _of("basin"),
        Words("How many per cent of this map's points end at a minimum within {steps} steps of {who}?",
              "{who} 走 {steps} 步：这张地图上百分之几的点会到达极小值点？"),
        Words("{many} of {all} points.", "{all} 个点里有 {many} 个。"), PER_CENT, _landed, _who,
    ),
    "map_deepest": Number(
        _of("basin"),
        Words("How many per cent of this map's points end at a minimum with the lowest loss of all, within {steps} "
              "steps of {who}?",
              "{who} 走 {steps} 步：这张地图上百分之几的点会到达损失最低的极小值点？"),
        Words("{many} of {all} points.", "{all} 个点里有 {many} 个。"), PER_CENT, _deepest, _who,
    ),
    "map_trained": Number(
        on(Maps, over="network"),
        Words("How many per cent of this map's trainings by {who} converge within {steps} updates?",
              "{steps} 次更新之内，这张地图上 {who} 的训练有百分之几收敛？"),
        Words("{many} of {all} trainings.", "{all} 次训练里有 {many} 次。"), PER_CENT, _trained, _learner,
    ),
    "map_lost": Number(
        _of("basin", "divergence", "steps", "loss"),
        Words("On how many per cent of this map's points does {who} diverge within {steps} steps?",
              "{steps} 步之内，{who} 在这张地图上百分之几的点发散？"),
        Words("On {many} of {all} points.", "{all} 个点里有 {many} 个。"), PER_CENT, _lost, _who,
    ),
}  # fmt: skip
PICKS = {
    "rate_by_start": Pick(
        _starts,
        Words("Does the learning rate from which {who} diverges depend on where it starts on this map?",
              "在这张地图上，让 {who} 发散的学习率与起点有关吗？"),
        Words("The least rate that diverges lies between {low} and {high}, by the start (64 × 64 points).",
              "让它发散的最小学习率，随起点在 {low} 到 {high} 之间（64 × 64 个点）。"),
        lambda stage, asked: (YES, NO), _depends, _who,
    ),
}  # fmt: skip
RANKINGS = {
    "map_winner": Ranking(
        _of("winner"),
        Words("After {steps} gradients: who is lowest on most points of this map?",
              "计算 {steps} 次梯度之后：在这张地图上，谁在最多的点上损失最低？"),
        Words("After {steps} gradients: order by how many points of this map each wins, the fewest first.",
              "计算 {steps} 次梯度之后：按赢得的点数排序，少的在前。"),
        Words("Points won: {list}.", "赢得的点：{list}。"), _winners, _won, high=True, unit=" %", told=_who,
    ),
    "map_basins": Ranking(
        _of("basin", lanes=2),
        Words("Who reaches a minimum from most points of this map within {steps} steps?",
              "{steps} 步之内，谁从这张地图上最多的点到达极小值点？"),
        Words("Order by how many points of this map lead to a minimum, the fewest first.",
              "按通向极小值点的点数排序，少的在前。"),
        Words("Points that end at a minimum: {list}.", "到达极小值点的：{list}。"),
        _lanes, _shares, high=True, unit=" %", told=_who,
    ),
    "map_divergers": Ranking(
        _of("basin", "divergence", lanes=2),
        Words("Who diverges from most points of this map within {steps} steps?",
              "{steps} 步之内，谁从这张地图上最多的点发散？"),
        Words("Order by how many points of this map diverge, the fewest first.", "按发散的点数排序，少的在前。"),
        Words("Points that diverge: {list}.", "发散的：{list}。"),
        _lanes, _lost_shares, high=True, unit=" %", told=_who,
    ),
}  # fmt: skip
