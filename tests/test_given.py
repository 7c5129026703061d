"""A bare JAX function and a bare Optax transformation are what the records of the same formula are."""

from functools import partial

import jax
import numpy as np
import optax
import pytest

from engine import critical_points, descend, given, hessian, inspect, outcome, stability_limit
from engine.curvature.critical_points import find_critical_points
from engine.surfaces import descent
from engine.surfaces.stability import limits_along, sharpness_along
from landscapes import LANDSCAPES
from optimizers.gradient_descent import gradient_descent
from optimizers.rmsprop import rmsprop

STARTS = [(-1.2, 1.0), (0.5, 0.5), (2.0, -1.0)]


@pytest.fixture(autouse=True)
def as_callers_have_it():
    """Optax counts steps in int32 and raises a float to them: that needs JAX's usual promotion."""
    with jax.numpy_dtype_promotion("standard"):
        yield


def rosenbrock(point):
    x, y = point
    return (1.0 - x) ** 2 + 100.0 * (y - x**2) ** 2


def himmelblau(point):
    x, y = point
    return (x**2 + y - 11.0) ** 2 + (x + y**2 - 7.0) ** 2


def bowl(point):
    return point @ point


# ---- surfaces --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [STARTS[0], STARTS], ids=["one start", "three starts"])
@pytest.mark.parametrize("rule", ["gradient_descent", "adam", "lbfgs"])
def test_a_bare_function_descends_as_its_record_does(rule, start):
    bare = descend(rosenbrock, rule, start, steps=40, noise=0.1, learning_rate=1e-3)
    named = descend("rosenbrock", rule, start, steps=40, noise=0.1, learning_rate=1e-3)
    for name, array in named._asdict().items():
        if name != "knobs":
            np.testing.assert_allclose(getattr(bare, name), array, rtol=1e-9, atol=1e-12, err_msg=name)
    assert bare.knobs.shape == (0,)


def test_jitted_and_partial_functions_are_functions():
    expected = descend("booth", start=(0.0, 0.0), steps=5).loss

    def booth(scale, point):
        return scale * ((point[0] + 2 * point[1] - 7) ** 2 + (2 * point[0] + point[1] - 5) ** 2)

    for loss in (partial(booth, 1.0), jax.jit(partial(booth, 1.0)), lambda point: booth(1.0, point)):
        np.testing.assert_allclose(descend(loss, start=(0.0, 0.0), steps=5).loss, expected, rtol=1e-12)


def test_a_factory_stays_a_factory():
    """One with sliders, one that takes data by name: neither is called with a point."""

    def quadratic(matrix):
        return lambda point: point @ matrix @ point

    matrix = np.array([[2.0, 1.0], [1.0, 3.0]])
    np.testing.assert_allclose(hessian(quadratic, (0.0, 0.0), matrix=matrix), 2 * matrix)
    make = LANDSCAPES["rosenbrock"].make
    np.testing.assert_array_equal(hessian(make, (1.0, 1.0)), hessian("rosenbrock", (1.0, 1.0)))
    np.testing.assert_array_equal(
        descend(make, start=(0.0, 0.0), steps=5).loss, descend("rosenbrock", start=(0.0, 0.0), steps=5).loss
    )


def test_all_nine_critical_points_of_a_bare_function():
    window = LANDSCAPES["himmelblau"].window
    bare, named = critical_points(himmelblau, window=window), critical_points("himmelblau")
    assert [point.kind for point in bare] == [point.kind for point in named]
    assert len(bare) == 9
    for one, other in zip(bare, named, strict=True):
        np.testing.assert_allclose(one.point, other.point, atol=1e-9)
        np.testing.assert_allclose(one.eigenvalues, other.eigenvalues, rtol=1e-7)
    assert find_critical_points(given.surface_of(himmelblau, window)).complete


def test_a_window_may_be_another_one():
    right = critical_points("himmelblau", window=((0.0, 5.0), (-5.0, 5.0)))
    assert [tuple(p.point.round(6)) for p in right] == [
        tuple(p.point.round(6)) for p in critical_points("himmelblau") if p.point[0] > 0
    ]


def test_curvature_of_a_bare_function():
    point = (3.0, 2.0)
    np.testing.assert_allclose(hessian(himmelblau, point), hessian("himmelblau", point), rtol=1e-12)
    named = inspect("himmelblau", point)
    assert inspect(himmelblau, point).kind == named.kind == "minimum"
    assert inspect(given.surface_of(himmelblau, LANDSCAPES["himmelblau"].window), point).tolerance == named.tolerance
    assert inspect(bowl, np.ones(5)).kind == "sloped"
    path = descend(himmelblau, start=(0.0, 0.0), steps=9)
    np.testing.assert_allclose(
        sharpness_along(himmelblau, path), sharpness_along("himmelblau", descend("himmelblau", start=(0, 0), steps=9))
    )


def test_what_happened_on_a_bare_function():
    bare = descend(himmelblau, "momentum", (0.0, 0.0), 400, learning_rate=0.005)
    named = descend("himmelblau", "momentum", (0.0, 0.0), 400, learning_rate=0.005)
    minima = LANDSCAPES["himmelblau"].minima_at()
    window = LANDSCAPES["himmelblau"].window
    ours = outcome(bare, himmelblau, minima, 0.0, 1e-3, window=window)
    theirs = outcome(named, "himmelblau", minima, 0.0, 1e-3)
    assert ours.arrived and theirs.arrived
    assert (ours.reached, ours.left_window_at, ours.best_step) == (
        theirs.reached,
        theirs.left_window_at,
        theirs.best_step,
    )


def test_a_path_far_from_all_its_starts_has_diverged():
    lost = descend(bowl, start=[(1.0, 0.0), (0.0, 0.0)], steps=60, learning_rate=2.0)
    assert lost.diverged_at.tolist() == [14, -1]  # 3^14 is beyond a million windows, which are 3 wide
    assert descend(bowl, start=(np.nan, 0.0), steps=5).diverged_at == 0


# ---- rules -----------------------------------------------------------------------------------------------------------

PAIRS = [
    (optax.sgd(1e-3), "gradient_descent", {"learning_rate": 1e-3}),
    (optax.sgd(1e-3, momentum=0.9), "momentum", {"learning_rate": 1e-3, "momentum": 0.9}),
    (optax.adam(1e-2), "adam", {"learning_rate": 1e-2}),
    (optax.lion(1e-2), "lion", {"learning_rate": 1e-2, "weight_decay": 1e-3}),
    (gradient_descent(1e-3), "gradient_descent", {"learning_rate": 1e-3}),
]


@pytest.mark.parametrize("start", [STARTS[0], STARTS], ids=["one start", "three starts"])
@pytest.mark.parametrize(("bare", "name", "values"), PAIRS, ids=["sgd", "momentum", "adam", "lion", "ours"])
def test_a_bare_transformation_moves_as_its_record_does(bare, name, values, start):
    ours = descend("rosenbrock", bare, start, steps=60)
    named = descend("rosenbrock", name, start, steps=60, **values)
    np.testing.assert_allclose(ours.params, named.params, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(ours.step, np.diff(ours.params, axis=-2), rtol=1e-9, atol=1e-14)
    assert np.isnan(ours.learning_rate).all()
    assert (ours.evaluations == 1).all()


def test_a_rule_of_ours_tells_its_sigma_bare_too():
    ours = descend("rosenbrock", rmsprop(1e-2), steps=20)
    np.testing.assert_allclose(
        ours.scale, descend("rosenbrock", "rmsprop", steps=20, learning_rate=1e-2).scale, rtol=1e-9
    )


def test_states_that_are_no_numbers_of_the_parameters():
    """A random key, a counter that decides, a flag: as Optax has them."""
    noisy = optax.chain(optax.add_noise(0.1, 0.5, 3), optax.sgd(1e-3))
    for rule in (
        noisy,
        optax.MultiSteps(optax.sgd(1e-3), 4).gradient_transformation(),
        optax.apply_if_finite(optax.sgd(1e-3), 3),
    ):
        many = descend("rosenbrock", rule, STARTS, steps=8)
        np.testing.assert_array_equal(many.params[1], descend("rosenbrock", rule, STARTS[1], steps=8).params)
    held = descend("rosenbrock", optax.MultiSteps(optax.sgd(1e-3), 4).gradient_transformation(), steps=8)
    assert np.flatnonzero(held.step.any(axis=1)).tolist() == [3, 7]


def test_limits_of_bare_transformations():
    assert stability_limit(optax.sgd(0.1)) == pytest.approx(20)
    assert stability_limit(optax.sgd(0.1, momentum=0.9)) == pytest.approx(38)
    assert stability_limit(optax.chain(optax.add_decayed_weights(0.5), optax.sgd(0.1))) == pytest.approx(19.5)
    assert np.isnan(stability_limit(optax.adam(0.1)))  # nobody tells its σ
    assert np.isnan(stability_limit(optax.lbfgs()))
    rule = optax.sgd(0.1)
    np.testing.assert_allclose(limits_along(rule, descend("booth", rule, steps=4)), np.full(5, 20.0))


# ---- nonsense --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "more", "error", "message"),
    [
        ((3,), {}, TypeError, "surface is a name, a Landscape or a function.*not 3"),
        ((bowl,), {}, ValueError, "bowl is a bare function, without a window.*start"),
        ((bowl,), {"start": 3.0}, ValueError, r"start.*\(d,\) or \(N, d\).*\(\)"),
        ((bowl,), {"start": ()}, ValueError, r"start.*\(0,\)"),
        ((bowl,), {"start": (1.0,), "window": ((1, 0),)}, ValueError, "window must be 1 pairs.*low < high"),
        ((bowl,), {"start": (1.0,), "window": ((0, 1), (0, 1))}, ValueError, "window must be 1 pairs"),
        ((bowl,), {"start": (1.0,), "knobs": {"a": 1.0}}, ValueError, "knob 'a': bowl has none"),
        ((lambda x, y: x * y,), {"start": (1.0, 2.0)}, TypeError, r"one array of shape \(d,\).*needs x, y"),
        (
            (lambda p: p,),
            {"start": (1.0, 2.0)},
            TypeError,
            r"one real number for θ of shape \(2,\), not float64.*\(2,\)",
        ),
        ((lambda p: p @ p > 0,), {"start": (1.0, 2.0)}, TypeError, "one real number.*bool"),
        ((lambda p: p @ p * 1j,), {"start": (1.0, 2.0)}, TypeError, "one real number.*complex"),
        ((lambda p: "low",), {"start": (1.0, 2.0)}, TypeError, "one real number.*'low'"),
        ((lambda p: np.sin(p).sum(),), {"start": (1.0, 2.0)}, TypeError, "written for JAX"),
        ((lambda p: p[0] if p[0] > 0 else p[1],), {"start": (1.0, 2.0)}, TypeError, "written for JAX"),
        (("booth", 3), {}, TypeError, "optimizer is a name.*not 3"),
        (("booth", optax.adam), {}, TypeError, "call it: adam"),
        (
            ("booth", optax.sgd(0.1)),
            {"learning_rate": 0.1},
            ValueError,
            "hyperparameter 'learning_rate'.*transformation",
        ),
        (("booth", optax.sgd(0.1)), {"schedule": "cosine"}, ValueError, "its schedule to Optax"),
    ],
)
def test_what_makes_no_sense_is_said(arguments, more, error, message):
    with pytest.raises(error, match=message):
        descend(*arguments, **more)


def test_what_makes_no_sense_is_said_of_curvature_too():
    with pytest.raises(ValueError, match=r"window=\(\(low, high\)"):
        critical_points(bowl)
    with pytest.raises(ValueError, match=r"knob 'a'.*functools\.partial"):
        hessian(lambda point, a=1.0: a * point @ point, (1.0, 2.0), a=2.0)
    with pytest.raises(TypeError, match="surface is a name"):
        inspect(None, (1.0, 2.0))
    with pytest.raises(ValueError, match="unknown landscape 'nowhere'"):
        hessian("nowhere", (1.0, 2.0))

    class Table(dict):
        def __call__(self, point):
            return point @ point

    with pytest.raises(TypeError, match="Table is not"):
        hessian(Table(), (1.0, 2.0))


# ---- programs --------------------------------------------------------------------------------------------------------


def test_the_same_function_compiles_once(compiled):
    rule = optax.sgd(0.1)
    descend(bowl, rule, (1.0, 2.0), steps=3)
    compiled.clear()
    for number in range(5):
        descend(bowl, rule, (number, 2.0), steps=3 + number)
    assert compiled == []


def test_ever_new_functions_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(given, "REMEMBERED", 4)
    for number in range(12):
        loss = descend(lambda point, number=number: number * point @ point, start=(1.0,), steps=1).loss
        assert loss[0] == number
    assert len(given._wrapped) <= 4
    assert descent._program.jitted._cache_size() <= 4
