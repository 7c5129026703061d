"""What features and weights of a linear model can be: past values, if-conditions, few enough to try them all."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.measures import cases, enumeration
from engine.measures.windows import LONGEST, Windowed, daily_views, windowed
from engine.surfaces.relief import drawn
from settings.normalisation import Normalisation
from views.controls.widgets import linked_choice, linked_slider
from views.kit.charts import SYMBOLS, Axis, Chart, draw, heat, line, marks, rule, variant_line
from views.kit.glossary import marked
from views.kit.tables import table
from views.kit.text import number, text
from views.session import visit

TOLD = (1, 7, 28, 56)  # windows of the notes
SEEN = 84  # days of the curve that are shown
DIMENSIONS = range(1, 13)
SHOWN = 6  # examples whose features are written down
SIDE = 61  # points along a side of a map
EDGE = 1.15  # times the grid's reach


def topic() -> str:
    """Which demonstration of features is shown."""
    return linked_choice(
        text("normalisation.linear"), "linear", lambda name: text(f"normalisation.linear_{name}"),
        label_visibility="collapsed",
    )  # fmt: skip


def scaled() -> bool:
    """Whether it is the one of features of unequal scale."""
    return visit.settings(Normalisation).linear == "scale"


# ---- past values -----------------------------------------------------------------------------------------------------


def _window() -> None:
    """A7: the error against the window, and the curve that is predicted."""
    with st.container(horizontal=True):
        window = linked_slider(text("normalisation.past"), "past", width=260)
        days = linked_slider(text("normalisation.days"), "days", width=220)
        noise = linked_slider(text("normalisation.past_noise"), "past_noise", width=220)
    found = windowed(daily_views(days, noise), window)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _draw_errors(found, window)
    with right:
        _draw_days(found, window)
    heads = [text("normalisation.past"), *map(str, TOLD)]
    rows = [
        [text(f"normalisation.{part}_error"), *(number(float(errors[size - 1])) for size in TOLD)]
        for part, errors in (("train", found.train), ("test", found.test))
    ]
    st.markdown(table(heads, rows))
    best = int(np.argmin(found.test)) + 1
    st.caption(marked(text("normalisation.window_note", best=best, least=number(float(found.test[best - 1])))))


def _draw_errors(found: Windowed, window: int) -> None:
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
    draw(Chart(*axes, series, height=300, title=title), "window_errors")


def _draw_days(found: Windowed, window: int) -> None:
    days, truth, predicted = (part[-SEEN:] for part in (found.days, found.truth, found.predicted))
    series = [
        line(days, truth, text("normalisation.true_views"), colour="soft", width=2),
        line(days, predicted, text("normalisation.predicted_views", window=window), **variant_line(1)),
    ]
    if found.first_tested > days[0]:
        series.append(rule(found.first_tested, upright=True))
    title = text("normalisation.days_title")
    draw(Chart(Axis(text("normalisation.day")), Axis(text("normalisation.views")), series, 300, title=title), "days")


# ---- if-conditions ---------------------------------------------------------------------------------------------------


def _cases() -> None:
    """A9: δ features, the lines that they make, and how wrong each model is."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        model = linked_choice(text("normalisation.model"), "cases", lambda name: text(f"normalisation.case_{name}"))
        noise = linked_slider(text("normalisation.cases_noise"), "cases_noise", width=220)
    given = cases.examples(90, noise)
    models = {name: cases.fitted(name, given) for name in cases.MODELS}
    chosen = models[model]
    left, right = st.columns(2, gap="medium")
    with left:
        _draw_lines(given, chosen)
    with right:
        st.markdown(_features_table(given, chosen))
    told = {
        f"{name}_{part}": number(getattr(each, part)) for name, each in models.items() for part in ("train", "test")
    }
    weights = ", ".join(
        f"{name}: {number(float(weight))}" for name, weight in zip(chosen.names, chosen.weights, strict=True)
    )
    st.caption(marked(text("normalisation.cases_note", weights=weights, **told)))


def _draw_lines(given: cases.Examples, fitted: cases.Fitted) -> None:
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
    draw(Chart(Axis("x"), Axis("y"), series, height=300, title=title), "case_lines")


def _features_table(given: cases.Examples, fitted: cases.Fitted) -> str:
    """Of some examples: what the model is linear in, and what it makes of that."""
    heads = [text("normalisation.kind_head"), *fitted.names, "ŷ", "y"]
    rows = [
        [str(given.kind[row] + 1), *(number(float(value)) for value in (*fitted.features[row], said, given.y[row]))]
        for row, said in enumerate((fitted.features @ fitted.weights)[:SHOWN].tolist())
    ]
    return table(heads, rows)


# ---- enumerate or descend --------------------------------------------------------------------------------------------


def _grid() -> None:
    """A10: both on one surface of two weights, and what they cost with more."""
    per_axis = linked_slider(text("normalisation.per_axis"), "per_axis", width=260)
    runs = {d: enumeration.raced(d, per_axis) for d in DIMENSIONS}
    left, right = st.columns(2, gap="medium")
    with left:
        _draw_grid(runs[2].path, per_axis)
    with right:
        _draw_costs(runs)
    two, last = runs[2], runs[DIMENSIONS[-1]]
    st.caption(
        marked(
            text(
                "normalisation.grid_note", points=two.points, best=number(two.best), steps=two.steps,
                lowest=number(two.lowest), most=DIMENSIONS[-1], all=number(float(last.points)), many=last.steps,
            )
        )
    )  # fmt: skip


def _draw_grid(path: Floats, per_axis: int) -> None:
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
    draw(Chart(*axes, series, height=380, equal=True, title=text("normalisation.grid_title")), "grid_surface")


def _draw_costs(runs: dict[int, enumeration.Raced]) -> None:
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
    draw(Chart(*axes, series, height=380, title=text("normalisation.cost")), "grid_costs")


TOPICS: dict[str, Callable[[], None]] = {"window": _window, "cases": _cases, "grid": _grid}
