"""Normalised layers: a network without, with batch and with layer normalisation, each trained with several rates."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.measures.conditioning import (
    Curvature,
    after_one_step,
    common_level,
    curvature,
    curvature_seconds,
    first_below,
    typical,
    without_averages,
)
from engine.networks.cost import seconds
from engine.networks.experiment import NetworkExperiment, usual_rate
from engine.networks.network import initials
from engine.networks.objective import objective
from engine.networks.plan import Plan
from engine.networks.spread import quarters
from engine.networks.training import Training, train
from engine.surfaces.experiment import lane
from normalisations import NORMALISATIONS
from optimizers import OPTIMIZERS
from settings.normalisation import NORMS, Normalisation, rates_tried
from views.controls.fields import choice_field
from views.kit.charts import SYMBOLS, Axis, Chart, band, draw, legend, line, rule, running, variant_line
from views.kit.labels import option_name, trouble
from views.kit.sheet import Said, Sheet, Told, box, tell
from views.kit.text import names, number, say, text
from views.session.linked import Asked, Parts, piece
from views.session.trained import compiled, key_of
from views.session.work import all_seconds, shelf

DECIDES = ("norm_rule", "norm_rate", "norm_place")  # of what the page asks for
SEEDS = 8
HEIGHT = 260  # of each chart
FAR_ABOVE = 10.0  # times the loss at the start: what is higher is not drawn
ROWS = 60  # of the record of a training
DTYPE = "float32"  # only medians over the seeds are shown
REACH = np.logspace(-2, 2.5, 46)  # times the usual learning rate: a single step


class Race(NamedTuple):
    """Each norm trained with each rate. The lists are in the order of the norms and fill up."""

    trainings: list[Training]
    slices: list[Floats]  # (m,), loss after a single step with each rate of REACH times the usual one


class Shapes(NamedTuple):
    """How the surface of one norm curves."""

    start: Curvature
    same: Curvature  # at the end, with the common rate
    own: Curvature  # with its best one


def work(asked: Asked) -> Parts:
    """F2, F3 and F4: the network without, with batch and with layer normalisation, before or after its activation."""
    variants, net = variants_of(asked), asked.net
    if numbers := stopped(net, variants):
        yield 1.0, Sheet({}, {}, (0, 0), boxes=[numbers])
        return
    rule, rates = asked.own.norm_rule, rates_tried(asked.own.norm_rule)
    key, same = race_key(variants), rates.index(rate_of(asked))
    race = yield from piece("race_of_norms", key, lambda: _race(variants, _usual(rule)), None, 0.0, 0.8)
    best = _best_of(race)
    shapes = yield from piece("shapes_of_norms", (key, same), lambda: _shapes(variants, race, same, best), None, 0.8, 1)
    yield 1.0, _sheet(variants, race, shapes, rates, same, _usual(rule))


def seconds_of(asked: Asked) -> float:
    """Of what is not known."""
    variants = variants_of(asked)
    if stopped(asked.net, variants):
        return 0.0
    same = rates_tried(asked.own.norm_rule).index(rate_of(asked))
    race, shapes = shelf("race_of_norms"), shelf("shapes_of_norms")
    training = sum(seconds(_plan(variant), variant.points) for variant in variants)
    looking = 3 * sum(curvature_seconds(variant.size, variant.points) for variant in variants)
    known = race.kept(race_key(variants)), shapes.kept((race_key(variants), same))
    return all_seconds(*(0.0 if there else each for each, there in zip((training, looking), known, strict=True)))


def stopped(net: NetworkExperiment, variants: Sequence[NetworkExperiment]) -> Told | None:
    """Why there is nothing to train."""
    if not net.depth:
        return Told(text("normalisation.no_layer"))
    problem = next(filter(None, map(trouble, variants)), "")
    return Told(problem, True) if problem else None


def race_key(variants: Sequence[NetworkExperiment]) -> Hashable:
    return tuple(map(key_of, variants))


def variants_of(asked: Asked) -> list[NetworkExperiment]:
    """The network with each norm that is compared, all rates side by side."""
    now: Normalisation = asked.own
    return [
        _variant(asked.net.alike, norm, now.norm_rule, rates_tried(now.norm_rule)) for norm in NORMS[now.norm_place]
    ]


def rate_of(asked: Asked) -> str:
    """That of the curves with one rate for all."""
    now: Normalisation = asked.own
    return now.norm_rate if now.norm_rate in rates_tried(now.norm_rule) else f"{_usual(now.norm_rule):g}"


def steps(net: NetworkExperiment) -> int:
    """How many updates of the trainings there are to be played."""
    return net.steps if net.depth else 0


def fields(asked: Asked) -> list[dict[str, Any]]:
    """Of the row above the pictures."""
    now: Normalisation = asked.own
    rates = {rate: rate for rate in rates_tried(now.norm_rule)}
    places = {name: text(f"normalisation.{name}") for name in NORMS}
    return [
        choice_field("norm_rule", now.norm_rule, text("normalisation.rule"), names(OPTIMIZERS)),
        choice_field("norm_rate", rate_of(asked), text("normalisation.rate"), rates),
        choice_field("norm_place", now.norm_place, text("normalisation.where"), places),
    ]


def lay(sheet: Sheet) -> None:
    for numbers in sheet.boxes:
        box(numbers)
    if not sheet.charts:
        return
    legend([*sheet.signs.values()], [*sheet.signs])
    for column, key in zip(st.columns(3), sheet.charts, strict=True):
        with column:
            tell(sheet, f"{key}_title")
            draw(sheet.charts[key], key)
    st.caption(text("normalisation.curves_note", seeds=SEEDS))
    tell(sheet, "norms_told")
    tell(sheet, "norms_test")


def _usual(rule: str) -> float:
    return usual_rate(OPTIMIZERS[rule])


def _variant(net: NetworkExperiment, norm: str, rule: str, rates: Sequence[str]) -> NetworkExperiment:
    return replace(net, norm=norm, seeds=SEEDS, lanes=tuple(lane(rule, learning_rate=float(rate)) for rate in rates))


def _plan(variant: NetworkExperiment) -> Plan:
    return replace(variant.plan, rows=ROWS, dtype=DTYPE)


def _data(variant: NetworkExperiment) -> dict[str, Any]:
    examples = variant.examples.train
    return {"inputs": examples.inputs, "targets": examples.targets, "decay": variant.decay}


def _surface(variant: NetworkExperiment) -> Any:
    return objective(variant.architecture, variant.criterion, variant.classes)


def _thetas(variant: NetworkExperiment) -> Floats:
    return initials(variant.architecture, range(variant.seed, variant.seed + SEEDS), variant.scheme, variant.scale)


def _race(variants: Sequence[NetworkExperiment], usual: float) -> Iterator[tuple[float, Race | None]]:
    race = Race([], [])
    for done, variant in enumerate(variants):
        for _ in compiled(variant, DTYPE):
            yield done / len(variants), None
        train_part, test_part = variant.examples
        for training in train(_plan(variant), *train_part[:2], *test_part[:2]):
            yield (done + 0.9 * training.done) / len(variants), race
        make, data = _surface(variant), _data(variant)
        stepped = []
        for theta in _thetas(variant):
            stepped.append(after_one_step(make, theta, REACH * usual, **data))
            yield (done + 0.9) / len(variants), race
        race.trainings.append(training)
        race.slices.append(typical(np.stack(stepped)))
        yield (done + 1) / len(variants), race


def _shapes(
    variants: Sequence[NetworkExperiment], race: Race, same: int, best: Sequence[int]
) -> Iterator[tuple[float, list[Shapes]]]:
    shapes: list[Shapes] = []
    for variant, training, own in zip(variants, race.trainings, best, strict=True):
        make, data = _surface(variant), _data(variant)
        thetas = (_thetas(variant)[0], training.final[same, 0], training.final[own, 0])
        shapes.append(Shapes(*(curvature(make, theta, **data) for theta in thetas)))
        yield len(shapes) / len(variants), shapes


def _best(training: Training, level: float) -> int:
    """The rate that is first at this level."""
    curves = typical(training.objective)
    reached = [first_below(training.steps, curve, level) for curve in curves]
    return min(range(len(reached)), key=lambda each: (reached[each] < 0, reached[each]))


def _best_of(race: Race) -> list[int]:
    """Of each norm the rate that is first at what all of them reach."""
    level = common_level([typical(training.objective) for training in race.trainings])
    return [_best(training, level) for training in race.trainings]


def _sheet(
    variants: Sequence[NetworkExperiment], race: Race, shapes: Sequence[Shapes], rates: Sequence[str], same: int,
    usual: float,
) -> Sheet:  # fmt: skip
    curves = [typical(training.objective) for training in race.trainings]
    level, level_same = common_level(curves), common_level([each[same] for each in curves])
    best = _best_of(race)
    norms = [variant.norm for variant in variants]
    title = text("normalisation.same_rate", rate=rates[same])
    charts = {
        "norms_same": _curves(race, norms, [same] * len(norms), level_same, title),
        "norms_own": _curves(race, norms, best, level, text("normalisation.own_rate")),
        "norms_slice": _slices(race, norms, usual),
    }
    rows = _updates(race, best, rates, (same, level_same), level) | _curvatures(shapes)
    heads = [text("normalisation.measured"), *(say(NORMALISATIONS[norm].short) for norm in norms)]
    table = [[text(f"normalisation.{name}"), *cells] for name, cells in rows.items()]
    tested = [
        numbers
        for variant, training in zip(variants, race.trainings, strict=True)
        if NORMALISATIONS[variant.norm].over_batch and (numbers := _at_test_time(variant, training, same))
    ]
    said = {
        **{f"{key}_title": Said([chart.title]) for key, chart in charts.items()},
        "norms_told": Said((), heads, table, _facts_note(variants, rates, best)),
        "norms_test": Said(tested),
    }
    return Sheet(charts, said, (variants[0].steps, 0), {_place(norm): option_name("norm", norm) for norm in norms})


def _place(norm: str) -> int:
    """Of its colour: the same, whatever it is compared with."""
    return NORMS["both"].index(norm)


def _facts_note(variants: Sequence[NetworkExperiment], rates: Sequence[str], best: Sequence[int]) -> str:
    """How the table is read; a best rate at the end of the range says only that it is as large as that."""
    note = text("normalisation.facts_note", every=variants[0].plan.steps // ROWS + 1)
    if len(rates) - 1 not in best:
        return note
    largest = [
        say(NORMALISATIONS[variant.norm].short)
        for variant, rate in zip(variants, best, strict=True)
        if rate == len(rates) - 1
    ]
    return f"{note} {text('normalisation.largest', norms=', '.join(largest), rate=rates[-1])}"


def _curves(race: Race, norms: Sequence[str], chosen: Sequence[int], level: float, title: str) -> Chart:
    """Loss against updates: the median, and the middle half of the seeds. A band that reaches up to seeds that are lost
    leaves the picture at the top, and so may what is far above the start."""
    bands = [quarters(training.objective[rate]) for training, rate in zip(race.trainings, chosen, strict=True)]
    known = np.concatenate([each[np.isfinite(each) & (each > 0)] for each in bands])
    ceiling = FAR_ABOVE * max(float(each[1, 0]) for each in bands)
    series = []
    for norm, training, (low, middle, high) in zip(norms, race.trainings, bands, strict=True):
        lost = np.isposinf(high) & np.isfinite(low)
        steps = training.steps
        look = {**variant_line(_place(norm)), "name": option_name("norm", norm)}
        series += [
            band(steps, low, np.where(lost, 10 * ceiling, high), colour=look["colour"])._replace(times=steps),
            *running(steps, middle, steps, look, symbol=SYMBOLS[_place(norm)]),
        ]
    series.append(rule(level))
    loss = Axis(text("normalisation.loss"), log=True)
    if known.size and np.isfinite(ceiling):
        loss = loss._replace(low=known.min() / 1.25, high=1.25 * min(known.max(), ceiling))
    return Chart(Axis(text("normalisation.update"), clock=1), loss, series, HEIGHT, legend=False, title=title)


def _slices(race: Race, norms: Sequence[str], usual: float) -> Chart:
    """The loss after a single step from the first weights, against its learning rate."""
    series = [
        line(REACH * usual, losses, option_name("norm", norm), **variant_line(_place(norm)))
        for norm, losses in zip(norms, race.slices, strict=True)
    ]
    loss = Axis(text("normalisation.loss"), low=0.0, high=2.0 * max(float(losses[0]) for losses in race.slices))
    axis, title = Axis(text("normalisation.one_rate"), log=True), text("normalisation.slice_title")
    return Chart(axis, loss, series, HEIGHT, legend=False, title=title)


def _updates(
    race: Race, best: Sequence[int], rates: Sequence[str], shared: tuple[int, float], level: float
) -> dict[str, list[str]]:
    """Rows of the table, by their names in the catalogue."""

    def reached(training: Training, rate: int, wanted: float) -> str:
        first = first_below(training.steps, typical(training.objective)[rate], wanted)
        return str(first) if first >= 0 else "–"

    trials = list(zip(race.trainings, best, strict=True))
    return {
        "updates_same": [reached(training, *shared) for training, _ in trials],
        "updates_own": [f"{reached(training, own, level)} (η = {rates[own]})" for training, own in trials],
    }


def _curvatures(shapes: Sequence[Shapes]) -> dict[str, list[str]]:
    """More rows."""

    def pair(first: float, last: float) -> str:
        return f"{number(first, 2)} → {number(last, 2)}"

    return {
        "sharpness": [pair(each.start.sharpness, each.same.sharpness) for each in shapes],
        "effective": [pair(each.start.condition, each.same.condition) for each in shapes],
        "signs": [f"{_signs(each.start)} → {_signs(each.same)}" for each in shapes],
        "sharpness_own": [number(each.own.sharpness, 2) for each in shapes],
    }


def _signs(curvature: Curvature) -> str:
    return f"{curvature.positive}/{curvature.zero}/{curvature.negative}" if curvature.positive >= 0 else "–"


def _at_test_time(variant: NetworkExperiment, training: Training, rate: int) -> str:
    """What batch normalisation answers with moving averages, and with the batch's own moments."""
    test = variant.examples.test
    if not len(test.targets) or not np.isfinite(training.final[rate, 0]).all():
        return ""
    own, alone = without_averages(_surface(variant), training.final[rate, 0], *test[:2])
    losses = {"averages": training.test_loss[rate, 0, -1], "own": own, "alone": alone}
    numbers = {name: number(float(loss)) for name, loss in losses.items()}
    return text("normalisation.test_time", norm=option_name("norm", variant.norm), **numbers)


def formulas() -> None:
    """What is computed, typeset."""
    with st.expander(text("share.formulas")):
        st.latex(
            r"\tilde x = \frac{x-\mu}{s},\qquad \tilde z = \gamma\,\frac{z-\mu}{\sqrt{\sigma^2+10^{-5}}}+\beta,"
            r"\quad \gamma=1,\ \beta=0\ (t=0)"
        )
        st.latex(
            r"\hat\mu \leftarrow 0.9\,\hat\mu + 0.1\,\mu,\qquad"
            r"\hat\sigma^2 \leftarrow 0.9\,\hat\sigma^2 + 0.1\,\frac{m}{m-1}\,\sigma^2\quad (m>1)"
        )
        st.markdown(text("normalisation.formula_words"))
        st.markdown(text("normalisation.others"))
