"""The page of minima and saddles: a dot for each network at its critical point, and the signs of its curvatures."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from time import monotonic_ns
from typing import Any

import numpy as np
import streamlit as st

from activations import ACTIVATIONS
from engine.arrays import Floats
from engine.curvature.points import FLOOR
from engine.measures.minimum_ratio import LARGEST, Critical, Search, Signs, by_width, critical_networks, ratios
from engine.measures.polishing import METHODS, STRICT
from engine.networks.experiment import NetworkExperiment
from losses import LOSSES
from settings.curvature import POWERS
from settings.saddles import MANY, START, WIDTHS, Saddles
from views.controls.fields import choice_field, group, send_panel, some_field
from views.controls.network import network_groups
from views.kit.charts import Axis, Chart, bars, draw, in_order, marks, on_page, signs_of
from views.kit.glossary import marked
from views.kit.labels import trouble as trouble_of
from views.kit.sheet import Choice, Said, Sheet, Told, box, tell, together
from views.kit.text import in_formula, language, number, power_of_ten, text
from views.session import visit
from views.session.linked import Asked, Linked, Parts, follow_sheet, pieces, put
from views.session.played import play
from views.session.work import Task

NAMES = ("zero", "polish", "networks", "widths", "dot")  # that decide what is shown
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


def panel(net: NetworkExperiment) -> None:
    send_panel(groups(net, visit.settings(Saddles)))


def groups(net: NetworkExperiment, own: Saddles) -> list[dict[str, Any]]:
    """Of the panel, and of the row above the picture."""
    return [*network_groups(net, WITHOUT), *_fields(own)]


def _fields(own: Saddles) -> list[dict[str, Any]]:
    """Which networks, how they are brought to their critical points, and the share of max|λ| that counts as zero."""
    methods = {name: text(f"saddles.method_{name}") for name in METHODS}
    powers = {str(power): power_of_ten(power) for power in POWERS}
    counts, widths = ({name: name for name in names} for names in (MANY, WIDTHS))
    fields = [
        {**choice_field("polish", own.polish, text("saddles.method"), methods), "hint": text("saddles.method_help")},
        choice_field("networks", own.networks, text("saddles.count"), counts),
        {**some_field("widths", own.widths, text("saddles.widths"), widths), "hint": text("saddles.widths_help")},
        choice_field("zero", str(own.zero), text("saddles.tau"), powers, text("saddles.tau_help", floor=number(FLOOR))),
    ]
    return [group("search", fields, at="saddles")]


def search_of(net: NetworkExperiment, own: Saddles) -> Search:
    """What changes nothing here is left out, so that it is not computed anew."""
    alike = replace(net, width=1, dropout=0.0, batch=0, seeds=1, lanes=START.lanes, plane=START.plane, view=START.view)
    alike = replace(alike, ground=START.ground)
    return Search(alike, tuple(map(int, own.widths)), int(own.networks), own.polish)


def trouble(search: Search) -> str:
    """Why this cannot be done, as a sentence; "" if it can."""
    for net, _ in search.groups:
        if problem := trouble_of(net):
            return problem
    largest = search.largest
    return text("saddles.large", size=largest, allowed=LARGEST) if largest > LARGEST else ""


def _tasks(net: NetworkExperiment, own: Saddles) -> list[Task]:
    search = search_of(net, own)
    if trouble(search):
        return []
    return [Task("saddles", search, search.seconds, lambda _: _chunks(search), unasked=search.seconds <= UNASKED)]


def _chunks(search: Search) -> Iterator[tuple[float, Critical]]:
    for critical in critical_networks(search):
        yield critical.done, critical


# ---- the picture -----------------------------------------------------------------------------------------------------


def sheet(net: NetworkExperiment, own: Saddles, found: Mapping[str, Any]) -> Sheet:
    """Both ratios, what is said of them, and one of the networks."""
    words = {"saddles_words": Said(note=" ".join(_words(net, own)))}
    if problem := trouble(search_of(net, own)):
        return Sheet({}, words, boxes=[Told(problem, warns=True)])
    critical: Critical | None = found.get("saddles")
    if critical is None or not len(critical.width):
        return Sheet({}, words, (0, 0))
    signs = ratios(critical, 10.0**own.zero)
    told = {"saddles_told": Said([_told(critical, signs)]), "saddles_by_width": _table(critical, signs)}
    one = _one(critical, signs, own)
    charts = _scatters(critical, signs, own)
    steps = int(critical.way.steps[-1]) if critical.way else 0
    drawn = Sheet(charts, told, (steps, 0), dict(enumerate(_signs(critical))))
    return together(drawn, one, Sheet({}, words))


def lay(net: NetworkExperiment) -> None:
    """The page: the row of settings, the search while it goes on, and what came of it."""
    own, found = visit.settings(Saddles), dict[str, Any]()
    with st.container(key="saddle_settings"):
        send_panel(_fields(own), "saddles")
    for task in _tasks(net, own):
        task.on_page(found, lambda part: _sketch(sheet(net, own, {"saddles": part})))
    drawn = sheet(net, own, found)
    for each in drawn.boxes:
        box(each)
    if "saddles_told" in drawn.said:
        _lay(drawn)
    if "saddles_words" in drawn.said:
        tell(drawn, "saddles_words")
    follow_sheet(PAGE, Asked(own, language(), net), drawn.places)


def _lay(drawn: Sheet) -> None:
    tell(drawn, "saddles_told")
    _lay_ratios(drawn)
    assert drawn.clock
    play("saddles", drawn.clock[0])
    st.caption(text("saddles.clock"))
    left, right = st.columns([6, 5], gap="medium")
    with left:
        st.markdown(f"**{text('saddles.by_width')}**")
        tell(drawn, "saddles_by_width")
        st.caption(marked(text("saddles.by_width_note")))
    with right:
        st.markdown(f"**{text('saddles.dot')}**")
        tell(drawn, "saddles_dot", on_edit_change=lambda: visit.heard("saddles_dot"))
        if "dot_spectrum" in drawn.charts:
            put(drawn, "dot_spectrum")
            st.button(text("saddles.open"), key="open_network", on_click=_open)


def _lay_ratios(drawn: Sheet, key: str = "") -> None:
    """Side by side: what rounding decides differs between them."""
    signs_of(list(drawn.signs.values()))
    for column, name in zip(st.columns(2), SHARES, strict=True):
        with column:
            chart = drawn.charts[f"dots_{name}"]
            st.markdown(f"**{chart.title}**")
            if key:
                draw(chart, f"{key}_{name}")
            else:
                put(drawn, f"dots_{name}")


def _sketch(part: Sheet) -> None:
    """What is there so far."""
    if part.charts:
        _lay_ratios(part, f"sketch_{monotonic_ns()}")  # each drawing needs a name of its own


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


def _signs(critical: Critical) -> list[str]:
    """One legend for both charts, as HTML: colours are widths, symbols are kinds."""
    colours = [
        f'<span style="color:{on_page(_colour(int(width)))}">●</span> {text("saddles.of_width", width=width)}'
        for width in np.unique(critical.width)
    ]
    return [
        *colours,
        *(f"{LEGEND[kind]} {text(f'saddles.kind_{kind}')}" for kind in KINDS if np.any(critical.kind == kind)),
    ]


def _scatters(critical: Critical, signs: Signs, own: Saddles) -> dict[str, Chart]:
    """Both ratios. They follow the clock from where training stopped."""
    frames = ratios(critical.way, 10.0**own.zero) if critical.way else signs
    losses = critical.way.loss if critical.way else critical.loss
    return {
        f"dots_{name}": _scatter(
            critical, signs, losses, np.asarray(getattr(frames, f"of_{name}")), text(f"saddles.title_{name}"), own
        )
        for name in SHARES
    }


def _scatter(critical: Critical, signs: Signs, losses: Floats, values: Floats, title: str, own: Saddles) -> Chart:
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
                chooses="dot",
                colour=_colour(int(width)),
                width=1.6,
                sizes=4 + 1.5 * np.log2(_crowd(x, y)),
                **look,
            )
            series.append(dots._replace(times=times))
    if (row := _chosen(critical, own)) is not None:
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


def _chosen(critical: Critical, own: Saddles) -> int | None:
    """The row of the network that the link names."""
    named = [f"{width}~{seed}" for width, seed in zip(critical.width, critical.seed, strict=True)]
    return named.index(own.dot) if own.dot in named else None


def _one(critical: Critical, signs: Signs, own: Saddles) -> Sheet:
    """The network of one dot, with its eigenvalues, and the others that ended there."""
    row = _chosen(critical, own)
    if row is None:
        return Sheet({}, {"saddles_dot": Said(note=text("saddles.click"))})
    rows = _neighbours(critical, signs, row)
    called = {name: text("saddles.named", width=name.split("~")[0], seed=name.split("~")[1]) for name in rows}
    choice = Choice("dot", own.dot, text("saddles.network", count=len(rows)), called)
    facts = text(
        "saddles.facts",
        kind=text(f"saddles.kind_{critical.kind[row]}"), loss=number(critical.loss[row], 4),
        updates=critical.updates[row],
        norm=number(critical.gradient_norm[row], 2), residual=number(critical.residual[row], 2),
        steps=critical.steps[row], positive=signs.positive[row], zero=signs.zero[row], negative=signs.negative[row],
    )  # fmt: skip
    return Sheet({"dot_spectrum": _spectrum(critical.eigenvalues[row])}, {"saddles_dot": Said([facts], choice=choice)})


def _neighbours(critical: Critical, signs: Signs, row: int) -> list[str]:
    """The networks that ended at the same place: the dots hide each other."""
    reach = SAME * max(float(np.ptp(critical.loss)), 1e-12)
    near = np.abs(critical.loss - critical.loss[row]) <= reach
    near &= np.abs(signs.of_signed - signs.of_signed[row]) <= SAME
    near[row] = True
    return [f"{critical.width[at]}~{critical.seed[at]}" for at in np.flatnonzero(near)]


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


def _open() -> None:
    width, seed = map(int, visit.settings(Saddles).dot.split("~"))
    net = replace(visit.network(), width=width, seed=seed, seeds=1)
    visit.show(visit.visit().said._replace(network=net), visit.beside(), "networks", visit.RACE)


# ---- by width --------------------------------------------------------------------------------------------------------


def _table(critical: Critical, signs: Signs) -> Said:
    """C7: whether more parameters leave fewer critical points whose signs all agree."""
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
    return Said(head=head, rows=rows)


# ---- words -----------------------------------------------------------------------------------------------------------


def _words(net: NetworkExperiment, own: Saddles) -> Iterator[str]:
    """What is to be seen, and what to beware of."""
    yield text(f"saddles.note_{own.polish}")
    if ACTIVATIONS[net.activation].kinked or LOSSES[net.criterion].kinked:
        yield text("saddles.kinks")
    if not net.decay:
        yield text("saddles.no_decay")


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


# ---- by its link -----------------------------------------------------------------------------------------------------


def _work(asked: Asked) -> Parts:
    net, own = asked.net, asked.own
    found = yield from pieces(_tasks(net, own), lambda found: sheet(net, own, found))
    yield 1.0, sheet(net, own, found)


PAGE = Linked(
    "saddles",
    Saddles,
    NAMES,
    _work,
    seconds=lambda asked: sum(task.left for task in _tasks(asked.net, asked.own)),
    networks=True,
    begins=lambda asked: all(task.begins for task in _tasks(asked.net, asked.own)),
)
