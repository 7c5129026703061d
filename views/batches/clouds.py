"""The gradients on batches around the gradient on all examples, and how their spread shrinks with the batch."""

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.measures.batch_noise import Cloud, Noise, noise, noise_seconds, shrinkage
from engine.measures.batch_timing import doubling
from engine.networks.experiment import NetworkExperiment
from engine.networks.training import Training
from normalisations import NORMALISATIONS
from views.batches.paths import dot, lived
from views.controls.widgets import linked_slider
from views.kit.charts import STRETCHES, Axis, Chart, draw, line, marks, rule
from views.kit.text import number, text
from views.session.work import worked

DOTS = 400  # of a cloud, in the picture
GRADIENTS = 12_000_000  # numbers that the gradients of all examples may be


def place_on(training: Training) -> int:
    """Which point of the first path is looked at."""
    with st.container(key="moment_settings"):
        share = linked_slider(
            f"**{text('batches.moment')}**", "moment", format="%d %%", help=text("batches.moment_help")
        )
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


def draw_cloud(noise: Noise, nets: list[NetworkExperiment]) -> None:
    """A dot for each batch, and the means."""
    dots = {net.batch: dot(nets, net) for net in nets}
    clouds = sorted((cloud for cloud in noise.clouds if cloud.batch in dots), key=lambda cloud: cloud.batch)
    thin: dict[str, Any] = {"dash": STRETCHES["solid"], "width": 1, "alpha": 0.5}
    series = [rule(0.0, **thin), rule(0.0, upright=True, **thin)]
    for cloud in clouds:
        some = cloud.places[:: -(-len(cloud.places) // DOTS)]
        series.append(
            marks(
                some[:, 0],
                some[:, 1],
                text("batches.size", size=cloud.batch),
                **dots[cloud.batch],
                size=2.5,
                alpha=0.6,
            )
        )
    series.append(line([0, noise.norm], [0, 0], text("batches.full"), colour="ink", width=3, halo=3, end="arrow"))
    for place, cloud in enumerate(clouds):
        look: dict[str, Any] = {
            "width": 3,
            "halo": 4,
            "size": max(18 - 6 * place, 5),
            "colour": dots[cloud.batch]["colour"],
        }
        said = text("batches.mean", size=cloud.batch)
        series.append(marks(cloud.mean[:1], cloud.mean[1:], hover=[said], symbol="cross", **look))
    axes = Axis(text("batches.along_gradient")), Axis(text("batches.across_gradient"))
    draw(Chart(*axes, series, height=260, equal=True, title=text("batches.moment")), "batch_cloud")


def draw_spread(noise: Noise, nets: list[NetworkExperiment]) -> None:
    """What was measured beside the laws."""
    points = nets[0].points
    dots = {net.batch: dot(nets, net) for net in nets}
    sizes, spreads = np.array([(cloud.batch, cloud.spread) for cloud in noise.clouds]).T
    across = np.geomspace(1, points, 60)[:-1]
    single = spreads[0] / shrinkage(points, sizes[0])
    rules = {"root": (1 / np.sqrt(across), "dot"), "drawn": (shrinkage(points, across), "solid")}
    series = [
        line(
            across,
            single * shares,
            text(f"batches.rule_{name}"),
            colour="soft",
            dash=STRETCHES[dash],
            width=1.5,
            mute=True,
        )
        for name, (shares, dash) in rules.items()
    ]
    for size, spread in zip(sizes, spreads, strict=True):
        look = dots.get(int(size), {"colour": "soft"})
        series.append(marks([size], [spread], **look | {"open": "paper" if "open" in look else False}))
    axes = Axis(text("batches.batch"), log=True), Axis(text("batches.spread"), log=True)
    draw(Chart(*axes, series, height=180), "batch_spread")


def cloud_told(cloud: Cloud | None, norm: float) -> list[str]:
    """Of a cloud's cells those of the table; a batch of all examples has none."""
    if cloud is None:
        return ["–"] * 4
    relative = number(cloud.spread / norm) if norm else "–"
    return [number(cloud.spread), relative, number(cloud.distance, 2), f"{100 * cloud.downhill:.0f} %"]
