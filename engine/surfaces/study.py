"""A study is what somebody looks at on a surface: a point, how its verdict is made, and how the point is left.

It stands beside the experiment in the link. A value too: the page of critical points is a function of the two.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import parse_qs, urlencode

import numpy as np
from numpy.typing import NDArray

from engine.curvature.critical_points import CriticalSet, find_critical_points
from engine.curvature.kinks import Kink
from engine.curvature.points import CriticalPoint, inspect, judged
from engine.curvature.valleys import Valley
from engine.link import (
    NUMBER,
    About,
    Called,
    Choice,
    Names,
    Notice,
    Number,
    fields,
    joined,
    read_fields,
    short,
    span,
    written_fields,
)
from engine.surfaces.escape import step_out, way_out
from landscapes import LANDSCAPES
from landscapes.base import Landscape
from records import Knob

Point = tuple[float, ...]

TAU = Knob(1e-16, 1e6, "log", "τ")
DRAW = Knob(0, 999_999, "whole")
SIDES = ("minus", "plus", "random", "here")  # ways to leave a point: along −u, along u, anywhere, without a push
HALVINGS = 12  # of the usual push, before it is taken as it is
REACHABLE = 100  # widths of the window
SAME = 1e-6  # of the window's width: closer to a critical point than that is the point itself
BESIDE = 0.02  # of the window's width: a critical point so close to those of a valley belongs to it
FOLLOWS = 0.15  # of the window's width that a critical point may move when a knob does


class Place:
    """A point of the surface, or not too far outside its window, as it stands in a link."""

    def write(self, point: Point) -> str:
        return joined(point)

    def read(self, text: str, field: str, usual: Point | None, about: About, notices: list[Notice]) -> Point | None:
        surface, parts = about.subject, text.split("~")
        allowed = ", ".join(span(low, high) for low, high in surface.window)
        if len(parts) != surface.dimension or not all(NUMBER.fullmatch(part) for part in parts):
            notices.append(Notice("number", field, short(text), allowed))
            return usual
        point = tuple(map(float, parts))
        if not reachable(point, surface):
            notices.append(Notice("window", field, short(text), allowed))
            return usual
        return point


@dataclass(frozen=True)
class Study:
    """point: (d,), None for the most telling critical point; tolerance: τ, None for that of ``sign_tolerance``;
    reach: length of the push with which the point is left, None for a 20th of the window; draw: number of the random
    direction."""

    point: Annotated[Point | None, Place(), Called("at")] = None
    tolerance: Annotated[float | None, Number(TAU, label="τ"), Called("tau")] = None
    reach: Annotated[float | None, Number(lambda surface: push(surface))] = None
    leave: Annotated[tuple[str, ...], Names(SIDES)] = ()
    draw: Annotated[int, Number(DRAW)] = 0

    def to_link(self) -> str:
        """The query string; what is as usual is left out."""
        return urlencode(written_fields(self))

    @classmethod
    def from_link(cls, text: str, surface: Landscape) -> tuple["Study", tuple[Notice, ...]]:
        """Read a query string. Each field that cannot be taken is left as usual and leaves one notice."""
        given = {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}
        notices: list[Notice] = []
        return cls(**read_fields(cls, given, surface, notices)), tuple(notices)


FIELDS = fields(Study)


def push(surface: Landscape) -> Knob:
    """The range of the push: up to a quarter of the narrower side of the window."""
    width = min(high - low for low, high in surface.window)
    return Knob(1e-6 * width, 0.25 * width, "log", "s")


def usual_push(surface: Landscape, at: CriticalPoint, **knobs: float) -> float:
    """A 20th of the narrower side of the window; less where the parabola does not hold so far: the loss must fall on
    both sides of a saddle, by no more than twice and no less than half of what is predicted."""
    most = 0.05 * min(high - low for low, high in surface.window)
    out = way_out(at)
    lengths = [float(f"{most / 2**halvings:.1e}") for halvings in range(HALVINGS)]
    if out is None or at.kind == "sloped":
        return lengths[0]
    for length in lengths:
        steps = [step_out(surface, at, direction, length, **knobs) for direction in (-out, out)]
        if all(step.change < 0 and 0.5 <= step.change / step.predicted <= 2 for step in steps):
            return length
    return lengths[0]


def reachable(point: Point, surface: Landscape) -> bool:
    """Whether a point may be looked at: the end of a path may lie outside the window, though not at the end of the
    world."""
    return all(
        abs(value - (low + high) / 2) <= REACHABLE * (high - low)
        for value, (low, high) in zip(point, surface.window, strict=True)
    )


# ---- what is found, and which of it is looked at ---------------------------------------------------------------------


@lru_cache(maxsize=64)
def found_on(landscape: Choice) -> CriticalSet:
    """All critical points of a surface with these knobs; kept, because τ and the chosen point do not change them."""
    return find_critical_points(landscape.name, **landscape.numbers)


def places_of(critical: CriticalSet) -> NDArray[np.float64]:
    """Everything that was found, (n, d): isolated points first, then the points of valleys, then kinks."""
    parts: list[Any] = [
        [point.point for point in critical.points],
        *(valley.points for valley in critical.valleys),
        [kink.point for kink in critical.kinks],
    ]
    rows = [np.array(part) for part in parts if len(part)]
    return np.concatenate(rows) if rows else np.empty((0, 1))


def nearest(landscape: Choice, place: Point) -> tuple[int, float]:
    """Row of ``places_of`` that is closest to a place, and how far it is in widths of the window; -1 when none is."""
    places = places_of(found_on(landscape))
    if not len(places):
        return -1, float("inf")
    size = np.array([high - low for low, high in LANDSCAPES[landscape.name].window])
    far = np.abs((places - np.array(place)) / size).max(axis=1)
    return int(far.argmin()), float(far.min())


def snapped(landscape: Choice, place: Point) -> Point:
    """The found point that is closest to a place; the place itself where nothing was found."""
    row, _ = nearest(landscape, place)
    return place if row < 0 else tuple(map(float, places_of(found_on(landscape))[row]))


def telling(landscape: Choice) -> Point:
    """The point that is looked at until another one is chosen: the lowest saddle, else the lowest point of all."""
    critical = found_on(landscape)
    saddles = [point for point in critical.points if point.kind == "saddle"]
    alone: list[Any] = sorted([*critical.points, *critical.kinks], key=lambda one: one.loss)
    chosen = [one.point for one in saddles or alone] or places_of(critical)
    return tuple(map(float, chosen[0])) if len(chosen) else LANDSCAPES[landscape.name].start


def looked_at(landscape: Choice, study: Study) -> CriticalPoint:
    """The point of the study, judged with its τ. What the search found keeps the verdict of the search."""
    place = telling(landscape) if study.point is None else study.point
    critical = found_on(landscape).points
    row, far = nearest(landscape, place)
    known = far <= SAME and row < len(critical)
    point = critical[row] if known else inspect(landscape.name, place, **landscape.numbers)
    return point if study.tolerance is None else judged(point, study.tolerance)


def kink_at(landscape: Choice, place: NDArray[np.float64]) -> Kink | None:
    """The tip or edge that a place is, if it is one."""
    critical, (row, far) = found_on(landscape), nearest(landscape, tuple(place))
    at = row - (len(places_of(critical)) - len(critical.kinks))
    return critical.kinks[at] if far <= SAME and at >= 0 else None


def valley_at(landscape: Choice, place: NDArray[np.float64], reach: float = BESIDE) -> Valley | None:
    """The valley that a place lies in, if it lies in one: less than ``reach`` of the window's width from its points."""
    size = np.array([high - low for low, high in LANDSCAPES[landscape.name].window])
    for valley in found_on(landscape).valleys:
        if np.abs((valley.points - place) / size).max(axis=1).min() < reach:
            return valley
    return None


def followed(study: Study, before: Choice, after: Choice) -> Study:
    """The study when the surface has changed: who looks at a critical point goes on looking at it, if there is still
    one of its kind close by."""
    if before.name != after.name:
        return Study()
    row, far = nearest(before, study.point) if study.point is not None else (-1, np.inf)
    if before == after or study.point is None or far > SAME:
        return study
    kind = kinds_of(found_on(before))[row]
    alike = np.array(kinds_of(found_on(after))) == kind
    places = places_of(found_on(after))[alike]
    size = np.array([high - low for low, high in LANDSCAPES[after.name].window])
    moves = np.abs((places - np.array(study.point)) / size).max(axis=1)
    if not len(moves) or moves.min() > FOLLOWS:
        return study
    return replace(study, point=tuple(map(float, places[moves.argmin()])))


def kinds_of(critical: CriticalSet) -> list[str]:
    """What each row of ``places_of`` is."""
    valleys = [f"valley {valley.kind}" for valley in critical.valleys for _ in valley.points]
    return [*(point.kind for point in critical.points), *valleys, *len(critical.kinks) * ["kink"]]
