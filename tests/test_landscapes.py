"""Every surface of the folder is tested by being there; what is known about the classical ones is checked by number."""

import math
import re
import zlib
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

import landscapes
from landscapes import LANDSCAPES
from records import settings

NAMES = tuple(LANDSCAPES)
WITH_MINIMA = tuple(name for name, landscape in LANDSCAPES.items() if landscape.minima)
NOT_CRITICAL = {"ackley", "eggholder"}  # the tip of a cone and a minimum on the border: the gradient does not vanish

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
    assert files - {"__init__", "base"} == set(LANDSCAPES)


@pytest.mark.parametrize("name", NAMES)
def test_record(name):
    landscape = LANDSCAPES[name]
    assert landscape.make.__name__ == name
    assert landscape.source
    assert {landscape: name}[landscape] == name  # hashable: a static argument of jit
    assert re.fullmatch(r"([A-I][1-9]( |$))*", landscape.lecture)
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


@pytest.mark.parametrize("name", sorted(NOT_CRITICAL))
def test_minima_that_are_not_critical_points(name):
    landscape = LANDSCAPES[name]
    (minimum,) = landscape.minima
    low, high = np.transpose(landscape.window)
    turns = np.linspace(0, 2 * math.pi, 16, endpoint=False)
    around = np.array(minimum) + 1e-4 * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    around = around[np.all((low <= around) & (around <= high), axis=1)]
    best, near = sample(name, [minimum]), sample(name, around)
    assert np.all(near.loss > best.loss)
    assert np.all(np.linalg.norm(near.gradient, axis=1) > 1)


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
    assert np.all(away.min(axis=0) < (1e-3 if LANDSCAPES[name].valley else 1e-6))
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
