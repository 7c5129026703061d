"""The page of normalisation: of the features for a linear model, and of the layers of a network."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from datasets import DATASETS
from datasets.base import standardised
from engine.conditioning import (
    Bowl,
    Curvature,
    after_one_step,
    bowl,
    common_level,
    curvature,
    first_below,
    typical,
    without_averages,
)
from engine.experiment import lane
from engine.link import choice
from engine.network import Floats, initials
from engine.network_experiment import NetworkExperiment, usual_rate
from engine.objective import objective
from engine.training import Plan, Training, seconds, train
from optimizers import OPTIMIZERS
from records import settings
from views.charts import COLOURS, chart, draw, lane_line, legend
from views.linked import linked_choice, linked_menu
from views.network_controls import option_name, trouble
from views.text import names, number, say, text
from views.trained import key_of, prepare
from views.work import worked

NORMS = ("none", "batch", "layer")
VERSIONS = ("raw", "standardised")
SHARE = 0.01  # of the way to the minimum that may be left
MOST_DRAWN = 300  # updates of a path
CELLS = 81  # of a contour's side
SEEDS = 8
HEIGHT = 270  # of each chart
ROWS = 60  # of the record of a training
FACTORS = (0.25, 1.0, 2.5, 10.0)  # times the usual learning rate: those that are tried
REACH = np.logspace(-2, 2.5, 46)  # times the usual learning rate: a single step
FILLS = ["rgba(213,94,0,.15)", "rgba(0,114,178,.15)", "rgba(0,158,115,.15)"]  # as COLOURS


# ---- features --------------------------------------------------------------------------------------------------------


def features(net: NetworkExperiment) -> None:
    """F1: a linear model on raw and on standardised features."""
    linear = net if not net.classes else replace(net, data=choice(DATASETS, "unequal_features", ratio=10.0))
    bowls = _bowls(linear)
    st.markdown(f"**{text('normalisation.features_title', data=say(linear.dataset.name))}**")
    if min(int(each.curved.sum()) for each in bowls) < 2:
        st.info(text("normalisation.too_flat"))
        return
    columns = st.columns(3)
    for version, each, column in zip(VERSIONS, bowls, columns, strict=False):
        with column:
            st.markdown(
                text(
                    f"normalisation.{version}", condition=number(each.condition), rate=number(each.rate),
                    updates=number(each.updates_to(SHARE)),
                )
            )  # fmt: skip
            draw(_contour(each), f"features_{version}")
    with columns[-1]:
        st.markdown(text("normalisation.descent"))
        draw(_descents(bowls), "features_descent")
    st.caption(text("normalisation.features_note", most=MOST_DRAWN))
    if net.classes:
        st.caption(text("normalisation.features_stand_in", data=say(net.dataset.name)))


def _descents(bowls: Sequence[Bowl]) -> go.Figure:
    """How much of L − L* is left after so many updates."""
    figure = chart(text("normalisation.update"), text("normalisation.left"), log_x=True, log_y=True, height=HEIGHT)
    longest = max(each.updates_to(SHARE) for each in bowls)
    updates = np.unique(np.geomspace(1, max(longest, 2), 120).round())
    for place, (version, each) in enumerate(zip(VERSIONS, bowls, strict=True)):
        shares = each.excess(each.path(updates)) / float(each.excess(each.start))
        figure.add_scatter(
            x=updates, y=shares, mode="lines", line=lane_line(place), name=text(f"normalisation.{version}_line")
        )
    figure.add_hline(y=SHARE, line={"color": "#888888", "dash": "dot", "width": 1.5})
    figure.update_yaxes(range=[-3, 0.2], dtick=1)
    figure.update_xaxes(dtick=1)
    figure.update_layout(margin={"l": 60, "r": 8, "t": 30, "b": 48})
    return figure


def _bowls(net: NetworkExperiment) -> list[Bowl]:
    """On the raw features and on the standardised ones; the targets are the same."""

    def both() -> Iterator[tuple[float, list[Bowl]]]:
        raw = replace(net, standardise=0).examples
        yield 1.0, [bowl(*parts.train[:2]) for parts in (raw, standardised(raw))]

    found = worked("bowls", (net.data, net.test), 0.0, both)
    assert found is not None  # it never waits
    return found


def _contour(each: Bowl) -> go.Figure:
    """The plane of the two extreme eigenvectors through the minimum, and the path's shadow on it."""
    flat, steep = np.flatnonzero(each.curved)[[0, -1]]
    updates = min(each.updates_to(SHARE), MOST_DRAWN)
    path = each.path(np.arange(updates + 1))[:, [flat, steep]]
    half = 1.25 * float(np.abs(path).max()) or 1.0
    ticks = np.linspace(-half, half, CELLS)
    x, y = np.meshgrid(ticks, ticks)
    heights = (each.ends[0] * x**2 + each.ends[1] * y**2) / 2
    share = np.log10(np.maximum(heights / float(each.excess(each.start)), 1e-4))
    figure = chart(text("normalisation.flattest"), text("normalisation.steepest"), height=HEIGHT)
    figure.add_contour(
        x=ticks, y=ticks, z=share.astype(np.float32), showscale=False, colorscale="Blues", reversescale=True,
        contours={"start": -4, "end": 4, "size": 0.5}, line_width=0.7, hoverinfo="skip", opacity=0.75,
    )  # fmt: skip
    figure.add_scatter(
        x=path[:, 0], y=path[:, 1], mode="lines+markers", line={"color": COLOURS[0], "width": 1}, marker_size=4,
        hovertemplate="%{pointNumber}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(x=[0], y=[0], mode="markers", marker={"symbol": "star", "size": 13, "color": COLOURS[4]})
    figure.update_layout(showlegend=False, margin={"l": 52, "r": 8, "t": 8, "b": 48})
    figure.update_yaxes(range=[-half, half], scaleanchor="x", constrain="domain")
    figure.update_xaxes(range=[-half, half], constrain="domain")
    return figure


def _table(heads: Sequence[str], rows: dict[str, list[str]]) -> str:
    """Markdown; the names of the rows are keys of the catalogue."""
    lines = [["", *heads], ["---"] * (1 + len(heads))]
    lines += [[text(f"normalisation.{name}"), *cells] for name, cells in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# ---- layers ----------------------------------------------------------------------------------------------------------


class Race(NamedTuple):
    """Each norm trained with each rate. The lists are in the order of NORMS and fill up."""

    trainings: list[Training]
    slices: list[Floats]  # (m,), loss after a single step with each rate of REACH times the usual one


class Verdict(NamedTuple):
    """What is measured of one norm when all have been trained."""

    best: int  # number of the rate that reaches the level common to the best rates first
    start: Curvature
    ends: tuple[Curvature, Curvature]  # with the common rate, with the best one


def layers(net: NetworkExperiment) -> None:
    """F2 and F3: the network without, with batch and with layer normalisation."""
    st.markdown(f"**{text('normalisation.layers_title')}**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rule = linked_menu(
            text("normalisation.rule"), "norm_rule", tuple(OPTIMIZERS), names(OPTIMIZERS).__getitem__,
            "gradient_descent", width=230,
        )  # fmt: skip
        rates = _rates(rule)
        usual = f"{_usual(rule):g}"
        rate = linked_choice(text("normalisation.rate"), "norm_rate", rates, str, usual)
    if not net.depth:
        st.info(text("normalisation.no_layer"))
        return
    variants = [_variant(net, norm, rule, rates) for norm in NORMS]
    if told := next(filter(None, map(trouble, variants)), ""):
        st.warning(told)
        return
    expected = sum(seconds(_plan(variant), variant.points) for variant in variants)
    race = worked("norms", tuple(map(key_of, variants)), expected, lambda: _race(variants, _usual(rule)))
    if race is not None:
        _draw_race(variants, race, rates, rates.index(rate), _usual(rule))


def _usual(rule: str) -> float:
    return usual_rate(OPTIMIZERS[rule])


def _rates(rule: str) -> tuple[str, ...]:
    """Around the usual one, as far as the optimizer's slider goes."""
    knob = settings(OPTIMIZERS[rule].make)["learning_rate"].knob
    tried = (factor * _usual(rule) for factor in FACTORS)
    return tuple(dict.fromkeys(f"{min(max(rate, knob.low), knob.high):g}" for rate in tried))


def _variant(net: NetworkExperiment, norm: str, rule: str, rates: Sequence[str]) -> NetworkExperiment:
    return replace(net, norm=norm, seeds=SEEDS, lanes=tuple(lane(rule, learning_rate=float(rate)) for rate in rates))


def _plan(variant: NetworkExperiment) -> Plan:
    return replace(variant.plan, rows=ROWS)


def _data(variant: NetworkExperiment) -> dict[str, Any]:
    examples = variant.examples.train
    return {"inputs": examples.inputs, "targets": examples.targets, "decay": variant.decay}


def _surface(variant: NetworkExperiment) -> Any:
    return objective(variant.architecture, variant.criterion, variant.classes)


def _thetas(variant: NetworkExperiment) -> Floats:
    return initials(variant.architecture, range(variant.seed, variant.seed + SEEDS), variant.scheme)


def _race(variants: Sequence[NetworkExperiment], usual: float) -> Iterator[tuple[float, Race]]:
    race = Race([], [])
    for done, variant in enumerate(variants):
        prepare(variant)
        train_part, test_part = variant.examples
        for training in train(_plan(variant), *train_part[:2], *test_part[:2]):
            yield (done + 0.9 * training.done) / len(variants), race
        make, data = _surface(variant), _data(variant)
        stepped = [after_one_step(make, theta, REACH * usual, **data) for theta in _thetas(variant)]
        race.trainings.append(training)
        race.slices.append(typical(np.stack(stepped)))
        yield (done + 1) / len(variants), race


def _verdicts(
    variants: Sequence[NetworkExperiment], race: Race, same: int, level: float
) -> Iterator[tuple[float, list[Verdict]]]:
    found: list[Verdict] = []
    for variant, training in zip(variants, race.trainings, strict=True):
        make, data = _surface(variant), _data(variant)
        best = _best(training, level)
        start, *ends = (
            curvature(make, theta, **data)
            for theta in (_thetas(variant)[0], training.final[same, 0], training.final[best, 0])
        )
        found.append(Verdict(best, start, (ends[0], ends[1])))
        yield len(found) / len(variants), found


def _best(training: Training, level: float) -> int:
    """The rate that is first at this level."""
    curves = typical(training.objective)
    reached = [first_below(training.steps, curve, level) for curve in curves]
    return min(range(len(reached)), key=lambda each: (reached[each] < 0, reached[each]))


def _draw_race(
    variants: Sequence[NetworkExperiment], race: Race, rates: Sequence[str], same: int, usual: float
) -> None:
    curves = [typical(training.objective) for training in race.trainings]
    level, level_same = common_level(curves), common_level([each[same] for each in curves])
    key = (tuple(map(key_of, variants)), same)
    verdicts = worked("norm_verdicts", key, 0.0, lambda: _verdicts(variants, race, same, level))
    assert verdicts is not None  # it never waits
    legend([option_name("norm", norm) for norm in NORMS])
    left, middle, right = st.columns(3)
    with left:
        st.markdown(text("normalisation.same_rate", rate=rates[same]))
        draw(_curves(race, [same] * len(NORMS), level_same), "norms_same")
    with middle:
        st.markdown(text("normalisation.own_rate"))
        draw(_curves(race, [verdict.best for verdict in verdicts], level), "norms_own")
    with right:
        st.markdown(text("normalisation.slice_title"))
        draw(_slices(race, usual), "norms_slice")
    st.caption(text("normalisation.curves_note", seeds=SEEDS))
    st.markdown(_facts_of_norms(race, verdicts, rates, (same, level_same), level))
    st.caption(text("normalisation.facts_note", every=variants[0].plan.steps // ROWS + 1))
    _at_test_time(variants[NORMS.index("batch")], race.trainings[NORMS.index("batch")], same)


def _curves(race: Race, chosen: Sequence[int], level: float) -> go.Figure:
    """Loss against updates: the median, and the middle half of the seeds."""
    figure = chart(text("normalisation.update"), text("normalisation.loss"), log_y=True, height=HEIGHT)
    for place, (training, rate) in enumerate(zip(race.trainings, chosen, strict=True)):
        losses = training.objective[rate]
        with np.errstate(invalid="ignore"):
            low, middle, high = np.quantile(np.where(np.isfinite(losses), losses, np.nan), [0.25, 0.5, 0.75], axis=0)
        figure.add_scatter(x=training.steps, y=low, mode="lines", line_width=0, hoverinfo="skip")
        figure.add_scatter(
            x=training.steps, y=high, mode="lines", line_width=0, fill="tonexty", fillcolor=FILLS[place],
            hoverinfo="skip",
        )  # fmt: skip
        figure.add_scatter(x=training.steps, y=middle, mode="lines", line=lane_line(place), name=NORMS[place])
    figure.add_hline(y=level, line={"color": "#888888", "dash": "dot", "width": 1.5})
    figure.update_layout(showlegend=False, margin={"l": 64, "r": 8, "t": 8, "b": 48})
    return figure


def _slices(race: Race, usual: float) -> go.Figure:
    """The loss after a single step from the first weights, against its learning rate."""
    figure = chart(text("normalisation.one_rate"), text("normalisation.loss"), log_x=True, height=HEIGHT)
    for place, losses in enumerate(race.slices):
        figure.add_scatter(x=REACH * usual, y=losses, mode="lines", line=lane_line(place), name=NORMS[place])
    top = 2.0 * max(float(losses[0]) for losses in race.slices)
    figure.update_yaxes(range=[0, top])
    figure.update_layout(showlegend=False, margin={"l": 56, "r": 8, "t": 8, "b": 48})
    return figure


def _facts_of_norms(
    race: Race, verdicts: Sequence[Verdict], rates: Sequence[str], shared: tuple[int, float], level: float
) -> str:
    def reached(training: Training, rate: int, wanted: float) -> str:
        return str(first_below(training.steps, typical(training.objective)[rate], wanted))

    def pair(values: tuple[float, float]) -> str:
        return " → ".join(number(value, 2) for value in values)

    trials = list(zip(race.trainings, verdicts, strict=True))
    rows = {
        "updates_same": [reached(training, *shared) for training, _ in trials],
        "updates_own": [
            f"{reached(training, verdict.best, level)} (η = {rates[verdict.best]})" for training, verdict in trials
        ],
        "sharpness": [pair((verdict.start.sharpness, verdict.ends[0].sharpness)) for verdict in verdicts],
        "effective": [pair((verdict.start.condition, verdict.ends[0].condition)) for verdict in verdicts],
        "signs": [f"{_signs(verdict.start)} → {_signs(verdict.ends[0])}" for verdict in verdicts],
        "sharpness_own": [number(verdict.ends[1].sharpness, 2) for verdict in verdicts],
    }
    return _table([text(f"normalisation.norm_{norm}") for norm in NORMS], rows)


def _signs(found: Curvature) -> str:
    return f"{found.positive}/{found.zero}/{found.negative}" if found.positive >= 0 else "–"


def _at_test_time(variant: NetworkExperiment, training: Training, rate: int) -> None:
    """What batch normalisation answers with moving averages, and with the batch's own moments."""
    test = variant.examples.test
    if not len(test.targets) or not np.isfinite(training.final[rate, 0]).all():
        return
    own, alone = without_averages(_surface(variant), training.final[rate, 0], *test[:2])
    losses = {"averages": training.test_loss[rate, 0, -1], "own": own, "alone": alone}
    st.markdown(text("normalisation.test_time", **{name: number(float(loss)) for name, loss in losses.items()}))


def formulas() -> None:
    """What is computed, typeset."""
    with st.expander(text("share.formulas")):
        st.latex(
            r"\tilde x = \frac{x-\mu}{s},\qquad \tilde z = \gamma\,\frac{z-\mu}{\sqrt{\sigma^2+10^{-5}}}+\beta,"
            r"\quad \gamma=1,\ \beta=0\ \text{(start)}"
        )
        st.markdown(text("normalisation.formula_words"))
