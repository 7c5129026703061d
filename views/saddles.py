"""The page of minima and saddles: a dot for each network at its critical point, and the signs of its curvatures."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from time import monotonic_ns
from typing import Any

import numpy as np
import streamlit as st

from activations import ACTIVATIONS
from engine.arrays import Floats
from engine.curvature.points import FLOOR
from engine.measures.minimum_ratio import LARGEST, Critical, Search, Signs, by_width, critical_networks, ratios
from engine.measures.polishing import STRICT
from engine.networks.experiment import NetworkExperiment
from losses import LOSSES
from settings.saddles import START, WIDTHS
from views.controls.widgets import linked_choice, linked_choices, linked_menu, linked_power, pointed_at
from views.kit.charts import Axis, Chart, bars, draw, in_order, key_of, marks, on_page, signs_of
from views.kit.glossary import marked
from views.kit.labels import trouble as trouble_of
from views.kit.tables import table
from views.kit.text import in_formula, number, text
from views.session import visit
from views.session.played import play
from views.session.work import worked

WITHOUT = ("width", "dropout", "batch", "seeds", "lanes")
KINDS: dict[str, dict[str, Any]] = {  # and how they look
    "critical": {"symbol": "circle", "alpha": 0.75},
    "flat": {"symbol": "circle", "open": True},
    "short": {"symbol": "diamond", "open": True},
}
LEGEND = {"critical": "●", "flat": "○", "short": "◇"}
SHARES = ("signed", "all")
SAME = 0.005  # of an axis: dots as close as that hide each other
UNASKED = 1.2  # seconds: the first dots come long before, so that a first visitor need not ask for them


# ---- what is asked for -----------------------------------------------------------------------------------------------


def asked(net: NetworkExperiment) -> tuple[Search, float]:
    """The row of settings above the picture: which networks, and the share of max|λ| that counts as zero."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="saddle_settings"):
        method = linked_choice(
            text("saddles.method"), "polish", lambda name: text(f"saddles.method_{name}"),
            help=text("saddles.method_help"), width="content",
        )  # fmt: skip
        count = linked_menu(text("saddles.count"), "networks", str, width=90)
        widths = linked_choices(text("saddles.widths"), "widths", help=text("saddles.widths_help"), width="content")
        share = linked_power(text("saddles.tau"), "zero", help=text("saddles.tau_help", floor=number(FLOOR)), width=150)
    # What changes nothing here is left out, so that it is not computed anew.
    alike = replace(net, width=1, dropout=0.0, batch=0, seeds=1, lanes=START.lanes, plane=START.plane, view=START.view)
    alike = replace(alike, ground=START.ground)
    return Search(alike, tuple(map(int, widths)), int(count), method), share


def trouble(search: Search) -> str:
    """Why this cannot be done, as a sentence; "" if it can."""
    for net, _ in search.groups:
        if problem := trouble_of(net):
            return problem
    largest = search.largest
    return text("saddles.large", size=largest, allowed=LARGEST) if largest > LARGEST else ""


# ---- the picture -----------------------------------------------------------------------------------------------------


def show(search: Search, share: float) -> None:
    """Bring the networks to their critical points, and draw them."""
    if problem := trouble(search):
        st.warning(problem)
        return
    seconds = search.seconds if search.seconds > UNASKED else 0.0
    critical = worked("saddles", search, seconds, lambda: _chunks(search), lambda part: _sketch(part, share))
    if critical is None:
        return
    signs = ratios(critical, share)
    st.markdown(marked(_told(critical, signs)))
    _legend(critical)
    _scatters(critical, signs, share)
    play("saddles", int(critical.way.steps[-1]) if critical.way else 0)
    st.caption(text("saddles.clock"))
    left, right = st.columns([6, 5], gap="medium")
    with left:
        _table(critical, signs)
    with right:
        _details(critical, signs)


def _chunks(search: Search) -> Iterator[tuple[float, Critical]]:
    for critical in critical_networks(search):
        yield critical.done, critical


def _sketch(critical: Critical, share: float) -> None:
    """What is there so far."""
    if len(critical.width):
        _legend(critical)
        _scatters(
            critical, ratios(critical, share), share, f"sketch_{monotonic_ns()}"
        )  # each drawing needs a name of its own


def _told(critical: Critical, signs: Signs) -> str:
    """The counts in a sentence."""
    at = critical.kind == "critical"
    parts = [
        text(
            "saddles.told",
            critical=int(at.sum()), all=len(at), strict=number(STRICT),
            minima=int(np.sum(at & (signs.negative == 0) & (signs.zero == 0))),
            saddles=int(np.sum(at & (signs.negative > 0))),
        )
    ]  # fmt: skip
    others = {
        "undecided": at & (signs.negative == 0) & (signs.zero > 0),
        "zero": at & (signs.zero > 0),
        "flat": critical.kind == "flat",
        "short": critical.kind == "short",
    }
    for name, rows in others.items():
        if rows.any():
            parts.append(text(f"saddles.told_{name}", count=int(rows.sum()), symbol=LEGEND.get(name, "")))
    return " ".join(parts)


def _colour(width: int) -> str:
    return str(in_order(WIDTHS.index(str(width)), len(WIDTHS))["colour"])


def _legend(critical: Critical) -> None:
    """One for both charts: colours are widths, symbols are kinds."""
    colours = [
        f'<span style="color:{on_page(_colour(int(width)))}">●</span> {text("saddles.of_width", width=width)}'
        for width in np.unique(critical.width)
    ]
    symbols = [f"{LEGEND[kind]} {text(f'saddles.kind_{kind}')}" for kind in KINDS if np.any(critical.kind == kind)]
    signs_of([*colours, *symbols])


def _scatters(critical: Critical, signs: Signs, share: float, key: str = "dots") -> None:
    """Both ratios side by side: what rounding decides differs between them. A finished one can be clicked, and follows
    the clock from where training stopped."""
    frames = ratios(critical.way, share) if critical.way else signs
    losses = critical.way.loss if critical.way else critical.loss
    for column, name in zip(st.columns(2), SHARES, strict=True):
        with column:
            title = text(f"saddles.title_{name}")
            st.markdown(f"**{title}**")
            values = np.asarray(getattr(frames, f"of_{name}"))
            drawn, name_there = _scatter(critical, signs, losses, values, title), f"{key}_{name}"
            clicked = partial(_choose, key_of(name_there, drawn.height, drawn.legend))
            draw(drawn, name_there, **({"on_edit_change": clicked} if key == "dots" else {}))


def _scatter(critical: Critical, signs: Signs, losses: Floats, values: Floats, title: str) -> Chart:
    """Losses and ratios (n,), or (F, n) on the way."""
    times = critical.way.steps if critical.way else None
    series = []
    for width in np.unique(critical.width):
        names = [text("saddles.of_width", width=width)]
        for kind, look in KINDS.items():
            rows = np.flatnonzero((critical.width == width) & (critical.kind == kind))
            if not rows.size:
                continue
            x, y = losses[..., rows], values[..., rows]
            dots = marks(
                x,
                y,
                names.pop() if names else text(f"saddles.kind_{kind}"),  # in the legend of a saved picture
                hover=[_hover(critical, signs, row) for row in rows.tolist()],
                ids=[f"{width}~{seed}" for seed in critical.seed[rows]],
                colour=_colour(int(width)),
                width=1.6,
                sizes=4 + 1.5 * np.log2(_crowd(x, y)),
                **look,
            )
            series.append(dots._replace(times=times))
    if (row := _chosen(critical)) is not None:
        ring = marks(losses[..., [row]], values[..., [row]], colour="ink", size=9, open=True, mute=True)
        series.append(ring._replace(times=times))
    ratio = Axis(text("saddles.ratio"), low=min(0.45, np.nanmin(values, initial=1.0) - 0.04), high=1.03)
    ends = critical.loss[np.isfinite(critical.loss)]
    loss = Axis(text("saddles.loss"), low=min(0.0, ends.min(initial=0.0)), high=max(1.25 * ends.max(initial=0.0), 1e-9))
    return Chart(loss, ratio, series, height=300, legend=False, title=title)


def _crowd(losses: Floats, values: Floats) -> Floats:
    """How many of these dots (..., n) lie at the same place as each: networks often end at the same critical point, up
    to an exchange of neurons."""
    pairs = ((each[..., :, None], each[..., None, :]) for each in (losses, values))
    same = np.logical_and(*(np.isclose(one, other, rtol=1e-6) for one, other in pairs))
    return np.asarray(np.maximum(np.sum(same, axis=-1), 1), np.float64)


def _hover(critical: Critical, signs: Signs, row: int) -> str:
    return text(
        "saddles.hover",
        width=critical.width[row], seed=critical.seed[row], loss=number(critical.loss[row], 4),
        positive=signs.positive[row], zero=signs.zero[row], negative=signs.negative[row],
        norm=number(critical.gradient_norm[row], 2), kind=text(f"saddles.kind_{critical.kind[row]}"),
    )  # fmt: skip


# ---- one dot ---------------------------------------------------------------------------------------------------------


def _choose(key: str) -> None:
    """Write the network of the dot that was clicked into the link."""
    if chosen := pointed_at(key):
        visit.ask("dot", chosen)


def _chosen(critical: Critical) -> int | None:
    """The row of the network that the link names."""
    named = [f"{width}~{seed}" for width, seed in zip(critical.width, critical.seed, strict=True)]
    dot = visit.setting("dot")
    return named.index(dot) if dot in named else None


def _details(critical: Critical, signs: Signs) -> None:
    """The network of one dot, with its eigenvalues, and the way to its training."""
    st.markdown(f"**{text('saddles.dot')}**")
    row = _chosen(critical)
    if row is None:
        st.caption(text("saddles.click"))
        return
    row = _among_neighbours(critical, signs, row)
    width, seed = int(critical.width[row]), int(critical.seed[row])
    st.markdown(
        text(
            "saddles.facts",
            kind=text(f"saddles.kind_{critical.kind[row]}"), loss=number(critical.loss[row], 4),
            updates=critical.updates[row],
            norm=number(critical.gradient_norm[row], 2), residual=number(critical.residual[row], 2),
            steps=critical.steps[row], positive=signs.positive[row], zero=signs.zero[row], negative=signs.negative[row],
        )
    )  # fmt: skip
    draw(_spectrum(critical.eigenvalues[row]), "dot_spectrum")
    st.button(text("saddles.open"), key="open_network", on_click=_open, args=(width, seed))


def _among_neighbours(critical: Critical, signs: Signs, row: int) -> int:
    """A menu of the networks that ended at the same place: the dots hide each other."""
    reach = SAME * max(float(np.ptp(critical.loss)), 1e-12)
    near = np.abs(critical.loss - critical.loss[row]) <= reach
    near &= np.abs(signs.of_signed - signs.of_signed[row]) <= SAME
    near[row] = True
    rows = {f"{critical.width[at]}~{critical.seed[at]}": int(at) for at in np.flatnonzero(near)}
    chosen = linked_menu(
        text("saddles.network", count=len(rows)), "dot",
        lambda name: text("saddles.named", width=name.split("~")[0], seed=name.split("~")[1]),
        f"{critical.width[row]}~{critical.seed[row]}", list(rows),
    )  # fmt: skip
    return rows[chosen]


def _spectrum(values: Floats) -> Chart:
    """All eigenvalues, by size; what leads down is full, what leads up is open. The scale is linear near 0 and
    logarithmic beyond."""
    values = values[np.isfinite(values)]
    unit = max(float(np.max(np.abs(values), initial=0.0)) * 1e-4, 1e-12)
    heights = np.arcsinh(values / unit)
    top = np.max(np.abs(values), initial=unit)
    ticks = {float(np.arcsinh(tick / unit)): number(tick, 2) for tick in (-top, -top / 100, 0.0, top / 100, top)}
    ranks = np.arange(1, len(values) + 1)
    series = [
        bars(
            ranks[rows],
            heights[rows],
            colour="soft",
            open=is_open,
            width=1,
            hover=[f"λ{_below(rank)} = {number(value)}" for rank, value in zip(ranks[rows], values[rows], strict=True)],
        )
        for rows, is_open in ((values < 0, False), (values >= 0, True))
    ]
    rank = Axis(text("saddles.rank"), low=0.4, high=len(values) + 0.6, whole=True)
    eigenvalue = Axis(
        text("saddles.eigenvalue"), low=-np.arcsinh(top / unit) if (values < 0).any() else 0.0, ticks=ticks
    )
    return Chart(rank, eigenvalue, series, height=180)


def _below(rank: int) -> str:
    return str(rank).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _open(width: int, seed: int) -> None:
    net = replace(visit.network(), width=width, seed=seed, seeds=1)
    visit.show(visit.visit().said._replace(network=net), visit.beside(), "networks", visit.RACE)


# ---- by width --------------------------------------------------------------------------------------------------------


def _table(critical: Critical, signs: Signs) -> None:
    """C7: whether more parameters leave fewer critical points whose signs all agree."""
    st.markdown(f"**{text('saddles.by_width')}**")
    head = [
        text(f"saddles.column_{name}") for name in ("width", "parameters", "critical", "minima", "median", "hollow")
    ]
    rows = []
    for each in by_width(critical, signs):
        share = f"\u00a0({100 * each.minima / each.critical:.0f}\u00a0%)" if each.critical else ""
        rows.append([
            str(each.width), str(each.parameters), str(each.critical), f"{each.minima}{share}",
            number(each.median), str(each.hollow),
        ])  # fmt: skip
    st.markdown(table(head, rows, "---:"))
    st.caption(marked(text("saddles.by_width_note")))


# ---- words -----------------------------------------------------------------------------------------------------------


def words(net: NetworkExperiment, search: Search) -> None:
    """What is to be seen, and what to beware of."""
    sentences = [text(f"saddles.note_{search.method}")]
    if ACTIVATIONS[net.activation].kinked or LOSSES[net.criterion].kinked:
        sentences.append(text("saddles.kinks"))
    if not net.decay:
        sentences.append(text("saddles.no_decay"))
    st.caption(" ".join(sentences))


TAU = (
    r"\max\bigl(\min(10^{-9},s),\ s\max_i|\lambda_i|,"
    r"\ \tfrac{\lVert g\rVert}{\max(\lVert\theta\rVert,1)}\bigr)"
)
NORM_STEP = r"-(H^2+\lVert g\rVert^2 I)^{-1}Hg"


def formulas() -> None:
    with st.expander(text("share.formulas")):
        st.latex(
            rf"{in_formula(text('saddles.ratio'))}"
            r" = \frac{\#\{\lambda_i>\tau\}}{\#\{\lambda_i>\tau\}+\#\{\lambda_i<-\tau\}},\qquad"
            rf"\tau={TAU}"
        )
        st.latex(
            rf"\Delta\theta_{{\text{{norm}}}}={NORM_STEP},\qquad"
            r"\Delta\theta_{\text{index}}=\sum_i \pm\frac{u_i^{\mathsf T}g}{\sqrt{\lambda_i^2+\lVert g\rVert^2}}\,u_i"
        )
        st.markdown(marked(text("saddles.method_words")))
