"""The gradients on batches around the gradient on all examples, and how their spread shrinks with the batch."""

from collections.abc import Generator, Hashable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.measures.batch_noise import Cloud, Noise, noise, noise_seconds, shrinkage
from engine.measures.batch_timing import doubling
from engine.networks.experiment import NetworkExperiment
from engine.networks.training import Training
from normalisations import NORMALISATIONS
from views.batches.paths import dot, lived
from views.kit.charts import STRETCHES, Axis, Chart, line, marks, rule
from views.kit.sheet import Sheet
from views.kit.text import number, text
from views.session.linked import piece
from views.session.work import shelf

DOTS = 400  # of a cloud, in the picture
GRADIENTS = 12_000_000  # numbers that the gradients of all examples may be


class Place(NamedTuple):
    """Where the clouds are measured, and of which sizes: those that are shown, and those in between for the chart of
    their spread."""

    nets: list[NetworkExperiment]
    theta: Floats
    sizes: tuple[int, ...]

    @property
    def net(self) -> NetworkExperiment:
        return replace(self.nets[0], dropout=0.0)

    @property
    def alone(self) -> bool:
        """Whether a gradient is the same in any batch."""
        return not NORMALISATIONS[self.net.norm].over_batch

    @property
    def key(self) -> Hashable:
        net = self.net
        return net.plan, net.data, net.test, net.standardise, self.sizes, self.theta.tobytes()

    @property
    def seconds(self) -> float:
        return noise_seconds(self.net.points, self.net.size, self.sizes, self.alone)


def fits(net: NetworkExperiment) -> bool:
    """Whether there is room for the gradients of all examples."""
    return net.size * net.points <= GRADIENTS


def place_of(nets: list[NetworkExperiment], theta: Floats) -> Place | None:
    """None where no cloud can be had."""
    net, alone = nets[0], not NORMALISATIONS[nets[0].norm].over_batch
    others = doubling(net.points)[:-1] if alone else ()
    sizes = tuple(sorted({*others, *(each.batch for each in nets if each.batch)} - ({1} if not alone else set())))
    return Place(nets, theta, sizes) if fits(net) and sizes and np.isfinite(theta).all() else None


def row_on(training: Training, share: int) -> int:
    """Which point of a path lies at so many per cent of it."""
    return round(share / 100 * (lived(training) - 1))


def clouds_at(place: Place) -> Generator[tuple[float, Sheet | None], None, Noise]:
    def found() -> Iterator[tuple[float, Noise]]:
        make, data = place.net.surface()
        return noise(make, place.theta, place.sizes, place.alone, **data)

    clouds = yield from piece("noise", place.key, found, None, 0.95, 1.0)
    return clouds


def clouds_seconds(place: Place | None) -> float:
    """How long that takes; 0 if they are known."""
    return 0.0 if place is None or shelf("noise").kept(place.key) else place.seconds


def cloud_of(noise: Noise, nets: list[NetworkExperiment]) -> Chart:
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
    return Chart(*axes, series, height=260, equal=True, title=text("batches.moment"))


def spread_of(noise: Noise, nets: list[NetworkExperiment]) -> Chart:
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
    return Chart(*axes, series, height=180)


def cloud_told(cloud: Cloud | None, norm: float) -> list[str]:
    """Of a cloud's cells those of the table; a batch of all examples has none."""
    if cloud is None:
        return ["–"] * 4
    relative = number(cloud.spread / norm) if norm else "–"
    return [number(cloud.spread), relative, number(cloud.distance, 2), f"{100 * cloud.downhill:.0f} %"]
