"""Charts as values: axes, and series between them, which plot.js draws in the look of all other pictures.

What changes in time has times: a series that grows shows what has come by then, one that turns the row of that time.
All charts of a page follow one clock, see ``session/played.py``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict, cast

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from views.kit.component import component
from views.kit.text import text
from views.kit.wire import coarse, finite, packed

# Of optimizers: as look.js, which has their colours.
DASHES = ["solid", "dash", "dot", "dashdot", "dash", "longdash", "dot", "dashdot"]
# Of what else is compared, two losses or three normalisations; and of what has an order, batch sizes or widths, from
# the least to the most. Their marks are open.
VARIANTS = ["#6a3d9a", "#7d6608", "#1f6f78", "#a13670", "#5b6875"]
RAMP = ["#e351c4", "#c328c7", "#952aa8", "#551689", "#2e0e5a", "#0d0839"]
NIGHT = dict(
    zip(RAMP, ["#8456db", "#d053ef", "#f781e4", "#f9a6c4", "#f9c2b9", "#fff9f7"], strict=True)
)  # as in look.js
CLASSES = ["#7b3294", "#1b8a5a", "#b58000"]  # of examples, as in look.js; and their marks
SHAPES = ["circle", "square", "triangle"]
SYMBOLS = ["circle", "square", "diamond", "triangle", "pentagon"]
STRETCHES: dict[str, list[int]] = {  # pixels that are drawn, left out, drawn, …
    "solid": [],
    "dash": [9, 5],
    "dot": [3, 3],
    "dashdot": [9, 4, 3, 4],
    "longdash": [14, 6],
}
FONT = 14
HEIGHTS = (180, 260, 300, 380, 440)  # of charts, in sixteenths of the page's type
# So that a chart's place is kept from the start, and grows with the type: in the frame of all pages.
SIZED = "\n".join(
    f'[class*="-high{height}"] {{ height: {height / 16}rem !important; flex-basis: {height / 16}rem !important; }}'
    for height in HEIGHTS
)

plot = component("plot")


class AxisPicture(TypedDict):
    title: str
    log: bool
    low: float | None
    high: float | None
    ticks: list[tuple[float, str]] | None
    whole: bool
    clock: float | None


class Reaches(TypedDict):
    x: list[int]
    y: list[int]


class Grip(TypedDict):
    """What dragging a mark sends to ``path``: a number as it is, "x" and "y", the place seen from the origin, or "r",
    its distance from there; these times ``scale``."""

    path: str
    origin: tuple[float, float]
    scale: float
    sends: list[float | str]


class SeriesPicture(TypedDict):
    """A series without its numbers, which travel as columns of these lengths, its times last."""

    kind: str
    counts: list[int]
    reaches: Reaches
    time: Literal["", "grows", "turns"]
    name: NotRequired[str]
    colour: NotRequired[str | int]
    dash: NotRequired[list[int]]
    width: NotRequired[float]
    alpha: NotRequired[float]
    halo: NotRequired[float]
    mute: NotRequired[bool]
    end: NotRequired[str]
    hover: NotRequired[list[str]]
    ids: NotRequired[list[str]]
    chooses: NotRequired[str]  # the path of the edit that a click makes, of which it sends the id
    grips: NotRequired[list[Grip]]
    symbol: NotRequired[str]
    size: NotRequired[float]
    open: NotRequired[bool | str]
    rim: NotRequired[bool]
    room: NotRequired[float]
    upright: NotRequired[bool]
    text: NotRequired[str]
    align: NotRequired[str]
    window: NotRequired[list[float]]
    nx: NotRequired[int]
    ny: NotRequired[int]
    classes: NotRequired[int]


class ChartPicture(TypedDict):
    """A chart as it is sent."""

    key: str  # its name on the page
    x: AxisPicture
    y: AxisPicture
    height: int
    equal: bool
    legend: bool
    title: str
    failed: str  # what is said instead if it cannot be drawn
    series: list[SeriesPicture]


class Axis(NamedTuple):
    """One axis; an end that is not given leaves room for all that is drawn."""

    title: str
    log: bool = False
    low: float | None = None
    high: float | None = None
    ticks: Mapping[float, str] | None = None  # where, and what stands there, if not numbers
    whole: bool = False  # only whole numbers stand at it
    clock: float | None = None  # steps of the clock in one unit of it, if it is an axis of time


class Series(NamedTuple):
    """Something to draw: its columns of numbers, which of them an axis makes room for, and how it looks."""

    kind: str
    columns: tuple[ArrayLike, ...]
    look: dict[str, Any]
    reaches: tuple[tuple[int, ...], tuple[int, ...]] = ((0,), (1,))  # across, and up
    times: ArrayLike | None = None  # (F,), ascending: of the numbers of columns (F,), or of the rows of columns (F, n)


@dataclass(frozen=True)
class Chart:
    """Axes, and the series in the order of drawing.

    equal: one scale on both axes; legend: the names of the series stand at the ends of the lines or above.
    """

    x: Axis
    y: Axis
    series: Sequence[Series]
    height: int = 300  # one of HEIGHTS
    equal: bool = False
    legend: bool = True
    title: str = ""  # in a saved picture, and for who cannot see it


# ---- what can be drawn -----------------------------------------------------------------------------------------------


def line(x: ArrayLike, y: ArrayLike, name: str = "", **look: Any) -> Series:
    """look: colour (hex, a word of the theme, the number of a lane), dash, width, halo (that much wider), end="arrow";
    mute: a pointer does not read it."""
    return Series("line", (x, y), {"name": name, **look})


def band(x: ArrayLike, low: ArrayLike, high: ArrayLike, **look: Any) -> Series:
    """The ground between two curves; axes make no room for it."""
    return Series("band", (x, low, high), {"alpha": 0.16, **look}, ((), ()))


def running(x: ArrayLike, y: ArrayLike, times: ArrayLike, look: dict[str, Any], **head: Any) -> list[Series]:
    """A line that grows with the clock, and the mark at its head."""
    mark = {"colour": look.get("colour"), "open": "paper", "size": 5, "width": 2.5, "mute": True, **head}
    across, up = (np.asarray(column, float)[:, None] for column in (x, y))
    return [line(x, y, **look)._replace(times=times), marks(across, up, **mark)._replace(times=times)]


def marks(
    x: ArrayLike, y: ArrayLike, name: str = "", hover: Sequence[str] = (), ids: Sequence[str] = (),
    grips: Sequence[Grip] = (), sizes: ArrayLike | None = None, **look: Any,
) -> Series:  # fmt: skip
    """look: symbol, size (the radius), open, alpha; hover: what a pointer reads at each; ids: what a click sends,
    as the field that the look names with ``chooses``; grips: what dragging each of them does."""
    more = {name: list(each) for name, each in (("hover", hover), ("ids", ids), ("grips", grips)) if len(each)}
    columns = (x, y) if sizes is None else (x, y, sizes)
    return Series("marks", columns, {"name": name, "symbol": "circle", "size": 4.5, **more, **look})


def bars(x: ArrayLike, heights: ArrayLike, name: str = "", room: float = 1.0, **look: Any) -> Series:
    """Bars from 0; room: along the axis, of which each takes nine tenths."""
    return Series("bars", (x, heights), {"name": name, "room": room, **look})


def whiskers(x: ArrayLike, low: ArrayLike, high: ArrayLike, **look: Any) -> Series:
    return Series("whiskers", (x, low, high), look, ((0,), (1, 2)))


def rule(at: float, upright: bool = False, **look: Any) -> Series:
    """A line across the whole chart."""
    return Series("rule", ([at],), {"upright": upright, "dash": STRETCHES["dot"], "width": 1.5, **look}, ((), ()))


def note(x: float, y: float, text: str, align: str = "center", **look: Any) -> Series:
    return Series("note", ([x], [y]), {"text": text, "align": align, "colour": "ink", **look}, ((), ()))


def heat(
    window: Sequence[float], shares: ArrayLike, values: ArrayLike, lines: Sequence[ArrayLike], mute: bool = False
) -> Series:
    """A relief. shares: of its scale, (ny, nx); values: the losses there; lines: level lines, each (n, 2)."""
    rows = np.asarray(shares)
    ny, nx = rows.shape
    ends = [part for points in lines for part in np.asarray(points).T]
    look = {"window": [float(edge) for edge in window], "nx": nx, "ny": ny, "mute": mute}
    return Series("heat", (np.round(rows * 4095) / 4095, coarse(np.asarray(values)), *ends), look, ((), ()))


def regions(window: Sequence[float], chances: ArrayLike) -> Series:
    """Where which class is most likely. chances: of each class at the nodes of a grid, (K, ny, nx)."""
    grids = np.asarray(chances)
    many, ny, nx = grids.shape
    look = {"window": [float(edge) for edge in window], "nx": nx, "ny": ny, "classes": many, "mute": True}
    return Series("regions", (np.round((grids[1:] if many == 2 else grids) * 255) / 255,), look, ((), ()))


# ---- how it looks ----------------------------------------------------------------------------------------------------


def lane_line(number: int) -> dict[str, Any]:
    """How a lane's line looks, the same as on the canvas."""
    return {"colour": number % 8, "dash": STRETCHES[DASHES[number % 8]], "width": 2.5}


def variant_line(number: int) -> dict[str, Any]:
    """The line of one of several versions that are no optimizers."""
    return {"colour": VARIANTS[number % 5], "dash": list(STRETCHES.values())[number % 5], "width": 2.5}


def class_mark(label: int) -> dict[str, Any]:
    """How examples of a class look."""
    return {"colour": CLASSES[label % len(CLASSES)], "symbol": SHAPES[label % len(SHAPES)]}


def in_order(place: int, count: int) -> dict[str, Any]:
    """Colour and symbol of the ``place``-th of ``count`` sizes, the least first."""
    shade = round(place * (len(RAMP) - 1) / max(count - 1, 1))
    return {"colour": RAMP[shade], "symbol": SYMBOLS[place % len(SYMBOLS)], "open": True}


def on_page(colour: str) -> str:
    """A colour in HTML, as plot.js draws it in either theme."""
    return f"light-dark({colour}, {NIGHT.get(colour, f'color-mix(in srgb, {colour} 55%, white)')})"


# ---- on the page -----------------------------------------------------------------------------------------------------


def draw(chart: Chart, key: str, **how: Any) -> Any:
    """Put a chart on the page; ``how``: what a click on a mark calls, as ``on_edit_change``."""
    data = packed(*described(chart, key))
    return plot(key=key_of(key, chart.height, chart.legend), data=data, height=chart.height, **how)


def key_of(key: str, height: int, legend: bool = True) -> str:
    """What Streamlit calls a chart: its height is read from there by SIZED; whether it has its own legend, or stands
    below the one of several charts, by presented.js."""
    assert height in HEIGHTS
    return f"{key}-high{height}{'' if legend else '-signed'}"


def described(chart: Chart, key: str = "") -> tuple[ChartPicture, list[NDArray[Any]]]:
    """What the browser draws: what is said of it, and its numbers."""
    columns = [
        [np.ravel(np.asarray(column, float)) for column in (*each.columns, *_times(each))] for each in chart.series
    ]
    header: ChartPicture = {
        "key": key,
        "x": _axis(chart.x),
        "y": _axis(chart.y),
        "height": chart.height,
        "equal": chart.equal,
        "legend": chart.legend,
        "title": chart.title,
        "failed": text("stage.failed"),
        "series": [_series(each, parts) for each, parts in zip(chart.series, columns, strict=True)],
    }
    return header, [column for parts in columns for column in parts]


def _times(each: Series) -> list[ArrayLike]:
    return [] if each.times is None else [each.times]


def _series(each: Series, columns: list[NDArray[Any]]) -> SeriesPicture:
    time = "" if each.times is None else "turns" if np.ndim(each.columns[0]) == 2 else "grows"
    reaches = {"x": list(each.reaches[0]), "y": list(each.reaches[1])}
    header = {"kind": each.kind, **each.look, "counts": [len(column) for column in columns]}
    return cast(SeriesPicture, {**header, "reaches": reaches, "time": time})


def _axis(axis: Axis) -> AxisPicture:
    return {
        "title": axis.title,
        "log": axis.log,
        "low": None if axis.low is None else finite(axis.low),
        "high": None if axis.high is None else finite(axis.high),
        "ticks": list(axis.ticks.items()) if axis.ticks else None,
        "whole": axis.whole,
        "clock": axis.clock,
    }


def legend(names: Sequence[str], places: Sequence[int] = ()) -> None:
    """One legend for several charts beside each other, whose lines are those of the variants 0, 1, … or ``places``."""
    signs_of([line_sign(place, name) for place, name in zip(places or range(len(names)), names, strict=True)])


def line_sign(place: int, name: str) -> str:
    """The line of a variant, and what it is called."""
    return (
        '<span style="display:inline-block;vertical-align:middle;'
        f'width:34px;height:3px;background:{_stripes(**variant_line(place))}"></span> {name}'
    )


def signs_of(entries: Sequence[str]) -> None:
    """Signs with their names, as HTML, in a row. As Markdown, which is there from the start: what waits for its script
    keeps another height."""
    row = "".join(f'<span style="white-space:nowrap">{entry}</span>' for entry in entries)
    style = f"display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;margin-bottom:1rem;font-size:{FONT / 16}rem"
    html = f'<div class="lab-signs" style="{style}">{row}</div>'
    st.markdown(html, unsafe_allow_html=True)


def _stripes(colour: str, dash: Sequence[int], **look: Any) -> str:
    """A dashed line as a CSS background: what Streamlit lets through of HTML has no SVG."""
    ends = list(accumulate(dash or [34, 0], initial=0))
    parts = [
        f"{on_page(colour) if place % 2 == 0 else 'transparent'} {start}px {end}px"
        for place, (start, end) in enumerate(pairwise(ends))
    ]
    return f"repeating-linear-gradient(90deg, {', '.join(parts)})"
