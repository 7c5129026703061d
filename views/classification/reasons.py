"""What the losses for classes mean, topic by topic: slopes, likelihood, far points, softmax in numbers, XOR by hand."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from datasets import DATASETS
from datasets.base import Data
from engine.arrays import Floats
from engine.measures.layer_gradients import logit_gradient
from engine.measures.logistic import EXAMPLES, Likelihood, boundaries, likelihood, steepness
from engine.measures.xor_features import Separation, distances, outline, separated
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import hidden
from engine.surfaces.experiment import lane
from settings.classification import Classification
from views.controls.widgets import linked_choice, linked_slider
from views.kit.charts import STRETCHES, VARIANTS, Axis, Chart, Series, bars, draw, line, marks, note, rule, variant_line
from views.kit.glossary import marked
from views.kit.text import number, say, text
from views.session import visit
from views.session.trained import first, trained

POINTS = 201  # of a curve
FAR_DATA = DATASETS["two_gaussians_and_far_points"]
XOR = DATASETS["xor"]
SQUARE = ((-0.5, 1.5), (-0.5, 1.5))


def on_top() -> bool:
    """Whether the topics stand above the two maps."""
    return visit.settings(Classification).top == "why"


@st.fragment  # its sliders leave the two maps alone
def more() -> None:
    """Why, by topics."""
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
    for place, (name, (across, up, shift)) in enumerate(lines._asdict().items()):
        ends = np.array([bottom, top])  # the boundaries are steep: x₁ as a function of x₂
        said = text(f"classification.line_{name}", turn=number(np.degrees(np.arctan2(up, across)), 2))
        series.append(line(-(up * ends + shift) / across, ends, said, mute=True, **variant_line(place)))
    axes = Axis("x₁", low=low, high=high), Axis("x₂", low=bottom, high=top)
    draw(Chart(*axes, series, height=380), "boundaries")
    wrong = {name: int(np.sum(missed(each, data))) for name, each in lines._asdict().items()}
    counts = {"squares": wrong["least_squares"], "logistic": wrong["logistic"]}
    st.caption(text("classification.far_points" if far else "classification.no_far_points", **counts))


def missed(boundary: Floats, data: Data) -> Any:
    """Which points lie on the wrong side of a boundary, (n,)."""
    return (data.inputs @ boundary[:2] + boundary[2] > 0) != (data.targets == 1)


# ---- softmax, worked -------------------------------------------------------------------------------------------------


def _softmax() -> None:
    """G14: three logits, their powers of e and their shares, with every number on its bar."""
    logits = []
    for place, column in enumerate(st.columns(3)):
        with column:
            logits.append(linked_slider(f"z{'₁₂₃'[place]}", f"s{place + 1}"))
    shares, powers = logit_gradient(logits, 0).probabilities, np.exp(logits)
    heights = {"logits": np.array(logits), "powers": powers, "shares": shares}
    for place, (column, (name, values)) in enumerate(zip(st.columns(3, gap="medium"), heights.items(), strict=True)):
        with column:
            title = text(f"classification.softmax_{name}")
            st.markdown(f"**{title}**")
            draw(_bars(values, title, variant_line(place)["colour"]), f"softmax_{name}")
    order = np.argsort(logits)[::-1]
    first, second = (int(place) for place in order[:2])
    gaps = {
        "first": "₁₂₃"[first], "second": "₁₂₃"[second], "apart": number(logits[first] - logits[second]),
        "times": number(powers[first] / powers[second]), "most": number(shares[first]),
    }  # fmt: skip
    st.caption(text("classification.softmax", **gaps))


def _bars(values: Floats, title: str, colour: str) -> Chart:
    """One bar a class, each with its number."""
    reach = 1.25 * max(float(np.abs(values).max()), 1e-9)
    low = -reach if (values < 0).any() else 0.0
    room = 0.06 * (reach - low)
    places = np.arange(1, len(values) + 1)
    series = [
        bars(places, values, colour=colour),
        *(
            note(place, value + (room if value >= 0 else -room), number(float(value)))
            for place, value in zip(places.tolist(), values.tolist(), strict=True)
        ),
    ]
    classes = Axis(text("gradients.class"), low=0.4, high=3.6, ticks=dict(enumerate("123", 1)))
    return Chart(classes, Axis("", low=low, high=reach), series, height=260, title=title)


# ---- XOR -------------------------------------------------------------------------------------------------------------


def _xor() -> None:
    """G13: the plane, the distances to two corners, and what two hidden neurons have learned."""
    noise = linked_slider(text("classification.xor_noise"), "xor_noise", help=say(XOR.about))
    data = XOR.make(noise=noise)
    side = data.targets.astype(np.int64)
    plane, hand = separated(data.inputs, side), separated(distances(data.inputs), side)
    left, middle, right = st.columns(3, gap="medium")
    with left:
        across, up = outline(hand.line).T
        ellipse = line(across, up, text("classification.xor_line_hand"), mute=True, **variant_line(1))
        _space("plane", data.inputs, data.targets, plane, ("x₁", "x₂"), SQUARE, [ellipse])
    with middle:
        _space("hand", distances(data.inputs), data.targets, hand, ("‖x − (0, 0)‖", "‖x − (1, 1)‖"))
    with right:
        learned = _learned(noise)
    spaces = {"plane": plane, "hand": hand} | ({"learned": learned} if learned else {})
    rights = {name: number(100 * each.right) for name, each in spaces.items()}
    st.caption(marked(text("classification.xor" if learned else "classification.xor_untrained", **rights)))


def _learned(noise: float) -> Separation | None:
    """Drawn as soon as it is trained; the last three of θ are the line in the space of the two neurons."""
    rule = lane("adam", learning_rate=0.05)
    net = NetworkExperiment.on("xor", rule, knobs={"noise": noise}, depth=1, width=2, steps=600, seed=1, test=0.0)
    training = first(trained(net, "xor", quiet=True))
    if training is None or not np.isfinite(training.final[0, 0]).all():
        return None
    theta, examples = training.final[0, 0], net.examples.train
    neurons = np.asarray(hidden(net.architecture, theta, examples.inputs)[1][-1])
    side = examples.targets.astype(np.int64)
    found = Separation.of(neurons, theta[-3:], side)
    _space("learned", neurons, side, found, ("h₁", "h₂"))
    return found


def _space(
    name: str, features: Floats, side: Any, found: Separation, names: tuple[str, str],
    window: Sequence[Sequence[float]] | None = None, more: Sequence[Series] = (),
) -> None:  # fmt: skip
    """Examples by two features, with the line between them."""
    across, up = window or [_room(column) for column in features.T]
    series = [_line_in(found.line, across, up, text("classification.xor_line")), *more]
    for kind, look in ((0, {"symbol": "circle", "open": True}), (1, {"symbol": "plus"})):
        points = features[side == kind]
        series.append(marks(points[:, 0], points[:, 1], say(XOR.classes[kind]), width=1.5, **look))
    title = text(f"classification.xor_{name}_title")
    st.markdown(f"**{title}**")
    axes = Axis(names[0], low=across[0], high=across[1]), Axis(names[1], low=up[0], high=up[1])
    draw(Chart(*axes, series, height=300, title=title), f"xor_{name}")


def _room(values: Floats) -> tuple[float, float]:
    """A range with a margin."""
    low, high = float(values.min()), float(values.max())
    margin = 0.1 * (high - low) or 1.0
    return low - margin, high + margin


def _line_in(found: Floats, across: Sequence[float], up: Sequence[float], name: str) -> Series:
    """w₁ x + w₂ y + b = 0 within a window."""
    first, second, shift = found
    with np.errstate(divide="ignore", invalid="ignore"):
        if abs(first) > abs(second):
            y = np.linspace(up[0], up[1], POINTS)
            x = -(second * y + shift) / first
        else:
            x = np.linspace(across[0], across[1], POINTS)
            y = -(first * x + shift) / second
    inside = (x >= across[0]) & (x <= across[1]) & (y >= up[0]) & (y <= up[1])
    return line(np.where(inside, x, np.nan), np.where(inside, y, np.nan), name, mute=True, **variant_line(0))


TOPICS: dict[str, Callable[[], None]] = {
    "gradient": _gradient,
    "likelihood": _likelihood,
    "far": _far_points,
    "softmax": _softmax,
    "xor": _xor,
}
