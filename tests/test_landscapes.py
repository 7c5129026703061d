"""Every surface of the folder is tested by being there; what is known about the classical ones is checked by number."""

import math
import re
import zlib
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

import landscapes
from landscapes import LANDSCAPES
from landscapes.examples import AWAY, ERROR, FEATURE, SIDE, classes, line
from records import settings

NAMES = tuple(LANDSCAPES)
WITH_MINIMA = tuple(name for name, landscape in LANDSCAPES.items() if landscape.minima)
NOT_CRITICAL = {  # the tip of a cone, a minimum on the border, a corner of facets: the gradient does not vanish
    "ackley": 1.0,  # is exceeded by the slope all around
    "eggholder": 1.0,
    "linear_regression_absolute_error": 0.02,
}

# Lowest loss and where, from SURFACES.md and from the formulas, not from the records.
LOWEST = {
    "narrow_valley": (0, [(0, 0)]),
    "crescent": (0, [(0, -1)]),
    "shelf": (0, [(2,)]),
    "shelf_2d": (0, [(2, 0)]),
    "flat_and_sharp": (0, [(-2,), (2,)]),
    "toy_network": (0, [(1, 1), (-1, -1), (0.5, 2), (-0.8, -1.25)]),
    "rosenbrock": (0, [(1, 1)]),
    "himmelblau": (0, [(3, 2), (-2.805118, 3.131313), (-3.779310, -3.283186), (3.584428, -1.848127)]),
    "beale": (0, [(3, 0.5)]),
    "booth": (0, [(1, 3)]),
    "matyas": (0, [(0, 0)]),
    "branin": (5 / (4 * math.pi), [(-math.pi, 12.275), (math.pi, 2.275), (3 * math.pi, 2.475)]),
    "six_hump_camel": (-1.0316284535, [(0.089842, -0.712656), (-0.089842, 0.712656)]),
    "three_hump_camel": (0, [(0, 0)]),
    "styblinski_tang": (-78.332331408, [(-2.903534, -2.903534)]),
    "goldstein_price": (3, [(0, -1)]),
    "mccormick": (-math.sqrt(3) / 2 - math.pi / 3, [(0.5 - math.pi / 3, -0.5 - math.pi / 3)]),
    "easom": (-1, [(math.pi, math.pi)]),
    "rastrigin": (0, [(0, 0)]),
    "griewank": (0, [(0, 0)]),
    "levy": (0, [(1, 1)]),
    "bohachevsky": (0, [(0, 0)]),
    "peaks": (-6.551133333, [(0.228279, -1.625535)]),
    "freudenstein_roth": (0, [(5, 4)]),
    "muller_brown": (-146.699517210, [(-0.558224, 1.441726)]),
    "double_well": (0, [(1, 0), (-1, 0)]),
    "ackley": (0, [(0, 0)]),
    "drop_wave": (-1, [(0, 0)]),
    "eggholder": (-959.640662721, [(512, 404.231805)]),
    "schwefel": (0, [(420.968746, 420.968746)]),
}


class Sample(NamedTuple):
    """Loss, gradient and Hessian at n points."""

    loss: np.ndarray  # (n,)
    gradient: np.ndarray  # (n, d)
    hessian: np.ndarray  # (n, d, d)


@partial(jax.jit, static_argnames="name")
def measured(name, points, knobs):
    loss = LANDSCAPES[name].make(**knobs)
    return jax.vmap(lambda point: (*jax.value_and_grad(loss)(point), jax.hessian(loss)(point)))(points)


def sample(name, points, **knobs) -> Sample:
    knobs = {key: jnp.asarray(value) for key, value in (defaults(name) | knobs).items()}
    return Sample(*map(np.asarray, measured(name, np.asarray(points, float), knobs)))


def defaults(name) -> dict[str, float]:
    return {key: setting.default for key, setting in settings(LANDSCAPES[name].make).items()}


def drawn(name) -> dict[str, float]:
    """Knobs drawn anywhere in their ranges, the same ones in every run."""
    random = np.random.default_rng(zlib.crc32(name.encode()))
    draw = {
        "linear": random.uniform,
        "log": lambda low, high: math.exp(random.uniform(math.log(low), math.log(high))),
        "whole": lambda low, high: float(random.integers(low, high, endpoint=True)),
        "switch": lambda low, high: float(random.integers(low, high, endpoint=True)),
    }
    knobs = {key: setting.knob for key, setting in settings(LANDSCAPES[name].make).items()}
    return {key: draw[knob.kind](knob.low, knob.high) for key, knob in knobs.items()}


def grid(name) -> np.ndarray:
    """About a thousand points over the window, (n, d): its corners and its centre too, up to three dimensions."""
    landscape = LANDSCAPES[name]
    if landscape.dimension > 3:
        low, high = np.transpose(landscape.window)
        return np.random.default_rng(0).uniform(low, high, (1000, landscape.dimension))
    side = {1: 1025, 2: 33, 3: 9}[landscape.dimension]
    axes = np.meshgrid(*(np.linspace(low, high, side) for low, high in landscape.window))
    return np.stack(axes, axis=-1).reshape(-1, landscape.dimension)


@cache
def surveyed(name, draw) -> tuple[Sample, Sample]:
    """The start, zero and the grid, and the known minima, with default or drawn knobs: one program for all."""
    knobs = drawn(name) if draw else defaults(name)
    landscape = LANDSCAPES[name]
    zero = (0.0,) * landscape.dimension
    inside = all(low <= 0 <= high for low, high in landscape.window)
    ground = np.array([landscape.start, *([zero] if inside else []), *grid(name)])
    minima = np.reshape(landscape.minima_at(**knobs), (-1, landscape.dimension))
    everywhere = sample(name, np.concatenate([ground, minima]), **knobs)
    here, there = zip(*(np.split(field, [len(ground)]) for field in everywhere), strict=True)
    return Sample(*here), Sample(*there)


def test_every_file_is_a_surface():
    files = {path.stem for path in Path(landscapes.__file__).parent.glob("*.py")}
    assert files - {"__init__", "base", "examples"} == set(LANDSCAPES)


@pytest.mark.parametrize("name", NAMES)
def test_record(name):
    landscape = LANDSCAPES[name]
    assert landscape.make.__name__ == name
    assert landscape.source
    assert {landscape: name}[landscape] == name  # hashable: a static argument of jit
    assert re.fullmatch(r"([A-I][0-9]+( |$))*", landscape.lecture)
    for words in (landscape.name, landscape.about):
        assert words and words.zh
    assert re.search("[\u4e00-\u9fff]", landscape.about.zh)
    assert len(landscape.window) == landscape.dimension
    inside = np.array(landscape.window)
    points = np.reshape([landscape.start, *landscape.minima_at(**defaults(name))], (-1, landscape.dimension))
    assert np.all((inside[:, 0] <= points) & (points <= inside[:, 1]))
    assert len(np.unique(points, axis=0)) == len(points)


@pytest.mark.parametrize("name", NAMES)
def test_formula_is_balanced(name):
    formula = LANDSCAPES[name].formula
    assert formula.count("{") == formula.count("}")
    assert formula.count(r"\left") == formula.count(r"\right")
    assert formula.count("(") == formula.count(")")


@pytest.mark.parametrize("name", NAMES)
def test_knobs(name):
    for key, setting in settings(LANDSCAPES[name].make).items():
        assert setting.knob.low < setting.knob.high, key
        assert setting.knob.accepts(setting.default), key
        assert setting.knob.kind != "log" or setting.knob.low > 0, key


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
def test_loss_is_one_number_in_the_precision_of_the_point(name, dtype):
    landscape = LANDSCAPES[name]
    knobs = {key: jnp.zeros((), dtype) for key in defaults(name)}
    point = jax.ShapeDtypeStruct((landscape.dimension,), dtype)
    made = jax.eval_shape(lambda knobs, point: landscape.make(**knobs)(point), knobs, point)
    assert (made.shape, made.dtype) == ((), dtype)


@pytest.mark.parametrize("draw", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_loss_and_gradient_are_finite_in_the_window(name, draw):
    for part in surveyed(name, draw):
        assert np.all(np.isfinite(part.loss))
        assert np.all(np.isfinite(part.gradient))


@pytest.mark.parametrize("draw", [False, True])
@pytest.mark.parametrize("name", [name for name in WITH_MINIMA if name not in NOT_CRITICAL])
def test_known_minima_are_minima(name, draw):
    _, minima = surveyed(name, draw)
    eigenvalues = np.linalg.eigvalsh(minima.hessian)
    smallest, largest = eigenvalues[:, 0], eigenvalues[:, -1]
    size = np.linalg.norm(minima.gradient, axis=1)
    off = np.einsum("nij,nj->ni", np.linalg.pinv(minima.hessian, rcond=1e-8), minima.gradient)  # a Newton step
    assert np.all(size <= 1e-9 * largest)
    assert np.all(np.linalg.norm(off, axis=1) <= 1e-9)
    floor = -1e-9 if LANDSCAPES[name].valley else 1e-6
    assert np.all(smallest >= floor * largest)


@pytest.mark.parametrize(("name", "slope"), NOT_CRITICAL.items())
def test_minima_that_are_not_critical_points(name, slope):
    landscape = LANDSCAPES[name]
    (minimum,) = landscape.minima_at(**defaults(name))
    low, high = np.transpose(landscape.window)
    turns = np.linspace(0, 2 * math.pi, 16, endpoint=False)
    around = np.array(minimum) + 1e-4 * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    around = around[np.all((low <= around) & (around <= high), axis=1)]
    best, near = sample(name, [minimum]), sample(name, around)
    assert np.all(near.loss > best.loss)
    assert np.all(np.linalg.norm(near.gradient, axis=1) > slope)


@pytest.mark.parametrize("draw", [False, True])
@pytest.mark.parametrize("name", WITH_MINIMA)
def test_nothing_in_the_window_is_lower_than_the_best_known_minimum(name, draw):
    ground, minima = surveyed(name, draw)
    assert np.min(ground.loss) >= np.min(minima.loss) - 1e-12 * np.ptp(ground.loss)


@pytest.mark.parametrize("name", LOWEST)
def test_lowest_value_and_place(name):
    value, places = LOWEST[name]
    minima = np.array(LANDSCAPES[name].minima_at(**defaults(name)))
    found = surveyed(name, False)[1].loss
    assert np.min(found) == pytest.approx(value, rel=1e-9, abs=1e-9)
    away = np.linalg.norm(minima[:, None] - np.array(places, float), axis=-1)  # (minima, places)
    if valley := LANDSCAPES[name].valley:  # of which the record lists some places only
        np.testing.assert_array_equal([valley()(jnp.array(place, float)) for place in places], 0)
        return
    assert np.all(away.min(axis=0) < 1e-6)
    assert np.all(found[away.argmin(axis=0)] < value + 1e-6)


@partial(jax.jit, static_argnames=("name", "optimizer", "steps"))
def walk(name, optimizer, steps):
    """Points and losses from the start on, with default knobs."""
    loss = LANDSCAPES[name].make()

    def step(carry, _):
        point, state = carry
        value, slope = jax.value_and_grad(loss)(point)
        change, state = optimizer.update(slope, state, point)
        return (point + change, state), (point, value)

    start = jnp.array(LANDSCAPES[name].start)
    return jax.lax.scan(step, (start, optimizer.init(start)), length=steps + 1)[1]


@pytest.mark.parametrize("name", NAMES)
def test_gradient_descent_at_the_stated_rate_makes_progress(name):
    points, losses = map(np.asarray, walk(name, optax.sgd(LANDSCAPES[name].rate), 200))
    assert np.all(np.isfinite(points)) and np.all(np.isfinite(losses))
    assert np.all(np.diff(losses) <= 1e-12 * np.ptp(losses) + 1e-15 * abs(losses[0]))
    assert losses[-1] < losses[0]


def end(name, optimizer, steps=500) -> np.ndarray:
    return np.asarray(walk(name, optimizer, steps)[0][-1])


def test_adagrad_stalls_on_the_crescent_and_rmsprop_arrives():
    tip = np.array([0, -1])
    assert np.linalg.norm(end("crescent", optax.rmsprop(0.02, decay=0.9)) - tip) < 0.05
    assert np.linalg.norm(end("crescent", optax.adagrad(0.02, initial_accumulator_value=0.0)) - tip) > 1.9


@pytest.mark.parametrize("name", ["shelf", "shelf_2d", "tilted_double_well"])
def test_momentum_rolls_through_where_descent_stays(name):
    landscape = LANDSCAPES[name]
    best = min(landscape.minima_at(**defaults(name)), key=lambda point: float(landscape.make()(jnp.array(point))))
    assert np.linalg.norm(end(name, optax.sgd(landscape.rate)) - best) > 1
    assert np.linalg.norm(end(name, optax.sgd(landscape.rate, momentum=0.9)) - best) < 1e-3


@pytest.mark.parametrize(
    ("name", "point", "eigenvalues"),
    [
        ("booth", (1, 3), (2, 18)),
        ("matyas", (0, 0), (0.04, 1)),
        ("narrow_valley", (0, 0), (0.01, 1)),
        ("toy_network", (0, 0), (-2, 2)),
        ("toy_network", (1, 1), (0, 4)),
        ("deep_toy_network", (0, 0, 0), (0, 0, 0)),
        ("deep_toy_network", (1, 1, 1), (0, 0, 6)),
        ("saddle", (0.3, -0.7), (-2, 2)),
        ("monkey_saddle", (0, 0), (0, 0)),
        ("cubic", (0,), (0,)),
        ("flat_and_sharp", (-2,), (0.5,)),
        ("flat_and_sharp", (2,), (25,)),
        ("double_well", (0, 0), (-4, 2)),
        ("drop_wave", (0, 0), (72.5, 72.5)),
        ("crescent", (0, -1), (0.02, 8.82)),
        ("styblinski_tang", (0, 0), (-16, -16)),
    ],
)
def test_eigenvalues_known_in_closed_form(name, point, eigenvalues):
    found = np.linalg.eigvalsh(sample(name, [point]).hessian[0])
    assert found == pytest.approx(eigenvalues, abs=1e-12)


@pytest.mark.parametrize("name", ["toy_network", "deep_toy_network", "saddle", "monkey_saddle", "cubic", "double_well"])
def test_origin_is_critical(name):
    assert np.all(sample(name, np.zeros((1, LANDSCAPES[name].dimension))).gradient == 0)


@pytest.mark.parametrize("angle", [0.0, 30.0, 90.0])
def test_narrow_valley_turns(angle):
    turn = math.radians(angle)
    floor = np.array([math.cos(turn), math.sin(turn)])
    hessian = sample("narrow_valley", [(1.0, 2.0)], condition=400.0, angle=angle).hessian[0]
    assert np.linalg.eigvalsh(hessian) == pytest.approx([1 / 400, 1])
    assert hessian @ floor == pytest.approx(floor / 400, abs=1e-12)


@pytest.mark.parametrize("tilt", [-1.5, -0.3, 0.0, 0.4, 1.5])
def test_tilted_wells_are_the_outer_roots_of_the_slope(tilt):
    low, _, high = np.sort(np.roots([4, 0, -4, tilt]).real)
    assert np.sort(np.ravel(LANDSCAPES["tilted_double_well"].minima_at(tilt=tilt))) == pytest.approx([low, high])


def test_shelf_is_its_polynomial():
    points = np.linspace(-1.5, 2.7, 9)
    polynomial = points**6 / 6 - 2 * points**5 / 5 + 32 / 15 + 0.03 * (points - 2) ** 2 / 2
    assert sample("shelf", points[:, None], slope=0.03).loss == pytest.approx(polynomial)


def test_three_logits_at_the_start():
    """G2: from the same start the two losses are both large, one slope is steep and the other is nearly zero."""
    right = 1 / (1 + math.exp(13))  # the probability of the right class at (-7, 6)
    cross = sample("three_logits_cross_entropy", [(-7.0, 6.0)])
    square = sample("three_logits_squared_error", [(-7.0, 6.0)])
    assert cross.loss == pytest.approx(-math.log(right))
    assert cross.gradient[0] == pytest.approx([right - 1, 1 - right])  # softmax minus one-hot
    assert square.loss == pytest.approx(2 * (1 - right) ** 2)
    assert np.linalg.norm(square.gradient) < 2e-5


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("ackley", [(0, 0), (1e-200, 0), (0, 1e-8)]),
        ("drop_wave", [(0, 0), (1e-200, 0), (0.1 / 12, 0)]),
        ("schwefel", [(0, 0), (0, 100), (-300, 0), (1e-200, 5)]),
        ("eggholder", [(0, -47), (94, -94), (100, 53), (-512, -512)]),
    ],
)
def test_gradient_is_finite_where_a_root_has_a_kink(name, points):
    assert np.all(np.isfinite(sample(name, points).gradient))


@pytest.mark.parametrize("distance", [0.0, 1e-5, 0.00832, 0.00834, 0.2, 3.0])
def test_drop_wave_series_meets_its_cosine(distance):
    expected = -(1 + math.cos(12 * distance)) / (distance**2 / 2 + 2)
    assert sample("drop_wave", [(0.6 * distance, -0.8 * distance)]).loss == pytest.approx(expected, rel=1e-14)


LINEAR = [f"linear_regression_{error}" for error in ("squared_error", "huber", "absolute_error")]
LOGISTIC = [f"logistic_regression_{error}" for error in ("cross_entropy", "squared_error")]
RAW = {"noise": 0.7, "outliers": 5.0, "scale": 4.0, "offset": 1.5, "penalty": 0.3}


def corners(name):
    """Every combination of the ends and the middles of its knobs."""
    knobs = {key: setting.knob for key, setting in settings(LANDSCAPES[name].make).items()}
    sides = product(*((knob.low, (knob.low + knob.high) / 2, knob.high) for knob in knobs.values()))
    return [dict(zip(knobs, side, strict=True)) for side in sides]


def columns(x):
    return np.stack([x, np.ones_like(x)], axis=1)


def test_examples_are_normalised():
    for values in (FEATURE, ERROR, *np.reshape(AWAY, (2, -1))):
        assert (values.mean(), values.std()) == pytest.approx((0, 1), abs=1e-12)
    assert len(FEATURE) % 2 == 1  # the minimum of the absolute error lies on an example
    for spread in (0.6, 2.0):  # no threshold and no side of it divides the classes: the minimum is not at infinity
        x, y = classes(spread)
        assert x[y == 0].max() > x[y == 1].min()
    assert np.all(np.diff(SIDE) >= 0)


@pytest.mark.parametrize("knobs", [{}, RAW, {"scale": 1.0, "offset": 0.0}], ids=["default", "raw", "normalised"])
def test_hessian_of_least_squares(knobs):
    """2/N X^T X and twice the penalty for w, everywhere; at scale 1 and offset 0 a round bowl (F1)."""
    name = "linear_regression_squared_error"
    all_knobs = defaults(name) | knobs
    x, y = line(*(all_knobs[key] for key in ("noise", "outliers", "scale", "offset")))
    ridge = np.diag([2 * all_knobs["penalty"], 0.0])
    points = np.array([(0.0, 0.0), (1.3, -2.0), (-4.0, 8.0)])
    found = sample(name, points, **knobs)
    for point, gradient, hessian in zip(points, found.gradient, found.hessian, strict=True):
        np.testing.assert_allclose(hessian, 2 / len(x) * columns(x).T @ columns(x) + ridge, rtol=1e-12, atol=1e-12)
        expected = 2 / len(x) * columns(x).T @ (columns(x) @ point - y) + ridge @ point
        np.testing.assert_allclose(gradient, expected, rtol=1e-11, atol=1e-11)
    if all_knobs["scale"] == 1 and all_knobs["offset"] == 0:
        np.testing.assert_allclose(found.hessian[0], 2 * np.eye(2), atol=1e-12)


@pytest.mark.parametrize("name", LINEAR)
def test_units_of_the_feature_do_not_change_the_best_fit(name):
    lowest = []
    for units in ({"scale": 1.0, "offset": 0.0}, {"scale": 7.0, "offset": 1.7}):
        knobs = defaults(name) | {"outliers": 3.0} | units
        lowest.append(float(sample(name, LANDSCAPES[name].minima_at(**knobs), **knobs).loss[0]))
    assert lowest[0] == pytest.approx(lowest[1], rel=1e-12)


def test_huber_is_squared_inside_and_absolute_outside():
    """With no noise the line is exact: shifted by b all residuals are equal."""
    shift = np.array([-3.0, -1.0, -0.999, -0.4, 0.0, 0.7, 1.001, 5.0])
    found = sample("linear_regression_huber", np.stack([0 * shift + 2, 2 + shift], 1), noise=0.0, scale=1.0, offset=0.0)
    expected = np.where(np.abs(shift) <= 1, shift**2 / 2, np.abs(shift) - 0.5)
    np.testing.assert_allclose(found.loss, expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(found.gradient[:, 1], np.clip(shift, -1, 1), atol=1e-12)


def test_absolute_error_has_facets_and_a_finite_gradient_on_their_edges():
    x, y = line(0.5, 0.0, 2.0, 1.0)
    w = np.linspace(-3, 5, len(x))
    edges = sample("linear_regression_absolute_error", np.stack([w, y - w * x], axis=1))  # each through one example
    assert np.all(np.isfinite(edges.gradient))
    assert np.all(edges.hessian == 0)
    anywhere = np.array((0.3, -1.7))
    off = sample("linear_regression_absolute_error", [anywhere])
    residual = y - columns(x) @ anywhere
    np.testing.assert_allclose(off.loss, np.abs(residual).mean(), rtol=1e-12)
    np.testing.assert_allclose(off.gradient[0], -columns(x).T @ np.sign(residual) / len(x), rtol=1e-12)


@pytest.mark.parametrize("penalty", [0.0, 0.1])
def test_logistic_regression_in_closed_form(penalty):
    """Cross-entropy: X^T (f - y)/N and X^T diag(f (1 - f)) X/N; squared error: the gradient with f (1 - f) in it."""
    points = np.array([(0.0, 0.0), (2.0, 1.0), (-4.0, 3.0), (-8.0, 0.5)])
    x, y = classes(0.9)
    ridge = np.diag([2 * penalty, 0.0])
    entropy, square = (sample(name, points, spread=0.9, penalty=penalty) for name in LOGISTIC)
    for row, point in enumerate(points):
        share = 1 / (1 + np.exp(-columns(x) @ point))
        slope = columns(x).T @ (share - y) / len(x) + ridge @ point
        curve = (columns(x).T * (share * (1 - share))) @ columns(x) / len(x) + ridge
        damped = columns(x).T @ (2 * (share - y) * share * (1 - share)) / len(x) + ridge @ point
        np.testing.assert_allclose(entropy.gradient[row], slope, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(entropy.hessian[row], curve, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(square.gradient[row], damped, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(square.loss[row], np.mean((share - y) ** 2) + penalty * point[0] ** 2, rtol=1e-12)


@pytest.mark.parametrize("name", LINEAR + LOGISTIC)
def test_the_minimum_of_a_regression_moves_with_every_knob_and_stays_in_the_window(name):
    """Lowest all around is lowest of all where the surface is convex; the squared error of a probability is not."""
    low, high = np.transpose(LANDSCAPES[name].window)
    turns = np.linspace(0, 2 * math.pi, 32, endpoint=False)
    for knobs in corners(name):
        (minimum,) = LANDSCAPES[name].minima_at(**knobs)
        assert np.all((low < minimum) & (minimum < high))
        around = np.array(minimum) + 1e-4 * np.stack([np.cos(turns), np.sin(turns)], axis=1)
        found = sample(name, [minimum, *around], **knobs)
        assert np.all(found.loss[1:] > found.loss[0])
        if name not in NOT_CRITICAL:
            scale = np.abs(found.hessian[0]).max()
            assert np.linalg.norm(np.linalg.solve(found.hessian[0], found.gradient[0])) < 1e-10
            assert np.linalg.norm(found.gradient[0]) < 1e-10 * scale


def test_the_squared_error_of_a_probability_has_no_lower_place_in_its_window():
    name = "logistic_regression_squared_error"
    for knobs in corners(name):
        best = sample(name, LANDSCAPES[name].minima_at(**knobs), **knobs).loss[0]
        assert sample(name, grid(name), **knobs).loss.min() > best


@pytest.mark.parametrize("name", [name for name, surface in LANDSCAPES.items() if surface.examples])
def test_examples_are_those_of_the_loss(name):
    """What the page draws is what the loss is made of."""
    surface = LANDSCAPES[name]
    knobs = {key: setting.default for key, setting in settings(surface.make).items()}
    x, y = surface.examples.points(**knobs)
    assert np.shape(x) == np.shape(y)
    if name == "linear_regression_squared_error":
        w, b = surface.minima_at(**knobs)[0]
        loss = float(surface.make(**knobs)(jnp.array([w, b])))
        assert np.mean((y - w * x - b) ** 2) == pytest.approx(loss)
    if surface.examples.answer == "logistic":
        assert set(np.unique(y)) == {0.0, 1.0}
