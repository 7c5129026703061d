"""Trainings from the same weights with batches of several sizes: their paths on one plane, and their losses."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest
from time import time_ns
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.plane import NetworkPlane, plane_for, share_shown, surface_on
from engine.networks.training import Training, train
from engine.surfaces.relief import Relief
from views.batches.sweeps import few_ticks
from views.kit.charts import START, chart, draw, in_order
from views.kit.text import text
from views.session.trained import compiled
from views.session.work import worked

ROWS = 400  # points of a path
HERE = {"symbol": "diamond-tall", "size": 13, "color": "#1c2530", "line": {"color": "#ffffff", "width": 1.5}}
GROUND = [[0, "rgba(70, 105, 140, .62)"], [1, "rgba(70, 105, 140, .03)"]]


class Ground(NamedTuple):
    """The plane of all paths, and the loss on it."""

    shown: NetworkPlane
    relief: Relief
    share: float  # of the paths that the plane shows


def trainings_of(nets: list[NetworkExperiment]) -> tuple[Training, ...] | None:
    """One of each, finished; None while they wait for a click."""
    return worked(
        "paths", tuple(nets), sum(net.seconds for net in nets), lambda: _trained(nets),
        draw=lambda so_far: draw_curves(so_far, nets, f"{time_ns()}"),
    )  # fmt: skip


def _trained(nets: list[NetworkExperiment]) -> Iterator[tuple[float, tuple[Training, ...] | None]]:
    """Compile all side by side, then train one batch size after the other."""
    for _ in zip_longest(*map(compiled, nets)):
        yield 0.0, None
    done: tuple[Training, ...] = ()
    for net in nets:
        parts = net.examples
        for training in train(replace(net.plan, rows=ROWS), *parts.train[:2], *parts.test[:2]):
            yield (len(done) + training.done) / len(nets), (*done, training)
        done += (training,)


def ground_of(nets: list[NetworkExperiment], trainings: tuple[Training, ...]) -> Ground | None:
    """Kept, so that nothing is computed when the place that is looked at moves; None after a Cancel."""

    def found() -> Iterator[tuple[float, Ground]]:
        shown = plane_for(replace(nets[0], plane="pca"), *trainings)
        paths = [training.path[0] for training in trainings if training.diverged_at[0, 0] < 0]
        share = share_shown(shown, paths or [trainings[0].path[0, :1]])
        yield 1.0, Ground(shown, surface_on(shown, shown.window), share)

    return worked("ground", tuple(nets), 0.0, found)


def draw_map(ground: Ground, trainings: tuple[Training, ...], nets: list[NetworkExperiment], place: int) -> None:
    """The paths on the ground, and the place on the first one that the gradients are taken at."""
    heights, window = ground.relief.heights, ground.shown.window
    rows, columns = heights.shape
    figure = chart(text("batches.along"), text("batches.across"), height=290)
    figure.add_contour(
        x=np.linspace(window[0], window[1], columns), y=np.linspace(window[2], window[3], rows),
        z=ground.relief.colour.share(heights).astype(np.float32), customdata=heights.astype(np.float32),
        colorscale=GROUND, showscale=False,
        contours={"start": 0, "end": 1, "size": 0.06, "coloring": "heatmap"},
        line={"width": 0.6, "color": "rgba(90, 115, 140, .5)"},
        hovertemplate="%{x:.4g}, %{y:.4g}   L = %{customdata:.4g}<extra></extra>",
        hoverinfo="skip" if ground.relief.veiled else None,  # means are not losses
    )  # fmt: skip
    for net, training in zip(nets, trainings, strict=True):
        places = ground.shown.plane.shadow(training.path[0, : lived(training)])
        figure.add_scatter(
            x=places[:, 0], y=places[:, 1], mode="lines", hoverinfo="skip", showlegend=False, line=_line(nets, net),
        )  # fmt: skip
        figure.add_scatter(
            x=places[-1:, 0], y=places[-1:, 1], mode="markers", name=size_name(net),
            marker={**dot(nets, net), "size": 10, "line_width": 3},
        )  # fmt: skip
    start, here = ground.shown.plane.shadow(trainings[0].path[0, [0, place]])
    figure.add_scatter(
        x=start[:1], y=start[1:], mode="markers", name=text("batches.start"), showlegend=False,
        marker=START,
    )  # fmt: skip
    figure.add_scatter(
        x=here[:1], y=here[1:], mode="markers", name=text("batches.here"), showlegend=False,
        marker=HERE,
    )  # fmt: skip
    figure.update_layout(margin={"t": 28, "b": 40, "l": 54})
    figure.update_xaxes(range=window[:2], title_standoff=4)
    figure.update_yaxes(range=window[2:], title_standoff=4)
    draw(figure, "batch_map")
    if ground.relief.veiled:
        st.caption(text("stage.veiled"))


def _line(nets: list[NetworkExperiment], net: NetworkExperiment) -> dict[str, Any]:
    """Without dashes, which would hide the noise: markers at the ends tell the paths apart as well."""
    return {"color": dot(nets, net)["color"], "width": 1.6}


def dot(nets: list[NetworkExperiment], net: NetworkExperiment) -> dict[str, Any]:
    """The marker of a batch size, on all pictures: the more examples, the darker."""
    sizes = sorted(each.batch or each.points for each in nets)
    return in_order(sizes.index(net.batch or net.points), len(sizes))


def lived(training: Training) -> int:
    """How many points of a path there are before it diverged."""
    lost = int(training.diverged_at[0, 0])
    steps = training.steps[training.path_rows]
    return len(steps) if lost < 0 else max(int(np.searchsorted(steps, lost, "right")), 1)


def draw_curves(trainings: tuple[Training, ...], nets: list[NetworkExperiment], key: str = "") -> None:
    """The loss against updates, and against epochs; so far, while the last of the trainings runs."""
    clocks: dict[str, Callable[[NetworkExperiment], int]] = {
        "updates": lambda net: 1,
        "epochs": lambda net: updates_per_epoch(net.points, net.batch),
    }
    for column, (clock, per) in zip(st.columns(2, gap="small"), clocks.items(), strict=True):
        figure = chart(text(f"batches.clock_{clock}"), text("batches.loss"), log_x=True, log_y=True, height=175)
        for net, training in zip(nets, trainings, strict=False):
            figure.add_scatter(
                x=training.steps / per(net), y=training.objective[0, 0], mode="lines", name=size_name(net),
                line=_line(nets, net),
            )  # fmt: skip
        figure.update_layout(showlegend=False, margin={"t": 6, "b": 40, "l": 60, "r": 8})
        few_ticks(figure, "xy")
        with column:
            draw(figure, f"batch_loss_{clock}{key}")


def size_name(net: NetworkExperiment) -> str:
    """What a training is called: by its batch."""
    return text("batches.size", size=net.batch) if net.batch else text("batches.size_all", size=net.points)
