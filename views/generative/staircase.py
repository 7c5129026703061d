"""The 0–1 loss as a surface: steps, on which no rule moves, beside the cross-entropy of the same model."""

from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.measures.level_lines import at_heights
from engine.measures.zero_one import LOSSES, RATES, WINDOW, Race, heights, races
from optimizers import OPTIMIZERS
from settings.generative import Generative
from views.controls.fields import group, number_field
from views.generative.idea import Idea, Table, beside, grip, written
from views.kit.charts import (
    Axis,
    Chart,
    Series,
    heat,
    lane_line,
    line,
    marks,
    rule,
    running,
    variant_line,
)
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, say, text
from views.session.played import play

STEPS = 200
NODES = {"zero_one": 481, "cross_entropy": 121}  # along each axis: a staircase has edges
LEVELS = 14  # lines on the smooth one
HEIGHT = 380
CUT = 401  # points of a cut
BEYOND = 1.7  # times the window: one scale on both axes shows some more
NUMBERS = {rule: place for place, rule in enumerate(RATES)}


class Ground(NamedTuple):
    """A loss at the nodes of the picture."""

    heights: Floats  # (ny, nx)
    slopes: Floats  # (ny, nx), ‖∇L‖
    lines: list[Floats]  # level lines


@cache
def ground(loss: str) -> Ground:
    """The examples are always the same, and so is this."""
    across, up = (np.linspace(BEYOND * low, BEYOND * high, NODES[loss]) for low, high in WINDOW)
    nodes = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    values, slopes = (column.reshape(NODES[loss], NODES[loss]) for column in heights(loss, nodes))
    levels = np.linspace(values.min(), values.max(), LEVELS + 2)[1:-1] ** 2 / values.max()
    return Ground(values, slopes, at_heights(values, across, up, levels) if loss == "cross_entropy" else [])


@lru_cache(maxsize=32)
def _races(start: tuple[float, float], factor: float) -> list[Race]:
    return races(start, factor, STEPS)


def sheet(asked: Generative) -> Sheet:
    found = _races((asked.hill[0], asked.hill[1]), asked.pace)
    return Sheet(
        {f"stairs_{name}": surface(name, found, asked) for name in LOSSES} | {"stairs_cut": cut(found)},
        {"told": Said([told(found)], *heads_and_rows(found))},
    )


def lay(sheet: Sheet) -> None:
    beside(sheet, [f"stairs_{name}" for name in LOSSES])
    with st.container(key="clock_row"):
        play("generative", STEPS)
    tell(sheet, "told")
    beside(sheet, ["stairs_cut"])


def surface(name: str, found: list[Race], asked: Generative) -> Chart:
    """From above, with the path of every rule, and the start to be dragged."""
    under = ground(name)
    (x0, x1), (y0, y1) = WINDOW
    grid = under.heights
    window = [BEYOND * edge for edge in (x0, x1, y0, y1)]
    series: list[Series] = [heat(window, (grid - grid.min()) / np.ptp(grid), grid, under.lines)]
    for race in found:
        path = race.paths[name]
        look = {**lane_line(NUMBERS[race.rule]), "halo": 2.4, "mute": True}
        head: dict[str, Any] = {"name": say(OPTIMIZERS[race.rule].name), "symbol": "circle"}
        series += running(path.params[:, 0], path.params[:, 1], np.arange(STEPS + 1), look, **head)
    w, b = asked.hill
    hover = [text("generative.stairs_start", w=number(w), b=number(b))]
    series.append(marks([w], [b], grips=[grip("hill")], hover=hover, colour="ink", open="paper", size=7, width=2.6))
    axes = Axis("w", low=x0, high=x1), Axis("b", low=y0, high=y1)
    return Chart(*axes, series, HEIGHT, equal=True, title=text(f"generative.stairs_{name}"))


def cut(found: list[Race]) -> Chart:
    """Both losses along the line from the start to where gradient descent ends on the cross-entropy."""
    path = found[0].paths["cross_entropy"].params
    start, way = path[0], path[-1] - path[0]
    shares = np.linspace(-0.4, 1.4, CUT)
    points = start + shares[:, None] * way
    series = [
        line(shares, heights(name, points)[0], text(f"generative.stairs_{name}"), **variant_line(place))
        for place, name in enumerate(LOSSES)
    ]
    axes = Axis(text("generative.stairs_along")), Axis(text("generative.stairs_height"), low=0.0)
    return Chart(*axes, [*series, rule(0.0, upright=True)], 260, title=text("generative.stairs_cut"))


def told(found: list[Race]) -> str:
    """How much of the ground is level, and how far the rules have come."""
    slopes = ground("zero_one").slopes
    moved = max(race.moved("zero_one") for race in found)
    level = 100 * np.mean(slopes == 0)
    return text(
        "generative.stairs_told", level=number(float(level)), nodes=slopes.size, moved=number(moved), steps=STEPS
    )


def heads_and_rows(found: list[Race]) -> tuple[list[str], list[list[str]]]:
    heads = [
        text(f"generative.stairs_column_{name}")
        for name in ("rule", "rate", "moved", "stuck", "other", "after", "wrong")
    ]
    return heads, [
        [
            say(OPTIMIZERS[race.rule].name),
            number(float(race.paths["zero_one"].learning_rate[0])),
            number(race.moved("zero_one")),
            number(float(race.paths["zero_one"].loss[-1])),
            number(race.moved("cross_entropy")),
            number(float(race.paths["cross_entropy"].loss[-1])),
            number(wrong_after(race)),
        ]
        for race in found
    ]


def wrong_after(race: Race) -> float:
    """The 0–1 loss where descent on the cross-entropy has ended."""
    return float(heights("zero_one", race.paths["cross_entropy"].params[-1:])[0][0])


def groups(asked: Generative) -> list[dict[str, Any]]:
    return [group("pace", [number_field("pace", asked.pace, text("generative.pace"), text("generative.pace_hint"))])]


def formulas() -> list[str]:
    return [
        r"L_{01}(w,b)=\frac1n\sum_n\delta\bigl([w x^n+b>0]\neq\hat y^n\bigr),\qquad"
        r"\nabla L_{01}=0\quad(w x^n+b\neq 0)",
        r"L(w,b)=\frac1n\sum_n\ln\bigl(1+e^{-(2\hat y^n-1)(w x^n+b)}\bigr)",
    ]


def script(asked: Generative) -> str:
    return f'''"""The 0-1 loss, on which nothing descends, from Descent Lab; run it in its folder."""

from engine.measures.level_lines import at_heights
from engine.measures.zero_one import races

for race in races({written(asked.hill)}, {asked.pace}, {STEPS}):
    print(race.rule, {{loss: (race.moved(loss), path.loss[-1]) for loss, path in race.paths.items()}})
'''


def rows_of(asked: Generative) -> Table:
    found = _races((asked.hill[0], asked.hill[1]), asked.pace)
    rows = [
        [race.rule, name, step, *path.params[step], path.loss[step], path.gradient_norm[step]]
        for race in found
        for name, path in race.paths.items()
        for step in range(STEPS + 1)
    ]
    return ["optimizer", "loss", "step", "w", "b", "value", "gradient_norm"], rows


IDEA = Idea(sheet, lay, groups, formulas, script, rows_of)
