"""What the size of a batch, or another setting, does to the time and to the result."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import time_ns
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from datasets import DATASETS
from engine.arrays import Floats
from engine.link import choice
from engine.measures.batch_timing import CALL, REPEATS, Timing, doubling, measure
from engine.measures.sweep import (
    VALUES,
    Swept,
    longest,
    measuring_seconds,
    sweep,
    training_seconds,
    values_for,
    variants,
)
from engine.networks.cost import MULTIPLICATIONS
from engine.networks.experiment import NetworkExperiment, network_lane
from normalisations import NORMALISATIONS
from views.batches.topic import ROW, Topic, own, problem, put, racer_field, subject
from views.controls.fields import choice_field, group, number_field
from views.controls.widgets import linked_slider
from views.kit.charts import SYMBOLS, Axis, Chart, draw, legend, line, marks, variant_line
from views.kit.labels import trouble
from views.kit.seeds import median, seeds_at
from views.kit.sheet import Said, Sheet, Told, box, tell
from views.kit.text import number, text
from views.session.linked import Asked, Parts, piece
from views.session.played import play
from views.session.visit import visit
from views.session.work import shelf, worked

COMPILE = 1.5  # seconds for the programs of another structure
PARTS = ("train", "test")
WORST = {"accuracy": 0.0, "loss": np.inf, "sharpness": np.inf}  # what a seed that diverged counts as


# ---- time ------------------------------------------------------------------------------------------------------------


def times(net: NetworkExperiment) -> None:
    """B2: one update and one epoch, measured now on this server."""
    left, right = st.columns([1, 3], gap="medium", vertical_alignment="center")
    with left:
        width = linked_slider(text("net.width"), "wide")
    large = _all_digits(net, width)
    if problem := trouble(large):
        st.warning(problem)
        return
    with right:
        st.markdown(text("batches.time_words", points=large.points, parameters=large.size, depth=large.depth))
    moment = visit().moments.setdefault("times", time_ns())
    sizes = tuple(size for size in doubling(large.points) if size > 1 or not NORMALISATIONS[large.norm].over_batch)
    timing = worked(
        "timing", (large.architecture, moment), timing_seconds(large, sizes), lambda: _measured(large, sizes),
        draw=lambda timing: _draw_times(timing, f"{time_ns()}"),
    )  # fmt: skip
    if timing is None:
        return
    _draw_times(timing, "now")
    play("batches")
    st.caption(_told(timing))
    st.button(text("batches.again"), on_click=lambda: visit().moments.update(times=time_ns()))


def _all_digits(net: NetworkExperiment, width: int) -> NetworkExperiment:
    """The network on all digits, whatever the page's data: a few examples of two numbers keep no machine busy."""
    digits, descent = choice(DATASETS, "digits", size=1797.0), (network_lane("gradient_descent"),)
    return replace(net, data=digits, test=0.0, width=width, loss="usual", batch=0, lanes=descent)


def timing_seconds(net: NetworkExperiment, sizes: tuple[int, ...]) -> float:
    """Compiling, and the calls: a large batch is one call however long it takes."""
    update = np.array(sizes) * net.size * 6 / MULTIPLICATIONS
    return len(sizes) * COMPILE / 2 + float(np.sum((1 + REPEATS) * np.maximum(update, CALL)))


def _measured(net: NetworkExperiment, sizes: tuple[int, ...]) -> Iterator[tuple[float, Timing]]:
    part = net.examples.train
    return measure(net.architecture, net.criterion, net.classes, part.inputs, part.targets, sizes)


def _draw_times(timing: Timing, key: str) -> None:
    """The least of the repeats as a line, each of them as a dot."""
    if not np.isfinite(timing.updates).any():
        return
    counts = {"update": [1] * len(timing.batches), "epoch": timing.per_epoch}
    for lane, (column, (name, count)) in enumerate(zip(st.columns(2, gap="medium"), counts.items(), strict=True)):
        repeats = 1000 * timing.updates * np.array(count)[:, None]
        places = np.repeat(timing.batches, repeats.shape[1])
        least = 1000 * getattr(timing, name)
        look = variant_line(lane)
        series = [
            marks(places, repeats.ravel(), text("batches.repeats"), colour="soft", size=2, alpha=0.6, mute=True),
            line(timing.batches, least, text("batches.least"), **look),
            marks(timing.batches, least, colour=look["colour"], symbol=SYMBOLS[lane], open="paper"),
        ]
        axes = Axis(text("batches.batch"), log=True), Axis(text(f"batches.time_{name}"), log=True)
        with column:
            title = text(f"batches.one_{name}")
            st.markdown(f"**{title}**")
            draw(Chart(*axes, series, height=380, title=title), f"time_{name}_{key}")


def _told(timing: Timing) -> str:
    update, epoch = timing.update, timing.epoch
    return text(
        "batches.time_note", repeats=REPEATS, first=timing.batches[0], last=timing.batches[-1],
        more=number(timing.batches[-1] / timing.batches[0]), slower=number(update[-1] / update[0], 2),
        faster=number(epoch[0] / epoch[-1], 2), epoch=number(1e3 * epoch[0], 2),
        all=number(1e3 * epoch[-1], 2),
    )  # fmt: skip


# ---- sweeps ----------------------------------------------------------------------------------------------------------


def work(asked: Asked) -> Parts:
    """B3, B4, A6: one setting, several seeds."""
    net = subject(asked)
    if refused := problem(replace(net, batch=0)):
        yield 1.0, refused
        return
    nets, values, left_out = nets_of(asked)
    boxes = [Told(left_out)] if left_out else []
    if not values:
        yield 1.0, Sheet({}, {}, boxes=boxes)
        return
    setting = own(asked).sweep
    swept = yield from piece(
        "sweep", tuple(nets), lambda: sweep(nets, setting, values), lambda swept: Sheet(charts_of(swept, nets[0]), {})
    )
    note = f"{text(f'batches.about_{setting}')} {_sizes(nets, setting)}{_outcome(swept, nets[0])}"
    signs = {place: text(f"batches.{part}") for place, part in enumerate(_parts(nets[0]))}
    yield 1.0, Sheet(charts_of(swept, nets[0]), {"sweep_told": Said(note=note)}, signs=signs, boxes=boxes)


def seconds_of(asked: Asked) -> float:
    if problem(replace(subject(asked), batch=0)):
        return 0.0
    nets, *_ = nets_of(asked)
    return 0.0 if not nets or shelf("sweep").kept(tuple(nets)) else sweep_seconds(nets)


def nets_of(asked: Asked) -> tuple[list[NetworkExperiment], tuple[float, ...], str]:
    """What is trained, for which values, and a sentence on those that cannot be."""
    now, net = own(asked), replace(subject(asked), batch=0, seeds=own(asked).trials)
    values, left_out = _possible(net, now.sweep)
    if not values:
        return [], (), left_out
    epochs = min(now.span, *(longest(net, int(value)) for value in values)) if now.sweep == "batch" else 1
    return variants(net, now.sweep, values, epochs), values, left_out


def lay(sheet: Sheet, asked: Asked) -> None:
    del asked
    for told in sheet.boxes:
        box(told)
    legend([*sheet.signs.values()], [*sheet.signs])
    for column, (key, chart) in zip(st.columns(len(sheet.charts), gap="small"), sheet.charts.items(), strict=True):
        with column:
            st.markdown(f"**{chart.title}**")
            put(sheet, key)
    play("batches")
    tell(sheet, "sweep_told")


def waiting(asked: Asked) -> None:
    """What it is about, and what cannot be trained."""
    *_, left_out = nets_of(asked)
    if left_out:
        st.info(left_out)
    st.caption(text(f"batches.about_{own(asked).sweep}"))


def fields(asked: Asked) -> list[dict[str, Any]]:
    now = own(asked)
    settings = {name: text(f"batches.sweep_{name}") for name in VALUES}
    span = number_field("span", now.span, text("batches.epochs"), text("batches.epochs"))
    trials = number_field("trials", now.trials, text("batches.trials"), text("batches.trials_help"))
    menu = choice_field("sweep", now.sweep, text("batches.setting"), settings)
    return [group("batches", [*racer_field(asked), menu, *([span] if now.sweep == "batch" else []), trials], ROW)]


def _possible(net: NetworkExperiment, setting: str) -> tuple[tuple[float, ...], str]:
    """The values that can be trained, and a sentence on those that cannot; "" if all can."""
    values = values_for(net, setting)
    problems = dict(zip(values, map(trouble, variants(net, setting, values, 1)), strict=True))
    bad = [value for value in values if problems[value]]
    if not bad:
        return values, ""
    names = ", ".join(_value_name(setting, value) for value in bad)
    left_out = text("batches.left_out", values=names, why=problems[bad[0]])
    return tuple(value for value in values if not problems[value]), left_out


def sweep_seconds(nets: list[NetworkExperiment]) -> float:
    """Trainings, sharpness and compiling, two at a time."""
    structures = len({(net.batch, net.architecture) for net in nets})
    return sum(training_seconds(net) + measuring_seconds(net) for net in nets) / 2 + COMPILE * structures / 2


def _value_name(setting: str, value: float) -> str:
    return text("batches.all") if setting == "batch" and value == 0 else number(value)


def _sizes(nets: Sequence[NetworkExperiment], setting: str) -> str:
    """How large each network is, where that is what they have in common."""
    if setting != "shape":
        return ""
    return text("batches.shapes", shapes=", ".join(f"{net.depth} × {net.width} ({net.size})" for net in nets)) + " "


def _parts(net: NetworkExperiment) -> Sequence[str]:
    """Of the examples."""
    return PARTS if len(net.examples.test.targets) else PARTS[:1]


def charts_of(swept: Swept, net: NetworkExperiment) -> dict[str, Chart]:
    """Each seed a dot, the median a line, the middle half a bar."""
    if not swept.finished:
        return {}
    kinds = ["accuracy", "loss"] if net.classes else ["loss"]
    pictures: list[tuple[str, dict[str, Floats]]] = [
        (kind, {part: getattr(swept, f"{part}_{kind}") for part in _parts(net)}) for kind in kinds
    ]
    pictures.append(("sharpness", {"train": swept.sharpness}))
    charts = {}
    for kind, rows in pictures:
        series = [
            each
            for lane, (part, values) in enumerate(rows.items())
            for each in seeds_at(values, lane, text(f"batches.{part}"), WORST[kind])
        ]
        names = [_value_name(swept.setting, value) for value in swept.values]
        setting = Axis(
            text(f"batches.sweep_{swept.setting}"), low=-0.5, high=len(names) - 0.5, ticks=dict(enumerate(names))
        )
        axes = setting, Axis(text(f"batches.{kind}"), log=kind != "accuracy")
        title = text(f"batches.picture_{kind}")
        charts[f"sweep_{kind}"] = Chart(*axes, series, height=380, legend=False, title=title)
    return charts


def _outcome(swept: Swept, net: NetworkExperiment) -> str:
    """What the numbers say: the best test, the flattest and the sharpest end."""
    tested = len(net.examples.test.targets) > 0
    measure, best = ("test_accuracy", np.nanmax) if net.classes else ("test_loss", np.nanmin)
    worst = WORST["accuracy" if net.classes else "loss"]
    parts: list[str] = []
    if tested and np.isfinite(middle := median(getattr(swept, measure), worst)).any():
        reached = float(best(middle))
        places = np.flatnonzero(middle == reached)
        parts.append(text(f"batches.best_{measure}", value=_listed(swept, places), best=number(reached)))
    sharpness = median(swept.sharpness, WORST["sharpness"])
    if np.isfinite(sharpness).any():
        flat, sharp = int(np.nanargmin(sharpness)), int(np.nanargmax(sharpness))
        parts.append(
            text(
                "batches.ends",
                flat=_named(swept, flat),
                low=number(sharpness[flat]),
                sharp=_named(swept, sharp),
                high=number(sharpness[sharp]),
            )
        )
    if lost := int(swept.lost.sum()):
        parts.append(text("batches.lost", count=lost))
    return " ".join(parts)


def _listed(swept: Swept, places: Sequence[int] | NDArray[np.intp]) -> str:
    return ", ".join(_named(swept, int(place)) for place in places)


def _named(swept: Swept, place: int) -> str:
    return _value_name(swept.setting, swept.values[place])


SWEEP = Topic(work, seconds_of, lay, fields, waiting)
