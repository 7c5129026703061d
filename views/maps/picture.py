"""What the page fetches of a map: what it is about, its cells a tile at a time, and numbers beside it."""

from collections.abc import Iterator
from typing import Any, NamedTuple, TypedDict
from urllib.parse import urlencode

import numpy as np

from engine.maps.axes import Axis
from engine.maps.figures import figures
from engine.maps.grid import SIDE, Map, Seen, places_of, seeing
from engine.maps.measures import MEASURES
from engine.maps.theory import theories
from engine.shelf import Shelf
from engine.surfaces.experiment import Experiment
from engine.surfaces.relief import lowest
from settings.maps import Maps
from views.kit.text import say, spoken
from views.kit.wire import finite, packed, short

TILES: Shelf[bytes] = Shelf(most=4000, room=60_000_000)  # for all visitors
LONGEST = 20.0  # seconds that a tile may take: a longer one is refused
FIGURED = 256  # cells along each side of the map that the numbers are taken of
NAMED = ("verdict", "winner")  # kinds of measures whose cells are names


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
    line: list[tuple[float, float]]
    best: list[float]
    minimum: list[float | None]
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
    seconds: float  # of a tile
    refused: bool


class TilePicture(TypedDict):
    link: str
    across: list[float]
    up: list[float]
    rows: list[tuple[str, int]]  # of each measure its name and how many lanes it is told of
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

    map: Map
    measure: str
    language: str

    @property
    def link(self) -> str:
        own = Maps(across=self.map.across, up=self.map.up, zoom=self.map.window, measure=self.measure)
        return f"{self.map.experiment.to_link()}&{urlencode(own.written())}".rstrip("&")


def asked(experiment: Experiment, own: Maps, language: str) -> Asked:
    return Asked(Map(experiment, own.across, own.up, own.zoom), own.measure, language)


def described(of: Asked) -> bytes:
    """Its axes, what can lie under a cell, and what is known without looking."""
    here = of.map
    across, up = here.axes
    known = lowest(here.experiment.mapped.landscape)
    found = [] if of.map.problem == "window" else theories(here)
    with spoken(of.language):
        header: MapPicture = {
            "link": of.link,
            "base": Asked(here.base, "basin", "")._replace(map=_whole(here)).link,
            "problem": here.problem,
            "axes": (_axis(across), _axis(up)),
            "window": here.shown,
            "cells": SIDE,
            "lanes": list(here.lanes),
            "steps": here.experiment.steps,
            "floor": known if np.isfinite(known) else 0.0,
            "places": [
                {"kind": each.kind, "point": short(each.point), "loss": finite(each.loss)}
                for each in places_of(here.experiment, here.axes)
            ],
            "theory": [
                {
                    "lane": each.lane, "line": [*each.line], "best": [*each.best],
                    "minimum": short(each.minimum), "sharpest": finite(each.sharpest),
                }
                for each in found
            ],
            "seconds": here.seconds,
            "refused": here.seconds > LONGEST,
        }  # fmt: skip
    return packed(header)


def _whole(map: Map) -> Map:
    return Map(map.base.experiment, map.base.across, map.base.up)


def _axis(axis: Axis) -> AxisSaid:
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
        tables = {name: measure.of(seen) for name, measure in MEASURES.items()}
        across, up = of.map.centres
        header: TilePicture = {
            "link": of.link,
            "across": across.tolist(),
            "up": up.tolist(),
            "rows": [(name, len(table)) for name, table in tables.items()],
            "fine": of.map.problem != "fine",
        }
        yield 1.0, packed(header, [row for table in tables.values() for row in table])


def figured(of: Asked) -> Iterator[tuple[float, bytes | None]]:
    """Shares and edges of the parts of a map, of a measure that has names."""
    return TILES.working(f"figures {of.link}", lambda: _figured(of))


def _figured(of: Asked) -> Iterator[tuple[float, bytes | None]]:
    measure = MEASURES[of.measure]
    rows: list[Figured] = []
    if measure.kind in NAMED:
        fine = Map(of.map.experiment, of.map.across, of.map.up, of.map.window, FIGURED)
        for share, seen in seeing(fine):
            if seen is None:
                yield share * 0.99, None
            else:
                rows = [_row(table) for table in measure.of(seen)]
    header: FiguresPicture = {"link": of.link, "cells": FIGURED, "rows": rows}
    yield 1.0, packed(header)


def _row(table: Any) -> Figured:
    found = figures(table.reshape(FIGURED, FIGURED).astype(np.int64))
    return {
        "shares": [(each.label, each.share, each.error) for each in found.shares],
        "entropy": finite(found.entropy),
        "edge_entropy": finite(found.edge_entropy),
        "uncertainty": (finite(found.uncertainty.value), finite(found.uncertainty.error)),
        "dimension": (finite(found.dimension.value), finite(found.dimension.error)),
    }


def csv_of(map: Map) -> Iterator[str]:
    """Every cell as a row: the numbers of its place, and every measure of every lane."""
    *_, (_, seen) = seeing(map)
    assert isinstance(seen, Seen)
    tables = {name: measure.of(seen) for name, measure in MEASURES.items()}
    names = [f"{name}{f'_{number}' if len(table) > 1 else ''}" for name, table in tables.items()
             for number in range(1, len(table) + 1)]  # fmt: skip
    yield ",".join([map.axes[0].name, map.axes[1].name, *names]) + "\n"
    columns = np.array([row for table in tables.values() for row in table])
    across, up = map.centres
    for at, column in enumerate(columns.T):
        place = (across[at % map.side], up[at // map.side])
        yield ",".join(repr(float(value)) for value in (*place, *column)) + "\n"
