"""Paths with small and large batches, and the cloud of their gradients: what a batch does to the path, and why."""

import math
from typing import Any

import numpy as np
import streamlit as st

from engine.link import About
from engine.measures.batch_noise import DRAWN, Noise
from engine.measures.sweep import beside
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.training import Training
from settings.batches import MOST_SIZES, Batches, sizes_of
from views.batches.clouds import (
    cloud_of,
    cloud_told,
    clouds_at,
    clouds_seconds,
    fits,
    place_of,
    row_on,
    spread_of,
)
from views.batches.paths import (
    clock,
    curves,
    dot,
    ground_of,
    map_of,
    size_name,
    trainings_of,
    trainings_seconds,
)
from views.batches.topic import ROW, Topic, own, problem, put, racer_field, stopped, subject
from views.controls.fields import choice_field, group, number_field, send_panel, some_field
from views.kit.charts import on_page
from views.kit.sheet import Said, Sheet, Told, box, tell
from views.kit.text import number, text
from views.session.linked import Asked, Parts
from views.session.played import play
from views.session.work import all_seconds, shelf

GLYPHS = {"circle": "○", "square": "□", "diamond": "◇", "triangle": "△", "pentagon": "⬠"}


def work(asked: Asked) -> Parts:
    """The trainings, the ground under their paths, and the clouds at the place that is looked at."""
    nets = nets_of(asked)
    if refused := problem(*nets) if nets else stopped(text("batches.no_size")):
        yield 1.0, refused
        return
    trainings = yield from trainings_of(nets)
    ground = yield from ground_of(nets, trainings)
    first = trainings[0]
    row = row_on(first, own(asked).moment)
    place = place_of(nets, first.path[0, row])
    cloud = (yield from clouds_at(place)) if place else None
    charts = {"batch_map": map_of(ground, trainings, nets, row), **curves(trainings, nets)}
    if cloud:
        charts |= {"batch_cloud": cloud_of(cloud, nets), "batch_spread": spread_of(cloud, nets)}
    note = text(
        "batches.paths_note", share=number(100 * ground.share, 3), update=int(first.steps[first.path_rows[row]]),
        size=size_name(nets[0]),
    )  # fmt: skip
    measured = text("batches.cloud_note", drawn=DRAWN, off=math.ceil(100 / math.sqrt(DRAWN)))  # 2 √(¼ / m), at most
    said = {"batch_told": table(trainings, nets, cloud)._replace(note=f"{note} {measured}" if cloud else note)}
    if ground.relief.veiled:
        said["batch_veiled"] = Said(note=text("stage.veiled"))
    boxes = [] if fits(nets[0]) else [Told(text("batches.too_large"))]
    yield 1.0, Sheet(charts, said, clock(nets), boxes=boxes)


def seconds(asked: Asked) -> float:
    """Of what is not known."""
    nets = nets_of(asked)
    if not nets or problem(*nets):
        return 0.0
    known = shelf("paths").kept(tuple(nets))
    theta = known[0].path[0, row_on(known[0], own(asked).moment)] if known else np.zeros(1)  # of no training
    return all_seconds(trainings_seconds(nets), clouds_seconds(place_of(nets, theta)))


def nets_of(asked: Asked) -> list[NetworkExperiment]:
    """The same training with each batch size, for equal updates or equal epochs."""
    now, net = own(asked), subject(asked)
    sizes = tuple(0 if size == "all" else int(size) for size in shown_sizes(now, asked.net))
    return beside(net, sizes, now.epochs if now.equal == "epochs" else 0) if sizes else []


def shown_sizes(now: Batches, net: NetworkExperiment) -> tuple[str, ...]:
    """Those that can be."""
    return tuple(size for size in sizes_of(About(net)) if size in now.sizes)[:MOST_SIZES]


def table(trainings: tuple[Training, ...], nets: list[NetworkExperiment], cloud: Noise | None) -> Said:
    """The counters, and what the clouds are."""
    heads = ["batch", "per_epoch", "updates", "epochs", "loss"] + (
        ["spread", "relative", "off", "downhill"] if cloud else []
    )
    clouds = {each.batch: each for each in cloud.clouds} if cloud else {}
    rows, signs = [], []
    for net, training in zip(nets, trainings, strict=True):
        per = updates_per_epoch(net.points, net.batch)
        lost = int(training.diverged_at[0, 0])
        end = text("batches.diverged", step=lost) if lost >= 0 else number(training.objective[0, 0, -1])
        cells = [size_name(net), str(per), str(net.steps), number(net.steps / per), end]
        rows.append([*cells, *(cloud_told(clouds.get(net.batch), cloud.norm) if cloud else [])])
        look = dot(nets, net)
        signs.append((on_page(look["colour"]), GLYPHS[look["symbol"]]))
    return Said((), [text(f"batches.{name}") for name in heads], rows, signs=signs)


def lay(sheet: Sheet, asked: Asked) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{text('batches.paths_title')}**")
        put(sheet, "batch_map")
        if "batch_veiled" in sheet.said:
            tell(sheet, "batch_veiled")
        for column, count in zip(st.columns(2, gap="small"), ("updates", "epochs"), strict=True):
            with column:
                put(sheet, f"batch_loss_{count}")
    with right:
        st.markdown(f"**{text('batches.moment')}**")
        send_panel(fields(asked), "moment")
        for told in sheet.boxes:
            box(told)
        put(sheet, "batch_cloud")
        put(sheet, "batch_spread")
    play("batches", *(sheet.clock or ()))
    tell(sheet, "batch_told")


def fields(asked: Asked) -> list[dict[str, Any]]:
    """Which batches above the pictures; where their gradients are looked at, above these."""
    now = own(asked)
    sizes = {size: text("batches.all") if size == "all" else size for size in sizes_of(About(asked.net))}
    equal = {name: text(f"batches.equal_{name}") for name in ("updates", "epochs")}
    epochs = number_field("epochs", now.epochs, text("batches.epochs"), text("batches.epochs"))
    place = number_field("moment", now.moment, text("batches.place"), text("batches.moment_help"))
    sizes_shown = [
        *racer_field(asked),
        some_field(
            "sizes", shown_sizes(now, asked.net), text("batches.sizes"), sizes,
            text("batches.sizes_help", most=MOST_SIZES),
        ),
        choice_field("equal", now.equal, text("batches.equal"), equal, text("batches.equal_help")),
        *([epochs] if now.equal == "epochs" else []),
    ]  # fmt: skip
    return [group("batches", sizes_shown, ROW), group("moment", [place], "moment")]


PATHS = Topic(work, seconds, lay, fields)
