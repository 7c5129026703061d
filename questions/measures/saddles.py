"""Minima or saddles: what kind of critical points networks are brought to."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from datasets import DATASETS
from engine.measures.minimum_ratio import Critical, Search, by_width, critical_networks, ratios
from lessons.base import Stage
from questions.base import Choice
from questions.measures.base import PER_CENT, Number, Ranking, Told, on
from records import Words
from settings.saddles import START, Saddles


@lru_cache(maxsize=4)
def _found(search: Search) -> Critical:
    *_, found = critical_networks(search)
    return found


def _critical(stage: Stage, asked: Saddles) -> Critical:
    assert stage.net is not None
    alike = replace(
        stage.net, width=1, dropout=0.0, batch=0, seeds=1, lanes=START.lanes, plane=START.plane, view=START.view,
        ground=START.ground,
    )  # fmt: skip
    return _found(Search(alike, _widths(asked), int(asked.networks), asked.polish))


def _widths(asked: Saddles) -> tuple[int, ...]:
    return tuple(sorted(map(int, asked.widths)))


def _minima(stage: Stage, asked: Saddles) -> list[float]:
    """Of each width the per cent of the critical points without a negative eigenvalue."""
    critical = _critical(stage, asked)
    rows = {each.width: each for each in by_width(critical, ratios(critical, 10.0**asked.zero))}
    return [
        100 * rows[width].minima / rows[width].critical if rows[width].critical else np.nan for width in _widths(asked)
    ]


def _zeros(stage: Stage, asked: Saddles) -> tuple[float | None, Told]:
    critical = _critical(stage, asked)
    at = critical.kind == "critical"
    zero = at & (ratios(critical, 10.0**asked.zero).zero > 0)
    many, among = int(zero.sum()), int(at.sum())
    return (100 * many / among if among else None), {"many": many, "all": among}


def _told(stage: Stage, asked: Saddles) -> Told:
    assert stage.net is not None
    return {"data": DATASETS[stage.net.data.name].name, "networks": asked.networks}


NUMBERS = {
    "zeros": Number(
        on(Saddles),
        Words("{data}: {networks} networks are brought to ‖g‖ = 0. At how many per cent of the critical points "
              "does an eigenvalue count as 0?",
              "{data}：把 {networks} 个网络带到 ‖g‖ = 0 处。百分之几的临界点有特征值算作 0？"),
        Words("At {many} of {all}.", "{all} 个里有 {many} 个。"), PER_CENT, _zeros,
        _told, lacks=True,
    ),
}  # fmt: skip
RANKINGS = {
    "minima_by_width": Ranking(
        on(Saddles),
        Words("{data}: {networks} networks are brought to ‖g‖ = 0. Which width has the largest share of minima "
              "among its critical points (no eigenvalue negative)?",
              "{data}：把 {networks} 个网络带到 ‖g‖ = 0 处。哪种宽度的临界点里，极小（没有负特征值）的比例最大？"),
        Words("Order the widths by the share of minima among their critical points, the smallest first.",
              "按临界点里极小的比例，把各宽度从小到大排序。"),
        Words("Without a negative eigenvalue: {list}.", "没有负特征值的：{list}。"),
        lambda _, asked: tuple(
            Choice(str(width), Words(f"width {width}", f"宽度 {width}")) for width in _widths(asked)
        ),
        _minima, high=True, unit=" %", told=_told,
    ),
}  # fmt: skip
