"""What features and weights of a linear model can be: past values, if-conditions, few enough to try them all."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.measures import cases, enumeration
from engine.measures.windows import LONGEST, Windowed, daily_views, windowed
from engine.surfaces.relief import drawn
from settings.normalisation import Normalisation
from views.controls.fields import choice_field, number_field
from views.kit.charts import SYMBOLS, Axis, Chart, draw, heat, line, marks, rule, variant_line
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, text
from views.normalisation import features
from views.session.linked import Asked

TOLD = (1, 7, 28, 56)  # windows of the notes
SEEN = 84  # days of the curve that are shown
DIMENSIONS = range(1, 13)
SHOWN = 6  # examples whose features are written down
SIDE = 61  # points along a side of a map
EDGE = 1.15  # times the grid's reach


class Topic(NamedTuple):
    """A demonstration of features: its sheet, where the parts of that stand, and its fields of the panel."""

    sheet: Callable[[Asked], Sheet]
    lay: Callable[[Sheet], None]
    fields: Callable[[Normalisation], list[dict[str, Any]]]
    below: Callable[[Sheet], None] = lambda sheet: None


def numbers_of(now: Normalisation, *names: tuple[str, str]) -> list[dict[str, Any]]:
    """Sliders, each of a field and what it is called."""
    return [number_field(name, getattr(now, name), text(called), text(called)) for name, called in names]


def put(sheet: Sheet, *keys: str) -> None:
    for key in keys:
        draw(sheet.charts[key], key)


# ---- past values -----------------------------------------------------------------------------------------------------


def _window(asked: Asked) -> Sheet:
    """A7: the error against the window, and the curve that is predicted."""
    now: Normalisation = asked.own
    found = windowed(daily_views(now.days, now.past_noise), now.past)
    heads = [text("normalisation.past"), *map(str, TOLD)]
    rows = [
        [text(f"normalisation.{part}_error"), *(number(float(errors[size - 1])) for size in TOLD)]
        for part, errors in (("train", found.train), ("test", found.test))
    ]
    best = int(np.argmin(found.test)) + 1
    note = text("normalisation.window_note", best=best, least=number(float(found.test[best - 1])))
    charts = {"window_errors": _errors(found, now.past), "days": _days(found, now.past)}
    return Sheet(charts, {"window_told": Said((), heads, rows, note)}, (0, 0))


def _lay_window(sheet: Sheet) -> None:
    left, right = st.columns([2, 3], gap="medium")
    with left:
        put(sheet, "window_errors")
    with right:
        put(sheet, "days")
    tell(sheet, "window_told")


def _window_fields(now: Normalisation) -> list[dict[str, Any]]:
    return numbers_of(now, *((name, f"normalisation.{name}") for name in ("past", "days", "past_noise")))


def _errors(found: Windowed, window: int) -> Chart:
    sizes, series = np.arange(1, LONGEST + 1), []
    for place, (part, errors) in enumerate((("train", found.train), ("test", found.test))):
        look = variant_line(place)
        some = np.array(TOLD)
        series += [
            line(sizes, errors, text(f"normalisation.{part}_error"), **look),
            marks(some, errors[some - 1], colour=look["colour"], symbol=SYMBOLS[place], open="paper", mute=True),
        ]
    series.append(rule(window, upright=True))
    axes = Axis(text("normalisation.past"), low=0, high=LONGEST + 1), Axis(text("normalisation.error_axis"), low=0)
    title = text("normalisation.window_title")
    return Chart(*axes, series, height=300, title=title)


def _days(found: Windowed, window: int) -> Chart:
    days, truth, predicted = (part[-SEEN:] for part in (found.days, found.truth, found.predicted))
    series = [
        line(days, truth, text("normalisation.true_views"), colour="soft", width=2),
        line(days, predicted, text("normalisation.predicted_views", window=window), **variant_line(1)),
    ]
    if found.first_tested > days[0]:
        series.append(rule(found.first_tested, upright=True))
    title = text("normalisation.days_title")
    return Chart(Axis(text("normalisation.day")), Axis(text("normalisation.views")), series, 300, title=title)


# ---- if-conditions ---------------------------------------------------------------------------------------------------


def _cases(asked: Asked) -> Sheet:
    """A9: δ features, the lines that they make, and how wrong each model is."""
    now: Normalisation = asked.own
    given = cases.examples(90, now.cases_noise)
    models = {name: cases.fitted(name, given) for name in cases.MODELS}
    chosen = models[now.cases]
    losses = {
        f"{name}_{part}": number(getattr(each, part)) for name, each in models.items() for part in ("train", "test")
    }
    weights = ", ".join(
        f"{name}: {number(float(weight))}" for name, weight in zip(chosen.names, chosen.weights, strict=True)
    )
    said = {
        "case_features": Said((), *_features_table(given, chosen)),
        "cases_told": Said(note=text("normalisation.cases_note", weights=weights, **losses)),
    }
    return Sheet({"case_lines": _lines(given, chosen)}, said, (0, 0))


def _lay_cases(sheet: Sheet) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        put(sheet, "case_lines")
    with right:
        tell(sheet, "case_features")
    tell(sheet, "cases_told")


def _cases_fields(now: Normalisation) -> list[dict[str, Any]]:
    models = {name: text(f"normalisation.case_{name}") for name in cases.MODELS}
    menu = choice_field("cases", now.cases, text("normalisation.model"), models)
    return [menu, *numbers_of(now, ("cases_noise", "normalisation.cases_noise"))]


def _lines(given: cases.Examples, fitted: cases.Fitted) -> Chart:
    ends, series = np.array([0.0, 4.0]), []
    for kind, (shift, slope) in enumerate(fitted.lines):
        colour = variant_line(kind)["colour"]
        here = given.kind == kind
        name = text("normalisation.kind", kind=kind + 1)
        series += [
            marks(given.x[here], given.y[here], name, colour=colour, symbol=SYMBOLS[kind], open=True),
            line(ends, shift + slope * ends, **variant_line(kind), mute=True),
        ]
    title = text("normalisation.cases_title")
    return Chart(Axis("x"), Axis("y"), series, height=300, title=title)


def _features_table(given: cases.Examples, fitted: cases.Fitted) -> tuple[list[str], list[list[str]]]:
    """Of some examples: what the model is linear in, and what it makes of that."""
    heads = [text("normalisation.kind_head"), *fitted.names, "ŷ", "y"]
    rows = [
        [str(given.kind[row] + 1), *(number(float(value)) for value in (*fitted.features[row], said, given.y[row]))]
        for row, said in enumerate((fitted.features @ fitted.weights)[:SHOWN].tolist())
    ]
    return heads, rows


# ---- enumerate or descend --------------------------------------------------------------------------------------------


def _grid(asked: Asked) -> Sheet:
    """A10: both on one surface of two weights, and what they cost with more."""
    per_axis = asked.own.per_axis
    runs = _raced(per_axis)
    two, last = runs[2], runs[DIMENSIONS[-1]]
    note = text(
        "normalisation.grid_note", points=two.points, best=number(two.best), steps=two.steps,
        lowest=number(two.lowest), most=DIMENSIONS[-1], all=number(float(last.points)), many=last.steps,
    )  # fmt: skip
    charts = {"grid_surface": _tried(two.path, per_axis), "grid_costs": _costs(runs)}
    return Sheet(charts, {"grid_told": Said(note=note)}, (0, 0))


@lru_cache(maxsize=len(range(3, 22)))
def _raced(per_axis: int) -> dict[int, enumeration.Raced]:
    return {d: enumeration.raced(d, per_axis) for d in DIMENSIONS}


def _lay_grid(sheet: Sheet) -> None:
    for column, key in zip(st.columns(2, gap="medium"), sheet.charts, strict=True):
        with column:
            put(sheet, key)
    tell(sheet, "grid_told")


def _grid_fields(now: Normalisation) -> list[dict[str, Any]]:
    return numbers_of(now, ("per_axis", "normalisation.per_axis"))


def _tried(path: Floats, per_axis: int) -> Chart:
    x, y = enumeration.surface(2)
    reach = EDGE * enumeration.REACH
    window, sides = (-reach, reach, -reach, reach), np.linspace(-reach, reach, SIDE)

    def heights(along: Floats, across: Floats) -> Floats:
        places = np.stack(np.meshgrid(along, across), axis=-1)
        return enumeration.losses(x, y, places.reshape(-1, 2)).reshape(places.shape[:2])

    ground = drawn(window, sides, sides, heights, 0.0)
    axis = enumeration.values(per_axis)
    first, second = (part.ravel() for part in np.meshgrid(axis, axis))
    tried = enumeration.losses(x, y, np.stack([first, second], axis=1))
    lowest = int(np.argmin(tried))
    look: dict[str, Any] = {"colour": variant_line(1)["colour"], "width": 3, "halo": 3}
    series = [
        heat(window, ground.colour.share(ground.heights), ground.heights, ground.lines),
        marks(first, second, text("normalisation.tried"), colour="ink", size=2, mute=True),
        marks(
            first[lowest : lowest + 1], second[lowest : lowest + 1], text("normalisation.lowest_tried"),
            symbol="square", open="paper", colour="ink", size=6, width=2,
        ),
        line(path[:, 0], path[:, 1], text("normalisation.descended"), **look, mute=True),
        marks(path[:, 0], path[:, 1], colour=look["colour"], size=3),
    ]  # fmt: skip
    axes = Axis("w₁", low=-reach, high=reach), Axis("w₂", low=-reach, high=reach)
    return Chart(*axes, series, height=380, equal=True, title=text("normalisation.grid_title"))


def _costs(runs: dict[int, enumeration.Raced]) -> Chart:
    dimensions = np.array([*runs])
    points = np.array([float(run.points) for run in runs.values()])
    tried = np.isfinite([run.best for run in runs.values()])
    steps = enumeration.GRADIENT * np.array([float(run.steps) for run in runs.values()])
    series = [
        line(dimensions, points, text("normalisation.cost_grid"), **variant_line(0)),
        marks(dimensions[tried], points[tried], text("normalisation.was_tried"), colour=variant_line(0)["colour"]),
        line(dimensions, steps, text("normalisation.cost_descent"), **variant_line(1)),
        marks(dimensions, steps, colour=variant_line(1)["colour"], symbol="square", mute=True),
    ]
    axes = Axis(text("normalisation.weights"), whole=True), Axis(text("normalisation.cost"), log=True)
    return Chart(*axes, series, height=380, title=text("normalisation.cost"))


TOPICS = {
    "scale": Topic(features.sheet, features.lay, lambda now: [], features.lay_below),
    "window": Topic(_window, _lay_window, _window_fields),
    "cases": Topic(_cases, _lay_cases, _cases_fields),
    "grid": Topic(_grid, _lay_grid, _grid_fields),
}
