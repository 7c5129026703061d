"""The page of gradients: through the layers of deep networks, against central differences, of softmax, in matrices, and
what going back remembers."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from engine.networks.experiment import NetworkExperiment
from settings.gradients import Gradients
from views.controls.fields import send_panel
from views.controls.network import network_groups
from views.gradients import check, depth, matrices, memory, softmax
from views.kit.glossary import marked
from views.kit.sheet import Sheet, together
from views.kit.text import in_formula, language, text
from views.session import visit
from views.session.linked import Asked, Linked, Parts, follow_sheet, pieces
from views.session.work import Task

NAMES = tuple(name for name in Gradients.fields() if name not in ("part", "heights"))  # that decide what is shown


def panel(net: NetworkExperiment) -> None:
    send_panel(groups(net, visit.settings(Gradients)))


def groups(net: NetworkExperiment, own: Gradients) -> list[dict[str, Any]]:
    """Of the panel, and of the rows beside the pictures. Without training all that belongs to it is left out."""
    training = () if own.after else ("lanes", "steps", "batch")
    rows = [row for part in (depth, check, softmax, matrices, memory) for row in part.fields(own)]
    return [*network_groups(net, ("seeds", "dropout", *training)), *rows]


def show(net: NetworkExperiment) -> None:
    """The parts one below the other, on top the one that is asked for."""
    own, found = visit.settings(Gradients), dict[str, Any]()
    alike = net.alike

    def beginning() -> Sheet:
        left, right = st.columns(2, gap="large")
        with right:
            begins = softmax.lay(own)
        with left:
            return together(check.lay(alike, own, found), begins)

    parts = {
        "depth": lambda: depth.lay(alike, own, found),
        "check": beginning,
        "matrices": lambda: matrices.lay(own),
        "memory": lambda: memory.lay(own),
    }
    laid = {name: parts[name]() for name in sorted(parts, key=lambda name: name != own.part)}
    places = together(*(laid[name] for name in parts)).places
    follow_sheet(PAGE, Asked(own, language(), net), places, memory.hears())


def sheet(net: NetworkExperiment, own: Gradients, found: Mapping[str, Any]) -> Sheet:
    """All that is drawn and said."""
    of_network = depth.sheet(net, own, found), check.sheet(net, own, found)
    return together(*of_network, softmax.sheet(own), matrices.sheet(own), memory.sheet(own))


def _tasks(asked: Asked) -> list[Task]:
    net = asked.net.alike
    return [*check.tasks(net, asked.own), *depth.tasks(net, asked.own)]  # those that grow at last


def _work(asked: Asked) -> Parts:
    net, own = asked.net.alike, asked.own

    def so_far(found: Mapping[str, Any]) -> Sheet | None:
        return sheet(net, own, found) if "depth" in found else None

    found = yield from pieces(_tasks(asked), so_far)
    yield 1.0, sheet(net, own, found)


PAGE = Linked(
    "gradients",
    Gradients,
    NAMES,
    _work,
    seconds=lambda asked: sum(task.left for task in _tasks(asked)),
    networks=True,
    begins=lambda asked: all(task.begins for task in _tasks(asked)),
)


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
