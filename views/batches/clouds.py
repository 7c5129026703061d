"""The gradients on batches around the gradient on all examples, and how their spread shrinks with the batch."""

from dataclasses import replace

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.measures.batch_noise import Cloud, Noise, noise, noise_seconds, shrinkage
from engine.measures.batch_timing import doubling
from engine.networks.experiment import NetworkExperiment
from engine.networks.training import Training
from normalisations import NORMALISATIONS
from views.batches.paths import dot, lived
from views.batches.sweeps import few_ticks
from views.controls.widgets import linked_slider
from views.kit.charts import NEUTRAL, chart, draw
from views.kit.text import number, text
from views.session.work import worked

DOTS = 400  # of a cloud, in the picture
GRADIENTS = 12_000_000  # numbers that the gradients of all examples may be


def place_on(training: Training) -> int:
    """Which point of the first path is looked at."""
    share = linked_slider(f"**{text('batches.moment')}**", "moment", format="%d %%", help=text("batches.moment_help"))
    return round(share / 100 * (lived(training) - 1))


def clouds_at(nets: list[NetworkExperiment], theta: Floats) -> Noise | None:
    """The clouds of the shown sizes, and of those in between for the chart of their spread; None where they would not
    fit, or wait for a click."""
    net = replace(nets[0], dropout=0.0)
    if net.size * net.points > GRADIENTS:
        st.info(text("batches.too_large"))
        return None
    alone = not NORMALISATIONS[net.norm].over_batch
    others = doubling(net.points)[:-1] if alone else ()
    sizes = tuple(sorted({*others, *(each.batch for each in nets if each.batch)} - ({1} if not alone else set())))
    if not sizes or not np.isfinite(theta).all():
        return None
    make, data = net.surface()
    key = (net.plan, net.data, net.test, net.standardise, sizes, theta.tobytes())
    seconds = noise_seconds(net.points, net.size, sizes, alone)
    return worked("noise", key, seconds, lambda: noise(make, theta, sizes, alone, **data))


def draw_cloud(found: Noise, nets: list[NetworkExperiment]) -> None:
    """A dot for each batch, and the means."""
    shown = {net.batch: dot(nets, net) for net in nets}
    clouds = sorted((cloud for cloud in found.clouds if cloud.batch in shown), key=lambda cloud: cloud.batch)
    figure = chart(text("batches.along_gradient"), text("batches.across_gradient"), height=255)
    for cloud in clouds:
        some = cloud.places[:: -(-len(cloud.places) // DOTS)]
        figure.add_scatter(
            x=some[:, 0], y=some[:, 1], mode="markers", name=text("batches.size", size=cloud.batch),
            marker={**shown[cloud.batch], "size": 5, "opacity": 0.6},
        )  # fmt: skip
    for place, cloud in enumerate(clouds):
        cross = {"width": 3, "color": shown[cloud.batch]["color"]}
        figure.add_scatter(
            x=cloud.mean[:1], y=cloud.mean[1:], mode="markers", name=text("batches.mean", size=cloud.batch),
            marker={"symbol": "x-thin", "size": max(44 - 14 * place, 10), "line": cross},
        )  # fmt: skip
    figure.add_scatter(
        x=[0, found.norm], y=[0, 0], mode="lines+markers", name=text("batches.full"),
        line={"color": NEUTRAL, "width": 3},
        marker={"symbol": "arrow", "size": [0, 16], "angleref": "previous", "color": NEUTRAL, "opacity": 1},
    )  # fmt: skip
    figure.update_layout(showlegend=False, margin={"t": 6, "b": 40, "l": 54})
    figure.update_xaxes(title_standoff=4, zeroline=True)
    figure.update_yaxes(scaleanchor="x", title_standoff=4, zeroline=True)
    draw(figure, "batch_cloud")


def draw_spread(found: Noise, nets: list[NetworkExperiment]) -> None:
    """What was measured beside the laws."""
    points = nets[0].points
    shown = {net.batch: dot(nets, net) for net in nets}
    sizes, spreads = np.array([(cloud.batch, cloud.spread) for cloud in found.clouds]).T
    figure = chart(text("batches.batch"), text("batches.spread"), log_x=True, log_y=True, height=190)
    line = np.geomspace(1, points, 60)[:-1]
    single = spreads[0] / shrinkage(points, sizes[0])
    rules = {"root": (1 / np.sqrt(line), "dot"), "drawn": (shrinkage(points, line), "solid")}
    for name, (shares, dash) in rules.items():
        figure.add_scatter(
            x=line, y=single * shares, mode="lines", name=text(f"batches.rule_{name}"), hoverinfo="skip",
            line={"color": "#888888", "dash": dash, "width": 1.5},
        )  # fmt: skip
    looks = [shown.get(int(size), {"color": "#888888", "symbol": "circle"}) for size in sizes]
    figure.add_scatter(
        x=sizes, y=spreads, mode="markers", name=text("batches.measured"), showlegend=False,
        marker={"color": [look["color"] for look in looks], "symbol": [look["symbol"] for look in looks], "size": 9},
    )  # fmt: skip
    figure.update_layout(margin={"t": 24, "b": 40, "l": 60}, legend_font_size=12)
    few_ticks(figure, "xy")
    draw(figure, "batch_spread")


def cloud_told(cloud: Cloud | None, norm: float) -> list[str]:
    """Of a cloud's cells those of the table; a batch of all examples has none."""
    if cloud is None:
        return ["–"] * 4
    relative = number(cloud.spread / norm) if norm else "–"
    return [number(cloud.spread), relative, number(cloud.distance, 2), f"{100 * cloud.downhill:.0f} %"]
