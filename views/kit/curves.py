"""Curves over the clock as they are sent: their columns, how their axes are drawn, and, by themselves, their words."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from curves.base import Curve, Learner, Run
from engine.arrays import Floats
from engine.networks.spread import quarters
from engine.surfaces.stability import crossings
from engine.surfaces.thinning import Steps, between
from views.kit.wire import coarse

DECADES = 30  # between the first values of two lanes: then an axis that may be logarithmic is
ENDS = ("least", "most")

Table = dict[str, list[NDArray[Any]]]


class Cell(TypedDict):
    """A column of the table at the clock: which columns it prints."""

    name: str
    columns: list[str]
    share: bool
    rows: str


class Charted(TypedDict):
    """A curve as chart.js draws it; the columns of a lane that it names are called so, "" where there is none."""

    name: str
    chart: str
    rows: str
    log: bool
    above: bool  # whether a logarithmic axis counts from the lowest known value
    slack: float | None  # how much lower than that is rounding; None where only the lowest seen is known
    signed: bool
    beside: str
    limit: str
    events: bool
    each: bool  # whether it has a column for each coordinate


def charted(
    curves: Mapping[str, Curve], tables: Sequence[Table] = (), slack: float | None = None, bounded: bool = True,
    missing: Collection[str] = (),
) -> list[Charted]:  # fmt: skip
    """How curves are drawn. tables: of the lanes, for what depends on where they begin; slack, bounded: see Charted,
    and whether "above the lowest" means anything; missing: columns that are not there."""
    return [
        {
            "name": name,
            "chart": curve.chart,
            "rows": curve.rows,
            "log": _is_log(curve, [float(table[name][0][0]) for table in tables if name in table], bounded),
            "above": bool(curve.above),
            "slack": slack if curve.above else None,
            "signed": curve.signed,
            "beside": curve.beside.key if curve.beside and curve.beside.key not in missing else "",
            "limit": curve.limit.key if curve.limit else "",
            "events": curve.events,
            "each": curve.each,
        }
        for name, curve in curves.items()
        if curve.chart and name not in missing
    ]


def _is_log(curve: Curve, firsts: Sequence[float], bounded: bool) -> bool:
    if curve.log is None:
        return bool(firsts) and min(firsts) > 0 and max(firsts) > DECADES * min(firsts)
    return curve.log and (bounded or not curve.above)


def cells(curves: Mapping[str, Curve], missing: Collection[str] = ()) -> list[Cell]:
    """What the table at the clock has columns for; a second line without a cell of its own stands in the first's."""
    made: list[Cell] = []
    for name, curve in curves.items():
        for key, line in curve.lines(name).items():
            if line.cell and key not in missing:
                made.append({"name": key, "columns": [key], "share": curve.share, "rows": curve.rows})
            elif made and made[-1]["name"] == name and key not in missing:
                made[-1]["columns"].append(key)
    return made


# ---- columns ---------------------------------------------------------------------------------------------------------


def run_columns(
    run: Run, kept: Steps, curves: Mapping[str, Curve], zero: float = 0.0
) -> tuple[Table, dict[str, list[int]]]:
    """What is drawn of a run at the kept steps, and how far it goes in between; and of each curve with a limit the
    steps at which it goes above it, at most one between two kept ones. Where it counts from ``zero``, that too, if it
    is not 0: after the way to the page the digits above it would be lost."""
    table: Table = {}
    crossed: dict[str, list[int]] = {}
    for name, curve in curves.items():
        lines = {key: at_all(line.of(run), len(run.trajectory.loss)) for key, line in curve.lines(name).items()}
        if curve.limit:
            above = crossings(lines[name], lines[curve.limit.key])
            first = np.unique(np.searchsorted(kept, above), return_index=True)[1]
            crossed[name] = above[first].tolist()
        if curve.above and zero:
            lines[f"{name}_above"] = lines[name] - zero
        groups = {key: list(values.T) if curve.each else [values] for key, values in lines.items()}
        part = {key: [values[kept] for values in group] for key, group in groups.items()} | reaches(groups, kept)
        exact = curve.above or curve.exact
        table |= part if exact else {key: [coarse(values) for values in group] for key, group in part.items()}
    return table, crossed


def at_all(values: Floats, rows: int) -> Floats:
    """Of each step, the last one, which moves nowhere, like the one before."""
    return values if len(values) == rows else np.append(values, values[-1:], axis=0)


def reaches(curves: Mapping[str, Sequence[Floats]], kept: Steps) -> Table:
    """How far curves go from each kept step to the next; nothing where no step is left out."""
    if len(kept) > kept[-1]:
        return {}
    return {
        f"{name}_{end}": list(values)
        for name, group in curves.items()
        for end, values in zip(ENDS, zip(*(between(curve, kept) for curve in group), strict=True), strict=True)
    }


def trained_columns(learner: Learner, curves: Mapping[str, Curve]) -> Table:
    """What is drawn of a training at all rows of its record: medians over the seeds and, for several, the quarters
    around them; and what is printed, in percent where that is said."""
    table: Table = {}
    for name, curve in curves.items():
        for key, line in curve.lines(name).items():
            seeds = np.atleast_2d(line.of(learner))
            low, middle, high = quarters(seeds, 0.0 if curve.share else np.inf)
            table[key] = [coarse(middle)]
            if line.cell:
                table[f"{key}_told"] = [100 * middle if curve.share else middle]
            if len(seeds) > 1 and curve.quartiles:
                table |= {f"{key}_low": [coarse(low)], f"{key}_high": [coarse(high)]}
    return table


def plain_columns(learner: Learner, curves: Mapping[str, Curve]) -> Table:
    """What is drawn and printed where there is one value at each row."""
    table: Table = {}
    for name, curve in curves.items():
        for key, line in curve.lines(name).items():
            values = line.of(learner)
            table |= {key: [values], f"{key}_told": [values]}
    return table


def crossed(learner: Learner, curves: Mapping[str, Curve], steps: NDArray[np.int64]) -> dict[str, list[int]]:
    """Of each curve with a limit the steps at which it goes above it; ``steps``: of the rows."""
    return {
        name: steps[crossings(curve.of(learner), curve.limit.of(learner))].tolist()
        for name, curve in curves.items()
        if curve.limit
    }


def at_rows(curves: Mapping[str, Curve], rows: str) -> dict[str, Curve]:
    """Those that have a value at the rows of that name."""
    return {name: curve for name, curve in curves.items() if curve.rows == rows}
