"""What is folded away under a network page: sharing, and formulas with their sources."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import streamlit as st

from activations import ACTIVATIONS
from curves.base import Learner, headed
from curves.trainings import TRAININGS
from engine.networks.experiment import NetworkExperiment
from engine.networks.together import Trained, learned
from initialisations import INITIALISATIONS
from losses import LOSSES
from normalisations import NORMALISATIONS
from views.export.share import entry, share, typeset
from views.kit.labels import lane_label, option_name
from views.kit.text import say, text


def share_training(net: NetworkExperiment, trained: Trained | None) -> None:
    """A training: a script that trains the same networks, and every row of the record."""
    share(
        "training", net.to_link(), lambda: script_of(net), f"{text('share.python')}. {text('share.python_note')}",
        lambda: csv_of(net, trained) if trained else "", trained is not None,
    )  # fmt: skip


def share_network(net: NetworkExperiment, page: str) -> None:
    """What a page shows that is about more than this training: the link of all of it, and a script that trains the
    network; its numbers are saved beside the clock."""
    share(page, net.to_link(), lambda: script_of(net), text("share.python_net"))


def script_of(net: NetworkExperiment) -> str:
    """A script that trains the same networks and prints the same final losses."""
    return (
        '"""A network experiment of Descent Lab; run it in the folder of the repository."""\n\n'
        "from engine import NetworkExperiment, learned, train_parts\n\n"
        f"net, _ = NetworkExperiment.from_link({net.to_link()!r})\n"
        "*_, (_, trained) = train_parts(net)\n"
        "for number, _, training, lane in learned(net, trained):\n"
        "    racer = net.lanes[number]\n"
        '    name = " ".join([racer.optimizer.name, *(f"{key}={value}" for key, value in racer.own)])\n'
        "    losses, tested = training.train_loss[lane, 0], training.test_loss[lane, 0]\n"
        '    print(f"{name}: training loss {losses[-1]:.10g}, test loss {tested[-1]:.10g}")\n'
    )


def csv_of(net: NetworkExperiment, trained: Trained) -> str:
    """Every row of the record: of each lane and each seed."""
    file = io.StringIO()
    writer = csv.writer(file)
    lines = headed(TRAININGS)
    writer.writerow(["optimizer", "seed", "update", "epoch", *lines])
    for each in learned(net, trained):
        training = each.training
        curves = [np.atleast_2d(line.of(Learner(training, each.lane))) for line in lines.values()]
        for seed in range(net.seeds):
            columns = [curve[seed % len(curve)].tolist() for curve in curves]
            for row in zip(training.steps.tolist(), training.epochs.tolist(), *columns, strict=True):
                writer.writerow([lane_label(net, each.number), each.net.seed + seed, *row])
    return file.getvalue()


def network_formula(net: NetworkExperiment) -> str:
    """What the network computes, layer by layer, and what its loss is given; without the dropout of its training."""
    norm = NORMALISATIONS[net.norm]
    given = r"W_i^\top h_{i-1}" + (" + b_i" if "bias" in norm.parts else "")
    given = rf"\sigma({given})" if norm.after else given
    given = given if norm.axis is None else rf"\mathrm{{norm}}_i({given})"
    given = rf"\gamma_i \circ {given}" if "gain" in norm.parts else given
    given = rf"{given} + \beta_i" if "shift" in norm.parts else given
    layer = given if norm.after else rf"\sigma({given})"
    passed = rf"h_{{i-1}} + {layer}"
    if net.architecture.kernel:
        ends_at, seen = rf"j+{net.architecture.kernel - 1}", layer.replace("h_{i-1}", "x_{j:%s}").replace("_i", "_1")
        first = rf"\frac{{1}}{{{net.architecture.places}}} \sum_j {seen % ends_at}"
        later = passed if net.residual else layer
        layer = rf"\begin{{cases}} {first} & i = 1 \\ {later} & i > 1 \end{{cases}}" if net.depth > 1 else first
    elif net.residual and net.architecture.inputs == net.width:
        layer = passed
    elif net.residual and net.depth > 1:  # the first layer has no bypass
        layer = rf"\begin{{cases}} {layer} & i = 1 \\ {passed} & i > 1 \end{{cases}}"
    linear = rf"W^\top h_{{{net.depth}}} + b"
    alone = net.architecture.outputs == 1
    if LOSSES[net.criterion].logits:
        ends = [f"z = (0, {linear})" if alone else f"z = {linear}"]
    else:
        shares = r"1/(1+e^{-z})" if alone else r"\mathrm{softmax}(z)"
        ends = [f"z = {linear}", rf"\hat y = {shares if net.classes else 'z'}"]
    return r",\quad ".join(["h_0 = x", f"h_i = {layer}"][: net.depth + 1]) + r" \\ " + r",\quad ".join(ends)


def formulas(net: NetworkExperiment) -> None:
    """The network, its loss, and the rules that train it."""
    fold = st.expander(text("share.formulas"), key="formulas_network", on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.markdown(f"**{say(net.dataset.name)}** — {say(net.dataset.about)}")
        st.caption(net.dataset.source)
        st.markdown(text("network_share.network", activation=option_name("activation", net.activation)))
        st.latex(typeset(network_formula(net)))
        for before, record in _parts(net):
            entry(record.name, record.about, before + record.formula, record.source)


def _parts(net: NetworkExperiment) -> Iterator[tuple[str, Any]]:
    """What it is made of and trained with, and what stands before the formula of each."""
    if net.depth:
        yield r"\sigma(z) = ", ACTIVATIONS[net.activation]
    if net.depth and NORMALISATIONS[net.norm].axis is not None:
        yield r"\mathrm{norm}(z) = ", NORMALISATIONS[net.norm]
    yield "" if net.scale == 1 else rf"w \leftarrow {net.scale:g}\,w,\quad ", INITIALISATIONS[net.scheme]
    yield r"L(\theta) = \frac1N \sum_n e_n + \lambda \sum w^2,\quad e = ", LOSSES[net.criterion]
    yield from (("", rule) for rule in {racer.optimizer.name: racer.rule for racer in net.lanes}.values())
    yield from (("", plan) for plan in {racer.schedule.name: racer.timetable for racer in net.lanes}.values())
