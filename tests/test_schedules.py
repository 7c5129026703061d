"""Every schedule: a factor in (0, 1] whatever its knobs, and the values that its formula says."""

import inspect
from functools import partial
from itertools import product

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from optimizers import SCHEDULES
from records import Words, settings

LENGTHS = (1, 2, 7, 500, 100_000)
WARMED = ("constant", "cosine", "exponential", "inverse_sqrt", "inverse_time", "step_decay")  # linear, then a decay

every_schedule = pytest.mark.parametrize("key", SCHEDULES)


@partial(jax.jit, static_argnames="make")
def curve(make, when, steps, knobs):
    return jax.vmap(make(steps=steps, **knobs))(when)


def factors(key, when, steps=1000, **knobs):
    """The factors at the steps ``when``; every number is traced, as in the engine."""
    values = {name: setting.default for name, setting in settings(SCHEDULES[key].make).items()} | knobs
    numbers = {name: np.float64(value) for name, value in values.items()}
    return np.asarray(curve(SCHEDULES[key].make, jnp.asarray(when, float), np.float64(steps), numbers))


@every_schedule
def test_record(key):
    record = SCHEDULES[key]
    assert record.make.__name__ == key
    assert record.make.__module__ == f"optimizers.schedules.{key}"
    for words in (record.name, record.about):
        assert isinstance(words, Words)
        assert words
        assert words.zh
    assert r"\eta_t" in record.formula
    assert list(inspect.signature(record.make).parameters) == ["steps", *settings(record.make)]
    for setting in settings(record.make).values():
        assert setting.knob.accepts(setting.default)


def test_the_constant_comes_first():
    assert next(iter(SCHEDULES)) == "constant"


@every_schedule
@pytest.mark.parametrize("steps", LENGTHS)
def test_factors_lie_between_0_and_1(key, steps):
    when = np.round(np.linspace(0, steps - 1, 101))
    sliders = settings(SCHEDULES[key].make)
    for values in product(*((item.knob.low, item.default, item.knob.high) for item in sliders.values())):
        found = factors(key, when, steps, **dict(zip(sliders, values, strict=True)))
        assert np.isfinite(found).all()
        assert (found > 0).all()
        assert (found <= 1 + 1e-12).all()


@every_schedule
def test_moving_a_knob_does_not_compile(key):
    factors(key, np.arange(10.0))
    programs = curve._cache_size()
    for name, setting in settings(SCHEDULES[key].make).items():
        factors(key, np.arange(10.0), 77, **{name: setting.knob.high})
    assert curve._cache_size() == programs


@pytest.mark.parametrize("key", WARMED)
def test_linear_warm_up_then_the_decay(key):
    plain = factors(key, np.arange(980.0), 980)
    warm = factors(key, np.arange(1000.0), 1000, warmup=20)
    np.testing.assert_allclose(warm[:20], np.arange(1, 21) / 20)
    np.testing.assert_allclose(warm[20:], plain, rtol=1e-12)
    assert plain[0] == 1


@pytest.mark.parametrize(
    ("key", "knobs", "expected"),  # at steps 0, 100 and 999 of 1000
    [
        ("constant", {}, (1, 1, 1)),
        ("inverse_time", {"tau": 100}, (1, 1 / 2, 1 / 10.99)),
        ("inverse_sqrt", {}, (1, 101**-0.5, 1000**-0.5)),
        ("exponential", {"half_life": 50}, (1, 1 / 4, 2**-19.98)),
        ("step_decay", {"every": 100, "factor": 0.5}, (1, 1 / 2, 2**-9)),
        ("cosine", {"final": 0.2}, (1, 0.2 + 0.4 * (1 + np.cos(0.1 * np.pi)), 0.2 + 0.4 * (1 + np.cos(0.999 * np.pi)))),
        ("warmup_cosine", {"warmup": 100}, (1 / 100, 1, (1 + np.cos(np.pi * 899 / 900)) / 2)),
        ("one_cycle", {"first": 0.1, "peak": 0.1, "final": 0.01}, (0.1, 1, 0.01 + 0.99 * 0.001 / 0.9)),
        ("residual_network", {"begin": 0.05}, (0.1, 1, 0.01)),
        ("transformer", {"warmup": 101}, (1 / 101, 1, np.sqrt(101 / 1000))),
    ],
)
def test_values(key, knobs, expected):
    np.testing.assert_allclose(factors(key, (0, 100, 999), **knobs), expected, rtol=1e-9)


def test_values_cover_every_schedule():
    cases = next(mark for mark in test_values.pytestmark if mark.name == "parametrize").args[1]
    assert {case[0] for case in cases} == set(SCHEDULES)


def test_residual_network_recipe():
    """0.01, 0.1, 0.01, 0.001 with η = 0.1."""
    found = 0.1 * factors("residual_network", np.arange(1000), begin=0.05, drop1=0.5, drop2=0.75)
    changes = np.flatnonzero(np.diff(found)) + 1
    np.testing.assert_array_equal(changes, (50, 500, 750))
    np.testing.assert_allclose(found[[0, 50, 500, 750]], (0.01, 0.1, 0.01, 0.001))


def test_residual_network_recipe_with_its_drops_the_wrong_way_round():
    """T25: the full rate until the first drop; the second one waits for it."""
    found = factors("residual_network", (0, 300, 500, 799, 800), begin=0.05, drop1=0.8, drop2=0.3)
    np.testing.assert_allclose(found, (0.1, 1, 1, 1, 0.01))


@pytest.mark.parametrize("every", [2, 3, 49, 98, 103, 107, 161, 330])
def test_step_decay_drops_on_time_and_for_ever(every):
    """Compiled, t/k may be a little less than a whole number: 49/49 was."""
    t = np.arange(1500)
    np.testing.assert_allclose(factors("step_decay", t, every=every, factor=0.99), 0.99 ** (t // every), rtol=1e-9)
    assert factors("step_decay", (1499,), every=1, factor=0.99) == pytest.approx(0.99**1499)


@pytest.mark.parametrize("width", [64, 512])
def test_transformer_recipe_is_the_papers_up_to_its_peak(width):
    t = np.arange(1, 1001)
    paper = width**-0.5 * np.minimum(t**-0.5, t * 100**-1.5)
    np.testing.assert_allclose(factors("transformer", t - 1, warmup=100), paper / paper.max(), rtol=1e-12)
    assert paper.argmax() == 99


def test_cosine_equals_optax():
    oracle = optax.cosine_decay_schedule(1.0, 1000, alpha=0.1)
    t = np.arange(1000)
    np.testing.assert_allclose(factors("cosine", t, final=0.1), oracle(jnp.asarray(t, float)), rtol=1e-12)


def test_warmup_cosine_equals_optax():
    """Optax rises from 0 at step 0, we rise from 1/w, so that no step is lost."""
    oracle = optax.warmup_cosine_decay_schedule(0.0, 1.0, 100, 1000, 0.1)
    t = np.arange(1000)
    theirs = oracle(jnp.asarray(np.where(t < 100, t + 1, t), float))
    np.testing.assert_allclose(factors("warmup_cosine", t, warmup=100, final=0.1), theirs, rtol=1e-12)


def test_exponential_and_step_decay_equal_optax():
    t = np.arange(1000)
    smooth = optax.exponential_decay(1.0, 100, 0.5)
    stairs = optax.exponential_decay(1.0, 100, 0.5, staircase=True)
    np.testing.assert_allclose(factors("exponential", t, half_life=100), smooth(jnp.asarray(t, float)), rtol=1e-12)
    np.testing.assert_allclose(
        factors("step_decay", t, every=100, factor=0.5), stairs(jnp.asarray(t, float)), rtol=1e-12
    )


def test_one_cycle_equals_optax():
    oracle = optax.join_schedules([optax.linear_schedule(0.04, 1.0, 300), optax.linear_schedule(1.0, 0.01, 700)], [300])
    t = np.arange(1000)
    theirs = oracle(jnp.asarray(t, float))
    np.testing.assert_allclose(factors("one_cycle", t, first=0.04, peak=0.3, final=0.01), theirs, rtol=1e-12)
