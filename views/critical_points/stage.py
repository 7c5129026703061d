"""The atlas: every critical point of a surface on its picture, and one point looked at closely."""

from dataclasses import replace
from typing import Any, NamedTuple, TypedDict

import numpy as np

from engine.arrays import Floats
from engine.curvature.critical_points import CriticalSet
from engine.curvature.derivatives import spectrum
from engine.curvature.points import CriticalPoint, judged
from engine.curvature.taylor import Gap, taylor
from engine.curvature.valleys import Valley as Continuum
from engine.shelf import Shelf
from engine.surfaces.arrival import rounding
from engine.surfaces.experiment import Experiment
from engine.surfaces.relief import Plane, losses, lowest, plane_of
from engine.surfaces.stability import local_rates
from engine.surfaces.study import SAME, Study, found_on, looked_at, nearest
from landscapes.base import Landscape
from views.critical_points.departures import (
    CURVES,
    Departed,
    Leaving,
    Way,
    affordable,
    departed,
    departures,
    leaving_told,
    pushed,
)
from views.critical_points.verdicts import form, kind_key, valley_word, verdict
from views.kit.addresses import overlay_url
from views.kit.component import component
from views.kit.curves import Charted, charted
from views.kit.labels import axis_names
from views.kit.scene import Scene, scene
from views.kit.text import language, number, spoken, text
from views.kit.wire import Block, block, finite, followed, packed, short
from views.session import visit
from views.session.asked import Visited, unpainted, visited

NEARBY = 0.15  # of the window: how far cuts and the parabola reach

ON_MAP = ("point", "critical", "start")  # edits whose refusal is told on the map

PICTURES: Shelf[bytes] = Shelf(most=300, room=20_000_000)  # for all visitors

atlas = component("critical_points")


class Listed(TypedDict):
    """A point that was found: a row of the list."""

    kind: str
    point: list[float]
    at: list[float]  # in the picture
    loss: float | None
    norm: float | None
    values: list[float | None]
    vectors: list[list[float | None]]  # in the picture
    signs: list[int]  # positive, zero, negative eigenvalues
    tau: float | None
    condition: float | None


class Valley(TypedDict):
    """A continuum of critical points."""

    kind: str
    said: str
    form: str | None
    path: list[list[float]]
    curve: bool
    closed: bool
    loss: float | None
    point: list[float]
    values: list[float | None]


class Kink(TypedDict):
    point: list[float]
    at: list[float]
    loss: float | None
    said: str


class Found(TypedDict):
    """All that the search has found."""

    points: list[Listed]
    valleys: list[Valley]
    kinks: list[Kink]
    told: str


class Here(Listed):
    """The chosen point."""

    exact: list[float]
    row: int  # in the list; -1
    gradient: list[float | None]
    hessian: list[list[float | None]]
    narrow: list[float | None]  # the eigenvalues in float32
    all_vectors: list[list[float | None]]
    newton: list[float | None]
    verdict: str
    automatic: bool  # τ
    rates: dict[str, float] | None


class Error(Block):
    """Of the parabola: at which power of the distance it grows, and how far the parabola is worth drawing."""

    slope: float | None
    at: float


class Around(TypedDict):
    """The parabola through the chosen point: cuts along the eigenvectors, and its error; None where there is none."""

    cuts: Block | None
    gap: Error | None


class AtlasPicture(Found, Around):
    link: str
    surface: str
    steps: int  # of the clock
    scene: Scene
    here: Here
    axes: list[str]
    leaving: Leaving | None
    sides: list[Way]
    push: float
    shortened: str
    curves: list[Charted]
    lanes: list[Departed]


class CriticalPointsPicture(AtlasPicture, Visited):
    """What the atlas draws."""


def show(experiment: Experiment, study: Study) -> None:
    """Draw the atlas. A picture that the page has asked for by itself is not sent again."""
    asked = Atlas(experiment, study, language())
    header = visited(
        asked.link, ("experiment", "study"), ON_MAP, at=lambda said, _: Atlas(said.experiment, said.study, "").link
    )
    atlas(
        key="critical_points",
        data=followed(packed(header), pictured(asked) if unpainted(asked.link) else b""),
        on_edit_change=lambda: visit.heard("critical_points"),
    )


class Atlas(NamedTuple):
    """What decides the picture; its sentences are in one language."""

    experiment: Experiment
    study: Study
    language: str

    @property
    def link(self) -> str:
        return "&".join(filter(None, (self.experiment.to_link(), self.study.to_link())))


def pictured(asked: Atlas) -> bytes:
    """The picture, worked out once for all who ask."""

    def work() -> bytes:
        with spoken(asked.language):
            return payload(asked)

    return PICTURES.made(asked, work)


def kept(asked: Atlas) -> bytes | None:
    """The picture, if it is known."""
    return PICTURES.kept(asked)


def payload(asked: Atlas) -> bytes:
    """Everything the atlas draws but relief and level lines, which it fetches by their addresses."""
    experiment, study, _ = asked
    surface, chosen = experiment.surface, experiment.landscape
    point, plane = looked_at(chosen, study), fixed_plane(surface)
    floor = lowest(chosen)
    sides = departures(experiment, study, point)
    going = [side for side in sides if side["chosen"]]
    steps = affordable(experiment, len(going))
    columns: list[Floats] = []
    header: AtlasPicture = {
        "link": asked.link,
        "surface": chosen.name,
        "scene": atlas_scene(experiment, plane, point),
        **everything(experiment, study, plane),
        "here": closely(experiment, study, point, plane),
        "axes": axis_names(experiment),
        **around(experiment, point, columns),
        "leaving": leaving_told(experiment, point),
        "sides": sides,
        "push": pushed(experiment, study, point),
        "steps": steps,
        "shortened": text("atlas.shortened", steps=steps) if steps < experiment.steps else "",
        "curves": charted(
            CURVES, slack=float(rounding(floor)) if np.isfinite(floor) else None, bounded=bool(np.isfinite(floor))
        ),
        "lanes": [
            lane
            for side in going
            for lane in departed(replace(experiment, steps=steps), side["side"], side["start"], plane, columns)
        ],
    }
    return packed(header, columns)


def everything(experiment: Experiment, study: Study, plane: Plane) -> Found:
    critical = found_on(experiment.landscape)
    points = [judged(point, study.tolerance) for point in critical.points] if study.tolerance else critical.points
    return {
        "points": [listed(point, plane) for point in points],
        "valleys": [valley_told(valley, plane, experiment) for valley in critical.valleys],
        "kinks": kinks_told(critical, plane, experiment),
        "told": told_of(critical, experiment.surface.dimension),
    }


def around(experiment: Experiment, point: CriticalPoint, columns: list[Floats]) -> Around:
    if not np.isfinite(point.loss):
        return {"cuts": None, "gap": None}
    reach = radius(experiment.surface)
    cuts, gap = taylor(experiment.surface, point, reach, **experiment.landscape.numbers)
    tables = {"distance": [cuts.distance], "losses": [*cuts.losses], "model": [*cuts.model]}
    errors = {"distance": [gap.distance], "error": [gap.error]}
    return {
        "cuts": block(columns, tables),
        "gap": {**block(columns, errors), "slope": finite(gap.slope), "at": trusted(point, gap, reach)},
    }


def trusted(point: CriticalPoint, gap: Gap, reach: float) -> float:
    """How far the parabola is worth drawing: to where its error is half of what it says, not less than a tenth of
    ``reach``; 0 where there is no parabola."""
    if not np.isfinite(point.eigenvalues).all():
        return 0.0
    says = point.gradient_norm * gap.distance + 0.5 * np.abs(point.eigenvalues).max() * gap.distance**2
    wrong = np.flatnonzero(gap.error > 0.5 * says)
    return max(float(gap.distance[wrong[0]]) if len(wrong) and says.any() else reach, 0.1 * reach)


def fixed_plane(surface: Landscape) -> Plane:
    """For d > 2 a plane through the surface's start and the window's centre, whichever point is chosen."""
    centre = np.mean(np.array(surface.window), axis=1)
    return plane_of(surface, surface.start, [np.array([surface.start, centre])])


def radius(surface: Landscape) -> float:
    """How far cuts and the parabola are drawn, in units of θ."""
    return NEARBY * min(high - low for low, high in surface.window)


def places(points: Floats, plane: Plane, experiment: Experiment) -> Any:
    """Points (n, d) in the picture: on the plane, or on the curve of a surface of one parameter."""
    if not len(points):
        return []
    if experiment.surface.dimension == 1:
        heights = losses(experiment.landscape, padded(points))[: len(points)]
        return short(np.column_stack([points, np.nan_to_num(heights)]))
    return short(plane.shadow(points))


def padded(points: Floats) -> Floats:
    """As many points as the next power of two, at least 64, so that few programs serve all numbers of points."""
    rows = max(64, 1 << (len(points) - 1).bit_length())
    return np.concatenate([points, np.broadcast_to(points[-1], (rows - len(points), points.shape[1]))])


def atlas_scene(experiment: Experiment, plane: Plane, point: CriticalPoint) -> Scene:
    """The scene of the compare page with the chosen point in the place of the start, and without known minima."""
    seen = scene(experiment, plane, np.empty((0, experiment.surface.dimension)))
    names = [text("atlas.towards"), text("stage.across")] if experiment.surface.dimension > 2 else seen["names"]
    start = places(point.point[None], plane, experiment)[0]
    return {**seen, "start": start, "names": names, "overlay": overlay_url(seen["url"])}


def listed(point: CriticalPoint, plane: Plane) -> Listed:
    """One row of the list."""
    curve = len(point.point) == 1
    return {
        "kind": kind_key(point.kind),
        "point": short(point.point),
        "at": short([point.point[0], point.loss] if curve else plane.shadow(point.point)),
        "loss": near_zero(point.loss),
        "norm": short(point.gradient_norm),
        "values": short(point.eigenvalues),
        "vectors": short(in_picture(point.eigenvectors.T, plane)),
        "signs": [point.positive, point.zero, point.negative],
        "tau": short(point.tolerance),
        "condition": finite(point.condition),
    }


def in_picture(vectors: Floats, plane: Plane) -> Floats:
    """Directions (n, d) as the picture shows them, (n, 2)."""
    return vectors @ plane.axes.T


def valley_told(valley: Continuum, plane: Plane, experiment: Experiment) -> Valley:
    """A continuum of critical points: its curve in the picture, and what it is."""
    return {
        "kind": kind_key(valley.kind),
        "said": valley_word(valley),
        "form": form(valley),
        "path": places(valley.points, plane, experiment),
        "curve": valley.dimension == 1,
        "closed": valley.closed,
        "loss": near_zero(valley.loss),
        "point": short(valley.points[len(valley.points) // 2]),
        "values": short(valley.across),
    }


def kinks_told(critical: CriticalSet, plane: Plane, experiment: Experiment) -> list[Kink]:
    """Tips and edges around which the gradient turns: they may be the lowest places of all."""
    at = places(np.array([kink.point for kink in critical.kinks]), plane, experiment)
    return [
        {"point": short(kink.point), "at": spot, "loss": near_zero(kink.loss), "said": text(f"atlas.kink_{kink.kind}")}
        for kink, spot in zip(critical.kinks, at, strict=True)
    ]


def near_zero(loss: float) -> float | None:
    """A loss as it is shown; what is only rounding is 0."""
    return 0.0 if abs(loss) < 1e-20 else finite(float(short(loss)) if np.isfinite(loss) else loss)


def told_of(critical: CriticalSet, width: int) -> str:
    """What is to be said of the search: whether the count is met, and what else was met."""
    sentences = []
    if critical.flat or critical.steps:
        sentences.append(text("atlas.flat" if critical.flat else "atlas.steps"))
    elif not (critical.points or critical.valleys or len(critical.kinks)):
        sentences.append(text("atlas.none"))
    if critical.plain > 0:
        sentences.append(text("atlas.plain", share=number(100 * critical.plain, 2)))
    if critical.undefined > 0:
        sentences.append(text("atlas.undefined", share=number(100 * critical.undefined, 2)))
    if width > 2:
        sentences += [text("atlas.smooth_only"), text("atlas.shadow", width=width)]
    return " ".join([identity(critical), *sentences]).strip()


def identity(critical: CriticalSet) -> str:
    """minima − saddles + maxima against what the gradient on the window's border says."""
    if critical.index_sum is None or critical.flat:
        return ""
    plain = not (critical.valleys or len(critical.kinks) or critical.count("degenerate"))
    what = text("atlas.sum_signs" if plain else "atlas.sum_turns")
    numbers = {"what": what, "sum": number(critical.index_sum), "expected": number(critical.expected or 0)}
    if critical.expected is None:
        return text("atlas.sum_open", **numbers)
    return text("atlas.sum_met" if critical.complete else "atlas.sum_failed", **numbers)


# ---- one point -------------------------------------------------------------------------------------------------------


def closely(experiment: Experiment, study: Study, point: CriticalPoint, plane: Plane) -> Here:
    """Everything that is told of the chosen point."""
    chosen = experiment.landscape
    row, far = nearest(chosen, tuple(point.point))
    return {
        **listed(point, plane),
        "at": places(point.point[None], plane, experiment)[0],
        "exact": point.point.tolist(),
        "row": row if far <= SAME and row < len(found_on(chosen).points) else -1,
        "gradient": short(point.gradient),
        "hessian": short(point.hessian),
        "narrow": short(spectrum(chosen.name, point.point, "float32", **chosen.numbers)),
        "all_vectors": short(point.eigenvectors.T),
        "newton": short(point.newton_step),
        "verdict": verdict(chosen, study, point),
        "automatic": study.tolerance is None,
        "rates": rates(point),
    }


def rates(point: CriticalPoint) -> dict[str, float] | None:
    """What theory predicts for gradient descent and momentum close to a minimum."""
    return local_rates(point.eigenvalues)._asdict() if point.kind == "minimum" else None
