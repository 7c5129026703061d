"""Through the layers of deep networks: a picture for each activation, a line for each way to build the network, while
they learn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.measures.layer_gradients import VARIANTS, LayerGradients, while_training
from engine.networks.cost import MULTIPLICATIONS
from engine.networks.experiment import NetworkExperiment, usual_lanes, usual_rate
from engine.networks.network import initials
from optimizers import OPTIMIZERS
from settings.gradients import Gradients
from views.controls.fields import choice_field, group, number_field, send_panel
from views.kit.charts import Axis, Chart, Series, legend, line, variant_line
from views.kit.glossary import marked
from views.kit.labels import option_name, trouble
from views.kit.sheet import Said, Sheet, Told, box, sketch, tell
from views.kit.text import number, text
from views.session.linked import put
from views.session.played import play
from views.session.work import Task

SEEDS = 8  # whose median is drawn
ALWAYS = ("sigmoid", "tanh", "relu")  # the activations that are compared, beside the one that is chosen
DEPTH = 4.0  # times as long as training in float32: in float64, looked at in every layer
CALL = 2e-4  # seconds that a call takes at least
MOST_UPDATES = 30  # that the clock counts,
UNASKED = 2.5  # as far as they take no more seconds: the first is seen at once
RULE = "gradient_descent"
ROOM = 1e3  # times what a norm is at first: what leaves that is not drawn

Norms = dict[tuple[str, str], list[LayerGradients]]  # before each update


class Deep(NamedTuple):
    """What is measured: networks by how they are built, with each of the activations; and why some of them are not."""

    networks: dict[str, NetworkExperiment]
    activations: tuple[str, ...]
    troubles: dict[str, str]

    @property
    def seconds(self) -> float:
        """Of one update of all, about."""
        return len(self.activations) * sum(map(_seconds, self.networks.values()))

    @property
    def updates(self) -> int:
        """As many as run unasked."""
        return int(np.clip(UNASKED / self.seconds - 1, 0, MOST_UPDATES))


def deep_of(net: NetworkExperiment, own: Gradients) -> Deep:
    deep = replace(net, depth=own.layers, kernel=0, batch=0, dropout=0.0, lanes=usual_lanes(), steps=1, seeds=1)
    networks = {variant: replace(deep, **parts) for variant, parts in VARIANTS.items()}
    troubles = {variant: problem for variant, each in networks.items() if (problem := trouble(each))}
    able = {variant: each for variant, each in networks.items() if variant not in troubles}
    return Deep(able, tuple(dict.fromkeys((*ALWAYS, net.activation))), troubles)


def tasks(net: NetworkExperiment, own: Gradients) -> list[Task]:
    deep = deep_of(net, own)
    if not deep.networks:
        return []
    key = (*deep.networks.items(), deep.activations)
    seconds = deep.seconds * (deep.updates + 1)
    return [Task("depth", key, seconds, lambda _: _norms(deep), unasked=deep.updates > 0)]


def fields(own: Gradients) -> list[dict[str, Any]]:
    """What is chosen beside the picture."""
    quantities = {name: text(f"gradients.shown_{name}") for name in ("signals", "weights")}
    shown = choice_field("norms", own.norms, text("gradients.shown"), quantities)
    layers = number_field("layers", own.layers, text("gradients.layers"), text("gradients.layers_help"))
    return [group("depth", [shown, layers], at="depth")]


def sheet(net: NetworkExperiment, own: Gradients, found: Mapping[str, Any]) -> Sheet:
    deep, norms = deep_of(net, own), found.get("depth", {})
    boxes = _left_out(deep)
    if not norms or not all(norms.values()):
        return Sheet({}, {}, (0, 0), boxes=boxes)
    frames = min(map(len, norms.values()))
    medians = {case: _medians(rows[:frames], own.norms) for case, rows in norms.items()}
    axis = _axis(np.stack(list(medians.values())), text(f"gradients.axis_{own.norms}"))
    texts = {"depth_reach": _reach(norms, deep, own.norms)}
    if axis is None:
        return Sheet({}, texts, (0, 0), boxes=[*boxes, Told(text("gradients.all_zero"))])
    charts = {f"depth_{activation}": _chart(activation, medians, axis, deep) for activation in deep.activations}
    signs = {place: text(f"gradients.variant_{variant}") for place, variant in enumerate(deep.networks)}
    return Sheet(charts, texts, (frames - 1, 0), signs, boxes)


def lay(net: NetworkExperiment, own: Gradients, found: dict[str, Any]) -> Sheet:
    """The part of the page; what takes long is put down in ``found``."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="depth_settings"):
        st.markdown(f"**{text('gradients.depth_title')}**", width="stretch")
        with st.container(width=620):
            send_panel(fields(own), "depth")
    before = _left_out(deep_of(net, own))
    for each in before:
        box(each)
    for task in tasks(net, own):
        task.on_page(found, lambda part: _sketch(sheet(net, own, {"depth": part})))
    drawn = sheet(net, own, found)
    for each in drawn.boxes[len(before) :]:
        box(each)
    if drawn.charts:
        legend(list(drawn.signs.values()))
        for column, (key, chart) in zip(st.columns(len(drawn.charts)), drawn.charts.items(), strict=True):
            with column:
                st.markdown(f"**{chart.title}**")
                put(drawn, key)
    assert drawn.clock
    play("gradients", drawn.clock[0])
    if drawn.said:
        st.caption(marked(text("gradients.depth_note", seeds=SEEDS, rate=number(usual_rate(OPTIMIZERS[RULE])))))
        tell(drawn, "depth_reach")
    return drawn


def _sketch(part: Sheet) -> None:
    if part.charts:
        sketch(part)


def _left_out(deep: Deep) -> list[Told]:
    """Why networks are not there, and which."""
    reasons = []
    for problem in dict.fromkeys(deep.troubles.values()):
        variants = [text(f"gradients.variant_{variant}") for variant, why in deep.troubles.items() if why == problem]
        left_out = text("gradients.left_out", variants=", ".join(variants))
        reasons.append(Told(f"{left_out} {problem}" if deep.networks else problem, warns=True))
    return reasons


def _seconds(deep: NetworkExperiment) -> float:
    multiplications = 3.0 * SEEDS * deep.size * deep.points
    return DEPTH * multiplications / MULTIPLICATIONS + CALL


def _norms(deep: Deep) -> Iterator[tuple[float, Norms]]:
    """All before the first update, then all before the second one, …"""
    cases = {case: _learning(deep.networks[case[1]], case[0]) for case in product(deep.activations, deep.networks)}
    norms: Norms = {case: [] for case in cases}
    turns = deep.updates + 1
    for done, (_, case) in enumerate(product(range(turns), cases), 1):
        norms[case].append(next(cases[case]))
        yield done / (turns * len(cases)), norms


def _learning(deep: NetworkExperiment, activation: str) -> Iterator[LayerGradients]:
    network, seeds = replace(deep.architecture, activation=activation), range(deep.seed, deep.seed + SEEDS)
    thetas, rate = initials(network, seeds, deep.scheme, deep.scale), usual_rate(OPTIMIZERS[RULE])
    return while_training(network, deep.criterion, deep.classes, thetas, *deep.examples.train[:2], rate)


def _chart(activation: str, medians: Mapping[tuple[str, str], Floats], axis: Axis, deep: Deep) -> Chart:
    series = [
        _row(medians[activation, variant], text(f"gradients.variant_{variant}"), place)
        for place, variant in enumerate(deep.networks)
    ]
    layer = Axis(text("gradients.layer"), whole=True)
    return Chart(layer, axis, series, height=260, legend=False, title=option_name("activation", activation))


def _medians(norms: Sequence[LayerGradients], quantity: str) -> Floats:
    """(F, L) over the seeds; where half of them have diverged, infinite."""
    rows = np.stack([getattr(each, quantity) for each in norms])
    return np.asarray(np.median(np.where(np.isnan(rows), np.inf, rows), axis=1))


def _axis(medians: Floats, title: str) -> Axis | None:
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


def _reach(norms_of: Norms, deep: Deep, quantity: str) -> Said:
    """How much of the last layer's gradient is left at the first one before training, as a table."""
    head = [text(f"gradients.reach_{quantity}"), *(text(f"gradients.variant_{variant}") for variant in deep.networks)]
    rows = []
    for activation in deep.activations:
        reaches = (norms_of[activation, variant][0] for variant in deep.networks)
        cells = [f"{number(norms.reach(quantity), 2)} ({_per_layer(norms, quantity)})" for norms in reaches]
        rows.append([option_name("activation", activation), *cells])
    return Said(head=head, rows=rows)


def _per_layer(norms: LayerGradients, quantity: str) -> str:
    steps = norms.weights.shape[1] - 1
    with np.errstate(invalid="ignore"):
        return f"×{number(float(np.power(norms.reach(quantity), 1 / steps)), 2)}"
