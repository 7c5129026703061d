"""Classification: two losses over the same logits side by side, and why cross-entropy is the one to take."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple, TypedDict

import numpy as np
import streamlit as st

from curves.runs import RUNS
from datasets import DATASETS
from datasets.base import Data
from engine.arrays import Floats
from engine.curvature.points import CriticalPoint, inspect_all
from engine.link import choice
from engine.measures.logistic import EXAMPLES, Likelihood, boundaries, likelihood, steepness
from engine.surfaces.descent import Trajectory
from engine.surfaces.experiment import STEPS, Experiment, run
from engine.surfaces.relief import plane_of, plane_window
from engine.surfaces.thinning import Steps
from landscapes import LANDSCAPES
from records import Knob
from settings.classification import PAIR
from views.controls.fields import add_group, field, lane_groups, send_panel
from views.controls.widgets import linked_choice, linked_slider
from views.kit.charts import STRETCHES, VARIANTS, Axis, Chart, draw, line, marks, note, rule, variant_line
from views.kit.component import component
from views.kit.curves import Charted, Table, charted, reaches
from views.kit.labels import axis_names, lane_label, sentence
from views.kit.lanes import LaneBlock, kept_of, lane_block, path_table
from views.kit.scene import Scene, scene
from views.kit.text import language, number, say, section, text
from views.kit.wire import Mapped, finite, packed
from views.session import prepared, visit
from views.session.work import worked

FRAMES = 500  # steps of a path that are sent
POINTS = 201  # of a curve
FAR_DATA = DATASETS["two_gaussians_and_far_points"]

CURVES = {"loss": replace(RUNS["loss"], log=False, above=None, events=False), "norm": RUNS["norm"]}

pair = component("classification")


class Descent(NamedTuple):
    """What is drawn of one optimizer on one of the two surfaces."""

    side: int  # which surface of PAIR
    number: int  # of the lane
    diverged: int  # step, or -1
    table: Table  # columns at the kept steps
    path: Table  # of a long run


class Side(TypedDict):
    """One of the two surfaces, and what it says of the start."""

    title: str
    scene: Scene
    loss: float | None
    norm: float | None


class Runner(LaneBlock):
    side: int
    number: int
    label: str
    family: str
    diverged: int


class ClassificationPicture(Mapped):
    problem: str
    empty: str
    told: str
    curves: list[Charted]
    sides: list[Side]
    lanes: list[Runner]


def both(experiment: Experiment) -> tuple[Experiment, ...]:
    """The same racers from the same start on each surface."""
    return tuple(replace(experiment, landscape=choice(LANDSCAPES, name)) for name in PAIR)


# ---- the two maps ----------------------------------------------------------------------------------------------------


def show(experiment: Experiment) -> None:
    """Run on both surfaces and draw them."""
    races = both(experiment)
    seconds = sum(race.seconds for race in races)
    with st.container():  # so that the picture keeps its place while a bar comes and goes
        descents = worked("pair", races[0], seconds, lambda: _descents(races))
    data = payload(races, descents or [])
    pair(key="classification", data=data, on_edit_change=lambda: visit.heard("classification"))


def _descents(races: tuple[Experiment, ...]) -> Iterator[tuple[float, list[Descent]]]:
    descents: list[Descent] = []
    yield 0.0, descents
    total = sum(racer.shown for racer in races[0].lanes) * len(races)
    for side, race in enumerate(races):
        prepared.prepare(race)
        for lane, trajectory in run(race):
            kept = kept_of(trajectory, FRAMES)
            plane = plane_of(race.surface, race.start, [])
            path = path_table(trajectory, kept, plane, plane_window(race.surface, plane))
            descents.append(Descent(side, lane, trajectory.diverged_at, columns_of(trajectory, kept), path))
            yield len(descents) / total, descents


def columns_of(trajectory: Trajectory, kept: Steps) -> Table:
    """The columns of a path at the kept steps; told: what the table prints."""
    curves = {"loss": trajectory.loss, "norm": trajectory.gradient_norm}
    points = trajectory.params[kept]
    return {
        "steps": [kept.astype(float)],
        "theta": list(points.T),
        **{name: [values[kept]] for name, values in curves.items()},
        "told": [trajectory.loss[kept], right(points), trajectory.gradient_norm[kept]],
        **reaches(curves, kept),
    }


def right(points: Floats) -> Floats:
    """What softmax says of the right class at logits (n, 2), beside a third one of −1000."""
    return np.asarray(1 / (1 + np.exp(points[:, 1] - points[:, 0])))


def payload(races: tuple[Experiment, ...], descents: list[Descent]) -> bytes:
    """Everything the pair draws but the reliefs, which it fetches by their addresses."""
    experiment = races[0]
    starts = [inspect_all(race.surface, [race.start])[0] for race in races]
    columns: list[Floats] = []
    refused = visit.problem("start")
    header: ClassificationPicture = {
        "sequence": visit.visit().sequence,
        "heights": visit.setting("heights"),
        "moved": visit.visit().moved,
        "language": language(),
        "words": section("stage") | section("pair"),
        "title": f"{text('page.title')} · {text('pages.classification')}",
        "problem": sentence(refused) if refused else "",
        "empty": "" if any(racer.shown for racer in experiment.lanes) else text("stage.empty"),
        "told": told(*starts),
        "steps": experiment.steps,
        "curves": charted(CURVES),
        "sides": [_side(race, start) for race, start in zip(races, starts, strict=True)],
        "lanes": [
            {
                "side": descent.side,
                "number": descent.number,
                "label": lane_label(experiment, descent.number),
                "family": "plain",
                "diverged": descent.diverged,
                **lane_block(columns, descent.table, descent.path),
            }
            for descent in descents
        ],
    }
    return packed(header, columns)


def _side(race: Experiment, start: CriticalPoint) -> Side:
    name = race.landscape.name.removeprefix("three_logits_")
    return {
        "title": text(f"classification.{name}"),
        "scene": scene(race, plane_of(race.surface, race.start, []), np.empty((0, 2))),
        "loss": finite(start.loss),
        "norm": finite(start.gradient_norm),
    }


def told(squared: CriticalPoint, entropy: CriticalPoint) -> str:
    """How much steeper cross-entropy is at the start, as a sentence."""
    return text(
        "classification.told",
        right=number(float(np.exp(-entropy.loss))),
        ratio=number(entropy.gradient_norm / squared.gradient_norm) if squared.gradient_norm else "∞",
    )


# ---- controls --------------------------------------------------------------------------------------------------------


def settings_panel(experiment: Experiment) -> None:
    """Start, steps and the optimizers."""
    send_panel([_run_group(experiment), *lane_groups(experiment), add_group(experiment)])


def _run_group(experiment: Experiment) -> dict[str, Any]:
    start = [
        field(
            f"start.{axis}",
            Knob(*experiment.surface.window[axis]),
            experiment.start[axis],
            f"{text('panel.start')} {name}",
            "",
            "number",
        )
        for axis, name in enumerate(axis_names(experiment))
    ]
    steps = field("steps", STEPS, experiment.steps, text("panel.steps"), text("panel.steps_hint"))
    return {"kind": "run", "id": "run", "fields": [steps, *start]}


# ---- what is folded --------------------------------------------------------------------------------------------------


@st.fragment  # its sliders leave the two maps alone
def more() -> None:
    """Why: the gradient against the logit, the likelihood, and why not least squares."""
    chosen = linked_choice(
        text("classification.why"), "why", lambda name: text(f"classification.why_{name}"), label_visibility="collapsed"
    )
    TOPICS[chosen]()


def _gradient() -> None:
    """G3 and, for two classes, G1: the gradient in the logit."""
    st.markdown(text("classification.two_classes"))
    st.latex(r"\operatorname{softmax}(z,0)_1=\frac{e^z}{e^z+1}=\frac{1}{1+e^{-z}}=f(z)")
    logits = np.linspace(-10.0, 10.0, POINTS)
    slopes = {name: np.asarray(steepness(name, logits)) for name in ("mse", "cross_entropy")}
    series = [
        line(logits, slopes["mse"], text("classification.mse_slope"), **variant_line(0)),
        line(logits, slopes["cross_entropy"], text("classification.ce_slope"), **variant_line(1)),
        rule(0.0, upright=True, dash=STRETCHES["solid"], width=1),
        note(-0.2, 1.04, text("classification.wrong"), "right"),
        note(0.2, 1.04, text("classification.right"), "left"),
    ]
    draw(Chart(Axis(text("classification.logit")), Axis("|∂L/∂z|", low=-0.03, high=1.1), series), "steepness")
    far = {name: number(float(slope[0])) for name, slope in slopes.items()}
    st.caption(text("classification.gradient", squared=far["mse"], entropy=far["cross_entropy"]))


def _likelihood() -> None:
    """G4: the same number twice, and again for every other w."""
    controls_side, picture = st.columns([2, 3], gap="medium")
    with controls_side:
        weight = linked_slider("w", "fit_w", help=text("classification.model"))
        bias = linked_slider("b", "fit_b")
        fitted = likelihood(weight, bias)
        st.latex(rf"-\ln\prod_n p_n={-np.log(fitted.product):.10f}")
        st.latex(rf"\sum_n\Bigl(-\sum_i t_{{n,i}}\ln y_{{n,i}}\Bigr)={fitted.entropies.sum():.10f}")
        st.caption(text("classification.same", product=number(fitted.product, 4)))
    with picture:
        weights = np.linspace(-10.0, 10.0, 81)
        curve = [likelihood(float(each), bias) for each in weights]
        products, sums = [-np.log(each.product) for each in curve], [each.entropies.sum() for each in curve]
        wide, dashed = {"width": 8, "dash": STRETCHES["solid"], "alpha": 0.45}, {"dash": STRETCHES["dash"]}
        series = [
            line(weights, products, "−ln Π p", **variant_line(4) | wide),
            line(weights, sums, text("classification.sum"), **variant_line(0) | dashed),
            marks([weight], [fitted.entropies.sum()], colour=VARIANTS[0], size=6, rim=True),
        ]
        draw(Chart(Axis("w"), Axis(text("classification.likelihood_axis")), series, height=260), "likelihood")
        st.dataframe(examples_table(fitted), hide_index=True, key="likelihood_table")


def examples_table(fitted: Likelihood) -> dict[str, list[Any]]:
    """One row for each example."""
    x, y = EXAMPLES
    return {
        "x": [number(value) for value in x],
        text("classification.class"): [int(value) for value in y],
        "f(wx + b)": [number(value) for value in fitted.probabilities],
        text("classification.own"): [number(value) for value in fitted.own],
        text("classification.entropy"): [number(value) for value in fitted.entropies],
    }


def _far_points() -> None:
    """G7: least squares on ±1 turns its boundary towards points that are right already."""
    far = linked_slider(text("classification.far"), "far", help=say(FAR_DATA.about))
    data = FAR_DATA.make(far=far)
    lines = boundaries(data.inputs, data.targets)
    (low, high), (bottom, top) = FAR_DATA.window or ((-4.0, 9.0), (-9.0, 4.0))
    series = []
    for side, look in ((0, {"symbol": "circle", "open": True}), (1, {"symbol": "plus"})):
        points = data.inputs[data.targets == side]
        series.append(marks(points[:, 0], points[:, 1], say(FAR_DATA.classes[side]), width=1.5, **look))
    for place, (name, (first, second, shift)) in enumerate(lines._asdict().items()):
        ends = np.array([bottom, top])  # the boundaries are steep: x₁ as a function of x₂
        said = text(f"classification.line_{name}", turn=number(np.degrees(np.arctan2(second, first)), 2))
        series.append(line(-(second * ends + shift) / first, ends, said, mute=True, **variant_line(place)))
    axes = Axis("x₁", low=low, high=high), Axis("x₂", low=bottom, high=top)
    draw(Chart(*axes, series, height=380), "boundaries")
    wrong = {name: int(np.sum(missed(each, data))) for name, each in lines._asdict().items()}
    counts = {"squares": wrong["least_squares"], "logistic": wrong["logistic"]}
    st.caption(text("classification.far_points" if far else "classification.no_far_points", **counts))


def missed(boundary: Floats, data: Data) -> Any:
    """Which points lie on the wrong side of a boundary, (n,)."""
    return (data.inputs @ boundary[:2] + boundary[2] > 0) != (data.targets == 1)


TOPICS: dict[str, Callable[[], None]] = {"gradient": _gradient, "likelihood": _likelihood, "far": _far_points}
