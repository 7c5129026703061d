"""The page of gradients: through the layers of deep networks, against central differences, and of softmax."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from time import time_ns
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.curvature.derivatives import slopes_at
from engine.measures.differences import DISTANCES, central_differences, compared, gradient_check
from engine.measures.layer_gradients import VARIANTS, LayerGradients, coordinate_names, logit_gradient, while_training
from engine.networks.cost import MULTIPLICATIONS
from engine.networks.experiment import NetworkExperiment, usual_lanes, usual_rate
from engine.networks.network import initial, initials
from optimizers import OPTIMIZERS
from settings.gradients import Gradients
from views.controls.widgets import linked_choice, linked_slider, linked_switch
from views.kit.charts import STRETCHES, Axis, Chart, Series, bars, draw, legend, line, marks, variant_line
from views.kit.glossary import marked
from views.kit.labels import option_name, trouble
from views.kit.tables import table
from views.kit.text import in_formula, number, text
from views.session import visit
from views.session.played import play
from views.session.trained import first, trained
from views.session.work import worked

SEEDS = 8  # whose median is drawn
ALWAYS = ("sigmoid", "tanh", "relu")  # the activations that are compared, beside the one that is chosen
ROWS = 6  # coordinates in the table
PRECISIONS = {"float64": 2.0**-52, "float32": 2.0**-23}  # with the distance ε from 1 to the next number
DEPTH, CHECK = 6.0, 3.0  # times as long as training in float32: float64, and what is computed twice
CALL = 1e-4  # seconds that a call takes at least
MOST_UPDATES = 30  # that the clock counts,
UNASKED = 2.5  # as far as they take no more seconds: the first is seen at once
RULE = "gradient_descent"
ROOM = 1e3  # times what a norm is at first: what leaves that is not drawn

Norms = dict[tuple[str, str], list[LayerGradients]]  # before each update


def on_top() -> str:
    """Which part of the page stands above the others."""
    return visit.settings(Gradients).part


def parts(net: NetworkExperiment) -> None:
    """What the page has of the network on its left, and where gradients begin."""
    through_depth(net)
    beside = st.columns(2, gap="large")
    with beside[1]:
        softmax()
    with beside[0]:
        against_differences(net)


# ---- through the layers ----------------------------------------------------------------------------------------------


def through_depth(net: NetworkExperiment) -> None:
    """I3: a picture for each activation, a line for each way to build the network, while they learn."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="depth_settings"):
        st.markdown(f"**{text('gradients.depth_title')}**", width="stretch")
        quantity = linked_choice(
            text("gradients.shown"), "norms", lambda name: text(f"gradients.shown_{name}"), label_visibility="collapsed"
        )
        depth = linked_slider(text("gradients.layers"), "layers", help=text("gradients.layers_help"), width=260)
    deep = replace(net, depth=depth, kernel=0, batch=0, dropout=0.0, lanes=usual_lanes(), steps=1, seeds=1)
    networks = {variant: replace(deep, **parts) for variant, parts in VARIANTS.items()}
    troubles = {variant: problem for variant, network in networks.items() if (problem := trouble(network))}
    deeps = {variant: network for variant, network in networks.items() if variant not in troubles}
    for problem in dict.fromkeys(troubles.values()):
        left_out = [text(f"gradients.variant_{variant}") for variant, why in troubles.items() if why == problem]
        st.warning(f"{text('gradients.left_out', variants=', '.join(left_out))} {problem}" if deeps else problem)
    if not deeps:
        return play("gradients")
    activations = tuple(dict.fromkeys((*ALWAYS, net.activation)))
    seconds = len(activations) * sum(map(_depth_seconds, deeps.values()))
    updates = int(np.clip(UNASKED / seconds - 1, 0, MOST_UPDATES))
    measured = worked(
        "depth", (deep, activations), 0.0 if updates else seconds, lambda: _norms(deeps, activations, updates),
        draw=lambda part: _draw_norms(part, quantity, f"_{time_ns()}"),
    )  # fmt: skip
    if measured is not None:
        _draw_norms(measured, quantity)
    alive = measured is not None and any(np.any(_medians(norms[:1], quantity) > 0) for norms in measured.values())
    play("gradients", updates if alive else 0)
    if measured is not None:
        _say_reach(measured, activations, tuple(deeps), quantity)


def _depth_seconds(deep: NetworkExperiment) -> float:
    multiplications = 3.0 * SEEDS * deep.size * deep.points
    return DEPTH * multiplications / MULTIPLICATIONS + 2 * deep.depth * CALL


def _norms(
    deeps: dict[str, NetworkExperiment], activations: tuple[str, ...], updates: int
) -> Iterator[tuple[float, Norms]]:
    """All before the first update, then all before the second one, …"""
    cases = {case: _learning(deeps[case[1]], case[0]) for case in product(activations, deeps)}
    norms: Norms = {case: [] for case in cases}
    for done, (_, case) in enumerate(product(range(updates + 1), cases), 1):
        norms[case].append(next(cases[case]))
        yield done / (updates + 1) / len(cases), norms


def _learning(deep: NetworkExperiment, activation: str) -> Iterator[LayerGradients]:
    network, seeds = replace(deep.architecture, activation=activation), range(deep.seed, deep.seed + SEEDS)
    thetas, rate = initials(network, seeds, deep.scheme, deep.scale), usual_rate(OPTIMIZERS[RULE])
    return while_training(network, deep.criterion, deep.classes, thetas, *deep.examples.train[:2], rate)


def _draw_norms(norms_of: Norms, quantity: str, key: str = "") -> None:
    """With a ``key`` what is there so far, which stands still."""
    frames = min(map(len, norms_of.values())) if not key else 1
    if not all(norms_of.values()):
        return
    medians = {case: _medians(norms[:frames], quantity) for case, norms in norms_of.items()}
    norm = _norm_axis(np.stack(list(medians.values())), text(f"gradients.axis_{quantity}"))
    if norm is None:
        st.info(text("gradients.all_zero"))
        return
    activations, variants = (list(dict.fromkeys(part)) for part in zip(*norms_of, strict=True))
    layer = Axis(text("gradients.layer"), whole=True)
    legend([text(f"gradients.variant_{variant}") for variant in variants])
    for column, activation in zip(st.columns(len(activations)), activations, strict=True):
        series = [
            _row(medians[activation, variant], text(f"gradients.variant_{variant}"), place)
            for place, variant in enumerate(variants)
        ]
        with column:
            title = option_name("activation", activation)
            st.markdown(f"**{title}**")
            draw(Chart(layer, norm, series, height=260, legend=False, title=title), f"depth_{activation}{key}")


def _medians(norms: Sequence[LayerGradients], quantity: str) -> Floats:
    """(F, L) over the seeds; where half of them have diverged, infinite."""
    rows = np.stack([getattr(each, quantity) for each in norms])
    return np.asarray(np.median(np.where(np.isnan(rows), np.inf, rows), axis=1))


def _norm_axis(medians: Floats, title: str) -> Axis | None:
    """Room for what is there at first, and some for what comes of it; None where all is 0. Medians (C, F, L)."""
    first, every = (part[np.isfinite(part) & (part > 0)] for part in (medians[:, 0], medians))
    if not first.size:
        return None
    low, high = max(every.min(), first.min() / ROOM), min(every.max(), first.max() * ROOM)
    margin = 10 ** (0.05 * np.log10(high / low) + 0.1)
    return Axis(title, log=True, low=low / margin, high=high * margin)


def _row(norms: Floats, name: str, place: int) -> Series:
    """Norms (F, L) over the layers: a line that turns with the clock."""
    layers = np.broadcast_to(np.arange(1, norms.shape[1] + 1), norms.shape)
    still = len(norms) == 1
    drawn = line(layers[0] if still else layers, norms[0] if still else norms, name, **variant_line(place))
    return drawn if still else drawn._replace(times=np.arange(len(norms)))


def _say_reach(norms_of: Norms, activations: tuple[str, ...], variants: tuple[str, ...], quantity: str) -> None:
    """How much of the last layer's gradient is left at the first one before training, as a table."""
    head = [text(f"gradients.reach_{quantity}"), *(text(f"gradients.variant_{variant}") for variant in variants)]
    rows = []
    for activation in activations:
        reaches = (norms_of[activation, variant][0] for variant in variants)
        cells = [f"{number(norms.reach(quantity), 2)} ({_per_layer(norms, quantity)})" for norms in reaches]
        rows.append([option_name("activation", activation), *cells])
    st.caption(marked(text("gradients.depth_note", seeds=SEEDS, rate=number(usual_rate(OPTIMIZERS[RULE])))))
    st.markdown(table(head, rows))


def _per_layer(norms: LayerGradients, quantity: str) -> str:
    steps = norms.weights.shape[1] - 1
    with np.errstate(invalid="ignore"):
        return f"×{number(float(np.power(norms.reach(quantity), 1 / steps)), 2)}"


# ---- against differences ---------------------------------------------------------------------------------------------


class Checked(NamedTuple):
    """What the differences say at one θ; entries of errors that are still to come are nan."""

    errors: dict[str, Floats]  # by precision, (m,), at DISTANCES
    names: list[str]  # of some coordinates
    automatic: Floats  # (k,), the gradient there
    differences: Floats  # (k,), at the best h in float64


def without() -> tuple[str, ...]:
    """What the panel leaves out: without training, all that belongs to it."""
    training = () if visit.settings(Gradients).after else ("lanes", "steps", "batch")
    return ("seeds", "dropout", *training)


def against_differences(net: NetworkExperiment) -> None:
    """I1: the error against h, and some coordinates side by side."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{text('gradients.check_title')}**", width="stretch")
        after = linked_switch(text("gradients.after"), "after", help=text("gradients.after_help"))
    alone = replace(net, lanes=tuple(racer for racer in net.lanes if racer.shown)[:1], seeds=1, dropout=0.0)
    if not after:
        alone = replace(alone, lanes=usual_lanes()[:1], steps=1, batch=0)
    if problem := trouble(alone):
        st.warning(problem)
        return
    theta = initial(alone.architecture, alone.seed, alone.scheme, alone.scale)
    if after:
        training = first(trained(alone))
        if training is None:
            return
        theta = training.final[0, 0]
    if not np.isfinite(theta).all():
        st.warning(text("gradients.diverged"))
        return
    evaluations = 2 * 2 * len(DISTANCES) * len(compared(alone.size))
    seconds = evaluations * (CHECK * alone.size * alone.points / MULTIPLICATIONS + 1e-6)
    checked = worked("check", (alone, after), seconds, lambda: _check(alone, theta))
    if checked is not None:
        _draw_check(checked)


def _check(net: NetworkExperiment, theta: Floats) -> Iterator[tuple[float, Checked]]:
    """One distance after the other, in each precision."""
    make, examples = net.surface()[0], net.examples.train
    data: dict[str, Any] = {"inputs": examples.inputs, "targets": examples.targets, "decay": net.decay}
    every = compared(net.size)
    some = every[np.unique(np.linspace(0, len(every) - 1, ROWS).astype(int))]
    numbers = {name: np.asarray(value, dtype=np.float64) for name, value in data.items()}
    automatic = np.asarray(slopes_at(make, numbers, theta[None])[1])[0, some]
    errors = {precision: np.full(len(DISTANCES), np.nan) for precision in PRECISIONS}
    checked = Checked(errors, coordinate_names(net.architecture, some.tolist()), automatic, np.full(len(some), np.nan))
    for done, (precision, place) in enumerate(product(PRECISIONS, range(len(DISTANCES))), 1):
        errors[precision][place] = gradient_check(make, theta, DISTANCES[[place]], precision, **data)[1][0]
        yield done / (2 * len(DISTANCES)), checked
    best = DISTANCES[[_best(errors["float64"])]]
    yield 1.0, checked._replace(differences=central_differences(make, theta, best, some, **data)[0])


def _best(errors: Floats) -> int:
    """Where the error is least."""
    return int(np.argmin(np.where(np.isfinite(errors), errors, np.inf)))


def _draw_check(checked: Checked) -> None:
    seen = np.concatenate([errors[np.isfinite(errors) & (errors > 0)] for errors in checked.errors.values()])
    if not seen.size:
        st.info(text("gradients.no_error"))
        return
    series, notes = [], []
    for place, (precision, errors) in enumerate(checked.errors.items()):
        arms, said = _slopes(precision, errors)
        series += [
            line(DISTANCES, errors, precision, **variant_line(place)),
            marks(DISTANCES, errors, colour=variant_line(place)["colour"], size=2.5, mute=True),
            *arms,
        ]
        notes.append(said)
    error = Axis(text("gradients.error"), log=True, low=seen.min() / 3, high=min(seen.max(), 1e6) * 3)
    draw(
        Chart(
            Axis(text("gradients.distance"), log=True), error, series, height=300, title=text("gradients.check_title")
        ),
        "check_errors",
    )
    st.caption(marked(" ".join([text("gradients.check_note"), *notes])))
    _table(checked)


def _slopes(precision: str, errors: Floats) -> tuple[list[Series], str]:
    """Lines of slope −1 and 2 through the two arms; which slopes are measured, and where the error is least."""
    lengths, at = DISTANCES, _best(errors)
    best = lengths[at]
    known = np.isfinite(errors) & (errors > 0)
    slopes: dict[int, float] = {}
    arms = []
    for power, arm in ((-1, (lengths < best / 10) & (errors < 0.5)), (2, (lengths > 4 * best) & (lengths < 0.4))):
        rows = arm & known
        slopes[power] = np.nan
        if rows.sum() < 3:
            continue
        slopes[power] = np.polyfit(np.log(lengths[rows]), np.log(errors[rows]), 1)[0]
        level = np.median(errors[rows] / lengths[rows] ** power)
        drawn = (lengths <= best) if power < 0 else (lengths >= best)
        law = level * lengths[drawn] ** power
        arms.append(line(lengths[drawn], law, colour="soft", dash=STRETCHES["dot"], width=1.5, mute=True))
    theory = PRECISIONS[precision] ** (1 / 3)
    return arms, text(
        "gradients.slopes", precision=precision, small=number(slopes[-1], 3), large=number(slopes[2], 3),
        best=number(best, 2), least=number(errors[at], 2), theory=number(theory, 2),
    )  # fmt: skip


def _table(checked: Checked) -> None:
    """Some coordinates: both derivatives with all their digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.abs(checked.differences - checked.automatic) / np.abs(checked.automatic)
    st.dataframe(
        {
            text("gradients.coordinate"): checked.names,
            text("gradients.automatic"): [f"{value:.12f}" for value in checked.automatic],
            text("gradients.difference"): [f"{value:.12f}" for value in checked.differences],
            text("gradients.relative"): [number(value, 2) for value in relative],
        },
        hide_index=True,
        key="check_table",
    )


# ---- softmax ---------------------------------------------------------------------------------------------------------

CLASSES = tuple("123")
BAR = 0.26  # how far apart the bars of a class are


def softmax() -> None:
    """I2: three logits to move, and what the gradient is made of."""
    st.markdown(f"**{text('gradients.softmax_title')}**")
    columns = st.columns(3)
    logits = []
    for place, column in enumerate(columns, 1):
        with column:
            logits.append(linked_slider(f"z{'₁₂₃'[place - 1]}", f"z{place}"))
    right = linked_choice(text("gradients.true_class"), "class", str)
    gradient = logit_gradient(logits, CLASSES.index(right))
    places = np.arange(1, 4)
    heights = {"softmax": gradient.probabilities, "one_hot": gradient.target, "autodiff": gradient.gradient}
    series = [
        bars(places + (place - 1) * BAR, part, text(f"gradients.bar_{name}"), BAR, colour=variant_line(place)["colour"])
        for place, (name, part) in enumerate(heights.items())
    ]
    closed = gradient.probabilities - gradient.target
    series.append(marks(places + BAR, closed, text("gradients.bar_closed"), symbol="cross", size=5.5, colour="ink"))
    classes = Axis(text("gradients.class"), low=0.5, high=3.5, ticks=dict(enumerate(CLASSES, 1)))
    draw(
        Chart(classes, Axis("", low=-1.1, high=1.1), series, height=300, title=text("gradients.softmax_title")),
        "softmax_bars",
    )
    st.caption(text("gradients.softmax_note", difference=number(gradient.difference, 2), loss=number(gradient.loss, 4)))


def formulas() -> None:
    """What is computed, typeset."""
    with st.expander(text("share.formulas")):
        st.latex(
            r"D_i = G_{i+1}\circ\sigma'(Z_iW_i+b_i),\qquad G_i = D_iW_i^{\mathsf T},\qquad"
            r"\frac{\partial L}{\partial W_i} = Z_i^{\mathsf T}D_i"
        )
        st.markdown(marked(text("gradients.backward_words")))
        st.latex(
            r"\frac{L(\theta+he)-L(\theta-he)}{2h} = \frac{\partial L}{\partial\theta_e}"
            rf" + \underbrace{{\tfrac{{h^2}}{{6}}L'''}}_{{{in_formula(text('gradients.truncation'))}}}"
            rf" + \underbrace{{O(\varepsilon L/h)}}_{{{in_formula(text('gradients.rounding'))}}}"
        )
        st.latex(
            r"L=-\ln\frac{e^{z_c}}{\sum_j e^{z_j}},\qquad"
            r"\frac{\partial L}{\partial z}=\mathrm{softmax}(z)-\mathrm{onehot}(c)"
        )
