"""What the page fetches of a map: what it is about, its cells a tile at a time, and numbers beside it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Literal, NamedTuple, TypedDict
from urllib.parse import urlencode

import numpy as np

from engine import pace, xla
from engine.link import Notice
from engine.maps.axes import Axis
from engine.maps.figures import figures
from engine.maps.first import first_limits
from engine.maps.grid import Map, Mapped, Seen, seeing
from engine.maps.lattice import SIDE
from engine.maps.measures import MEASURES, measures_of
from engine.maps.measures.base import NETWORK, SURFACE
from engine.maps.theory import Theory, theories
from engine.maps.trained import TrainingMap
from engine.shelf import Shelf
from engine.surfaces.relief import lowest
from settings.maps import Maps
from views.kit.labels import sentence
from views.kit.text import say, spoken
from views.kit.wire import finite, packed, short
from views.session.said import Said

TILES: Shelf[bytes] = Shelf(most=4000, room=60_000_000)  # for all visitors
LONGEST = 20.0  # seconds that a tile may take: a longer one is refused
FIGURED = {SURFACE: 256, NETWORK: 128}  # cells along each side of the map that the numbers are taken of
NAMED: dict[str, Callable[[Any], Any]] = {  # kinds of measures whose cells are names, or have one
    "verdict": lambda cells: cells,
    "winner": lambda cells: cells,
    "trained": np.sign,
}
EXACT = ("loss", "trained")  # kinds of which a second number is sent, to be added: it matters in deep zooms


class AxisSaid(TypedDict):
    """An axis; paths: of the edits that give the experiment another value."""

    name: str
    symbol: str
    label: str
    low: float
    high: float
    first: float
    last: float
    log: bool
    now: float
    paths: list[str]


class Place(TypedDict):
    kind: str
    point: list[float | None]
    loss: float | None


class TheorySaid(TypedDict):
    lane: int
    at: Literal["minimum", "end", "first"]
    line: list[tuple[float, float]]
    best: list[float]
    place: list[float | None]
    sharpest: float | None


class MapPicture(TypedDict):
    """base: the link by which tiles are had; it is the same wherever on the map the experiment is."""

    link: str
    base: str
    problem: str
    axes: tuple[AxisSaid, AxisSaid]
    window: tuple[float, float, float, float]
    cells: int
    lanes: list[int]
    steps: int
    floor: float
    places: list[Place]
    theory: list[TheorySaid]
    seconds: float | None  # of a tile; None if that cannot be done at all
    preparing: float  # seconds of compiling before the first one
    refused: bool
    trouble: str  # why it cannot
    aside: bool  # whether settings of the experiment are set aside


class TilePicture(TypedDict):
    link: str
    across: list[float]
    up: list[float]
    rows: list[tuple[str, int, int]]  # of each measure its name, of how many lanes it is told, and in how many parts
    fine: bool  # whether neighbouring cells are different numbers


class Figured(TypedDict):
    """Numbers beside the map of a lane, or of all."""

    shares: list[tuple[int, float, float]]
    entropy: float | None
    edge_entropy: float | None
    uncertainty: tuple[float | None, float | None]
    dimension: tuple[float | None, float | None]


class FiguresPicture(TypedDict):
    link: str
    cells: int
    rows: list[Figured]


class Asked(NamedTuple):
    """What decides a picture of a map."""

    map: Map | TrainingMap
    measure: str
    language: str

    @property
    def link(self) -> str:
        own = Maps(across=self.map.across, up=self.map.up, zoom=self.map.window, measure=self.measure)
        link = self.map.experiment.to_link() if isinstance(self.map, Map) else self.map.net.to_link()
        if isinstance(self.map, TrainingMap):
            own = replace(own, over=NETWORK, output=self.map.output)
        return "&".join(filter(None, [link, urlencode(own.written())]))


def asked(said: Said, own: Maps, language: str) -> Asked:
    return Asked(own.map_of(said.experiment, said.network), own.measure, language)


def described(of: Asked) -> bytes:
    """Its axes, what can lie under a cell, and what is known without looking."""
    here = of.map
    across, up = here.axes
    found, known, trouble = _known(here)
    with spoken(of.language):
        header: MapPicture = {
            "link": of.link,
            "base": Asked(_whole(here), "basin", "").link,
            "problem": here.problem,
            "axes": (axis_said(across), axis_said(up)),
            "window": here.lattice.shown,
            "cells": SIDE,
            "lanes": list(here.lanes),
            "steps": here.steps,
            "floor": known,
            "places": [
                {"kind": each.kind, "point": short(each.point), "loss": finite(each.loss)}
                for each in here.places
            ],
            "theory": [
                {
                    "lane": each.lane, "at": each.at, "line": [*each.line], "best": [*each.best],
                    "place": short(each.place), "sharpest": finite(each.sharpest),
                }
                for each in found
            ],
            "seconds": finite(seconds_of(here)),
            "preparing": preparing_seconds(here),
            "refused": refuses(here),
            "trouble": sentence(trouble) if trouble else "",
            "aside": isinstance(here, TrainingMap) and here.aside,
        }  # fmt: skip
    return packed(header)


def seconds_of(map: Mapped) -> float:
    """How long a map takes here, about, once it is compiled."""
    return pace.running(map.seconds)


def preparing_seconds(map: Mapped) -> float:
    """How long compiling takes before, about: one program after the other."""
    return pace.compiling(sum(xla.missing(map.compiles))) if np.isfinite(map.seconds) else 0.0


def refuses(map: Mapped) -> bool:
    """Whether it takes too long to be begun."""
    return seconds_of(map) > LONGEST


def _known(map: Map | TrainingMap) -> tuple[tuple[Theory, ...], float, Notice | None]:
    """What is known without looking: limits, the lowest loss, and why nothing can be seen."""
    there = map.problem != "window"
    if isinstance(map, TrainingMap):
        return first_limits(map) if there else (), 0.0, map.trouble
    known = lowest(map.experiment.mapped.landscape)
    return theories(map) if there else (), known if np.isfinite(known) else 0.0, None


def _whole(map: Map | TrainingMap) -> Map | TrainingMap:
    return replace(map.base, window=(), side=SIDE)


def axis_said(axis: Axis) -> AxisSaid:
    return {
        "name": axis.name, "symbol": axis.symbol, "label": say(axis.label), "low": axis.low, "high": axis.high,
        "first": axis.first, "last": axis.last, "log": axis.log, "now": axis.now, "paths": [*axis.paths],
    }  # fmt: skip


def tile(of: Asked) -> Iterator[tuple[float, bytes | None]]:
    """All measures of all cells of a window."""
    return TILES.working(of.link, lambda: _tile(of))


def _tile(of: Asked) -> Iterator[tuple[float, bytes | None]]:
    for share, seen in seeing(of.map):
        if seen is None:
            yield share, None
            continue
        tables, columns = tables_of(seen), []
        rows: list[tuple[str, int, int]] = []
        for name, table in tables.items():
            parts = _halves(table) if MEASURES[name].kind in EXACT else [table]
            rows.append((name, len(table), len(parts)))
            columns += parts
        across, up = of.map.lattice.centres
        header: TilePicture = {
            "link": of.link,
            "across": across.tolist(),
            "up": up.tolist(),
            "rows": rows,
            "fine": of.map.lattice.problem != "fine",
        }
        yield 1.0, packed(header, columns)


def tables_of(seen: Seen) -> dict[str, Any]:
    """All that can be measured there, by the measures' names."""
    over = NETWORK if isinstance(seen.map, TrainingMap) else SURFACE
    return {name: measure.of(seen) for name, measure in measures_of(over).items()}


def _halves(table: Any) -> list[Any]:
    """Numbers of double precision as two of single."""
    with np.errstate(over="ignore", invalid="ignore"):
        first = table.astype(np.float32)
        rest = table - first
    return [first, np.where(np.isfinite(rest), rest, 0.0)]


def figured(of: Asked) -> Iterator[tuple[float, bytes | None]]:
    """Shares and edges of the parts of a map, of a measure that has names."""
    return TILES.working(f"figures {of.link}", lambda: _figured(of))


def _figured(of: Asked) -> Iterator[tuple[float, bytes | None]]:
    measure = MEASURES[of.measure]
    rows: list[Figured] = []
    side = FIGURED[NETWORK if isinstance(of.map, TrainingMap) else SURFACE]
    if measure.kind in NAMED and of.map.lattice.rows > 1:
        fine = replace(of.map, side=side)
        for share, seen in seeing(fine):
            if seen is None:
                yield share * 0.99, None
            else:
                rows = [_row(NAMED[measure.kind](table).reshape(side, side)) for table in measure.of(seen)]
    header: FiguresPicture = {"link": of.link, "cells": side, "rows": rows}
    yield 1.0, packed(header)


def _row(table: Any) -> Figured:
    found = figures(table.astype(np.int64))
    return {
        "shares": [(each.label, each.share, each.error) for each in found.shares],
        "entropy": finite(found.entropy),
        "edge_entropy": finite(found.edge_entropy),
        "uncertainty": (finite(found.uncertainty.value), finite(found.uncertainty.error)),
        "dimension": (finite(found.dimension.value), finite(found.dimension.error)),
    }


def csv_of(map: Mapped) -> Iterator[str]:
    """Every cell as a row: the numbers of its place, and every measure of every lane."""
    *_, (_, seen) = seeing(map)
    assert isinstance(seen, Seen)
    tables = tables_of(seen)
    names = [f"{name}{f'_{number}' if len(table) > 1 else ''}" for name, table in tables.items()
             for number in range(1, len(table) + 1)]  # fmt: skip
    yield ",".join([map.axes[0].name, map.axes[1].name, *names]) + "\n"
    columns = np.array([row for table in tables.values() for row in table])
    for row in zip(*map.lattice.cells, *columns, strict=True):
        yield ",".join(repr(float(value)) for value in row) + "\n"
