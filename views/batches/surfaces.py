"""Two batches, two surfaces: level lines over each other, and a path that rests on one and goes on on the other."""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st

from engine.link import About
from engine.measures.batch_surfaces import ROWS, Surfaces, Walk, seconds, surfaces
from engine.networks.experiment import NetworkExperiment, usual_rate
from engine.networks.network import initial
from optimizers import OPTIMIZERS
from settings.batches import PAIR, pairs_of
from views.batches.paths import HERE, START
from views.batches.topic import ROW, Topic, own, problem, put, racer_field, stopped, subject
from views.controls.fields import choice_field, group
from views.kit.charts import VARIANTS, Axis, Chart, Series, heat, line, marks, running
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, text
from views.session.linked import Asked, Parts, piece
from views.session.played import play
from views.session.work import shelf

RULE = "gradient_descent"
SEEN = ("first", "second", "all")  # what a loss is of, in the order of a walk's columns
LETTERS = ("L¹", "L²", "L")
COLOURS = {"first": VARIANTS[0], "second": VARIANTS[1], "all": "soft"}
PLAIN = 10.0  # times as steep: below that nobody would say that the other batch goes on


class Pair(NamedTuple):
    """What decides the walk: the network with batches of this size, η, and updates from one row to the next."""

    net: NetworkExperiment
    rate: float
    every: int

    @property
    def size(self) -> int:
        return self.net.batch

    @property
    def key(self) -> Hashable:
        return self.net.plan, self.net.drawn, self.size, self.rate, self.every


def work(asked: Asked) -> Parts:
    """Stuck on L¹, not on L²."""
    pair = pair_of(asked)
    if refused := problem(pair.net) if pair else stopped(text("batches.pair_few")):
        yield 1.0, refused
        return
    assert pair
    (shown,) = yield from piece("surfaces", pair.key, lambda: _found(pair))
    if shown is None:
        yield 1.0, stopped(text("batches.pair_diverged", rate=number(pair.rate)), True)
        return
    walk = shown.walk
    charts = {"batch_surfaces": map_of(shown)}
    for name, columns in (("loss", walk.losses), ("norm", walk.norms)):
        charts[f"batch_pair_{name}"] = curves(walk, name, columns)
    head, rows = table(walk)
    yield 1.0, Sheet(charts, {"pair_told": Said((), head, rows, told_of(shown, pair.rate))}, (int(walk.steps[-1]), 0))


def seconds_of(asked: Asked) -> float:
    pair = pair_of(asked)
    known = pair is None or pair.net.trouble or shelf("surfaces").kept(pair.key)
    return 0.0 if known or pair is None else seconds(pair.net, pair.size, pair.every)


def pair_of(asked: Asked) -> Pair | None:
    """None where there are too few examples."""
    size = size_of(asked)
    if size is None:
        return None
    net = replace(subject(asked), dropout=0.0, batch=int(size))
    return Pair(net, rate_of(net), max(net.steps // ROWS, 1))


def size_of(asked: Asked) -> str | None:
    able = pairs_of(About(asked.net))
    if not able or own(asked).pair in able:
        return own(asked).pair if able else None
    return PAIR if PAIR in able else able[-1]


def lay(sheet: Sheet, asked: Asked) -> None:
    del asked
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.markdown(f"**{text('batches.pair_title')}**")
        put(sheet, "batch_surfaces")
    with right:
        put(sheet, "batch_pair_loss")
        put(sheet, "batch_pair_norm")
    play("batches", *(sheet.clock or ()))
    tell(sheet, "pair_told")


def fields(asked: Asked) -> list[dict[str, Any]]:
    able = pairs_of(About(asked.net))
    sizes = choice_field("pair", size_of(asked) or "", text("batches.pair"), {size: size for size in able})
    return [group("batches", [*racer_field(asked), *([sizes] if able else [])], ROW)]


def rate_of(net: NetworkExperiment) -> float:
    """Of plain gradient descent: the optimizer's own if it is that."""
    chosen = net.lanes[0].optimizer
    return chosen.numbers["learning_rate"] if chosen.name == RULE else usual_rate(OPTIMIZERS[RULE])


def _found(pair: Pair) -> Iterator[tuple[float, tuple[Surfaces | None] | None]]:
    yield 0.0, None
    net = pair.net
    theta = initial(net.architecture, net.seed, net.scheme, net.scale)
    yield 1.0, (surfaces(net, theta, pair.size, pair.rate, pair.every),)


def _halves(walk: Walk) -> dict[str, slice]:
    return {"first": slice(0, ROWS + 1), "second": slice(ROWS, len(walk.steps))}


def map_of(shown: Surfaces) -> Chart:
    window, walk = shown.window, shown.walk
    first = shown.reliefs[0]
    series = [heat(window, first.colour.share(first.heights), first.heights, [], mute=True)]
    for name, relief in zip(SEEN, shown.reliefs, strict=False):
        series += _lines(relief.lines, text(f"batches.pair_lines_{name}"), COLOURS[name])
    places = shown.plane.shadow(walk.path)
    for name, part in _halves(walk).items():
        look = {"colour": COLOURS[name], "width": 3, "halo": 3, "mute": True}
        x, y = places[part].T
        series += running(x, y, walk.steps[part], look, symbol="circle", name=text(f"batches.pair_path_{name}"))
    start, rest = places[:1], places[ROWS : ROWS + 1]
    series += [
        marks(start[:, 0], start[:, 1], hover=[text("batches.start")], **START),
        marks(rest[:, 0], rest[:, 1], hover=[text("batches.pair_turn")], **HERE),
    ]
    axes = (
        Axis(text("batches.pair_along"), low=window[0], high=window[1]),
        Axis(text("batches.pair_across"), low=window[2], high=window[3]),
    )
    return Chart(*axes, series, height=380, title=text("batches.pair_title"))


def _lines(lines: Any, name: str, colour: str) -> list[Series]:
    """Level lines; the first has the name of all."""
    look: dict[str, Any] = {"colour": colour, "width": 1.2, "alpha": 0.8, "mute": True}
    return [
        line(points[:, 0], points[:, 1], "" if place else name, **look)._replace(reaches=((), ()))
        for place, points in enumerate(lines)
    ]


def curves(walk: Walk, kind: str, columns: Any) -> Chart:
    series = []
    for place, name in enumerate(SEEN):
        look = {"colour": COLOURS[name], "width": 2, "name": text(f"batches.pair_{name}")}
        series += running(walk.steps, columns[:, place], walk.steps, look, symbol="circle")
    title = text(f"batches.pair_{kind}")
    updates = Axis(text("batches.clock_updates"), clock=1)
    return Chart(updates, Axis(title, log=True), series, height=180, title=title)


def table(walk: Walk) -> tuple[list[str], list[list[str]]]:
    """Both surfaces at the start, where the batch changes, and at the end."""
    names = [quantity for letter in LETTERS for quantity in (letter, f"‖∇{letter}‖")]
    rows = []
    for moment, row in (("start", 0), ("turn", ROWS), ("end", -1)):
        numbers = [number(float(each)) for pair in zip(walk.losses[row], walk.norms[row], strict=True) for each in pair]
        rows.append([text(f"batches.pair_at_{moment}"), *numbers])
    return [text("batches.pair_at"), *names], rows


def told_of(shown: Surfaces, rate: float) -> str:
    own, other, _ = shown.walk.norms[ROWS]
    goes = "goes" if other > PLAIN * own else "rests"
    sentence = text(
        f"batches.pair_{goes}", updates=int(shown.walk.steps[ROWS]), own=number(float(own)), other=number(float(other))
    )
    plane = text("batches.pair_exact" if shown.exact else "batches.pair_plane")
    return f"{sentence} {text('batches.pair_note', rate=number(rate))} {plane}"


SURFACES = Topic(work, seconds_of, lay, fields)
