"""Every update rule, against what the interface promises, against oracles that we did not write, and closed forms."""

import inspect
from functools import partial
from itertools import count

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from jax import lax

from optimizers import OPTIMIZERS
from optimizers.base import Rule
from optimizers.newton import newton
from optimizers.saddle_free_newton import saddle_free_newton
from records import Words, settings

STEPS = 30  # longer paths amplify the last bit
TOLERANCE = 1e-12
ROUNDING = {"lbfgs": 1e-8}  # a line search makes more of it
RATES = {"slope": 1e-3, "length": 0.02, "whole": 1.0}


def rosenbrock(point):
    x, y = point
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def booth(point):
    """A quadratic with eigenvalues 2 and 18, minimum at (1, 3)."""
    x, y = point
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


def matyas(point):
    """A quadratic with eigenvalues 0.04 and 1, minimum at 0."""
    x, y = point
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


def bowl(point):
    """Any number of coordinates."""
    return point @ point / 2 + point[0] ** 2


def saddle(point):
    x, y = point
    return x**2 - y**2


@partial(jax.jit, static_argnames=("make", "loss", "steps"))
def race(make, loss, start, hyperparameters, steps=STEPS):
    """θ_0 … θ_T, and g, the step, σ and the evaluations of each step."""
    rule = make(**hyperparameters)

    def one_step(carry, _):
        params, state = carry
        value, grads = jax.value_and_grad(loss)(params)
        step, state = rule.update(grads, state, params, value=value, grad=grads, value_fn=loss)
        scale = jnp.broadcast_to(rule.scale(state), params.shape)
        return (params + step, state), (params, grads, step, scale, rule.evaluations(state))

    (last, _), (params, *terms) = lax.scan(one_step, (start, rule.init(start)), length=steps)
    return jnp.concatenate([params, last[None]]), *terms


def numbers(key, **changes):
    """The rule's hyperparameters as NumPy scalars: defaults, a rate that suits its pace, and ``changes``."""
    record = OPTIMIZERS[key]
    values = {name: setting.default for name, setting in settings(record.make).items()}
    values |= {"learning_rate": RATES[record.pace]} | changes
    return {name: np.float64(value) for name, value in values.items()}


def path(key, loss=rosenbrock, start=(-1.2, 1.0), steps=STEPS, **changes):
    return np.asarray(race(OPTIMIZERS[key].make, loss, jnp.array(start), numbers(key, **changes), steps)[0])


every_rule = pytest.mark.parametrize("key", OPTIMIZERS)
both_surfaces = pytest.mark.parametrize(("loss", "start"), [(rosenbrock, (-1.2, 1.0)), (booth, (-4.0, 5.0))])


# What the interface promises


@every_rule
def test_record(key):
    record = OPTIMIZERS[key]
    assert record.make.__name__ == key
    assert record.make.__module__ == f"optimizers.{key}"
    for words in (record.name, record.about):
        assert isinstance(words, Words)
        assert words
        assert words.zh
    assert record.formula.count("{") == record.formula.count("}")
    assert record.source
    assert record.pace in RATES
    assert record.share > 0
    assert not record.memory or record.memory in settings(record.make)


@every_rule
def test_hyperparameters_are_sliders(key):
    sliders = settings(OPTIMIZERS[key].make)
    assert list(sliders) == list(inspect.signature(OPTIMIZERS[key].make).parameters)
    assert next(iter(sliders)) == "learning_rate"
    for setting in sliders.values():
        assert setting.knob.accepts(setting.default)


IN_OPTAX = {
    "gradient_descent": optax.sgd,
    "momentum": optax.sgd,
    "nesterov": optax.sgd,
    "rmsprop_lecture": optax.rmsprop,
    "root_mean_square": optax.adagrad,
}
# Optax's Adam always corrects, its Adagrad has ε under the root; SAM and Newton are not in its core
OURS = {"bias_correction", "outside", "rho", "damping"}


@every_rule
def test_hyperparameters_are_named_as_in_optax(key):
    if oracle := IN_OPTAX.get(key) or getattr(optax, key, None):
        assert set(settings(OPTIMIZERS[key].make)) - OURS <= set(inspect.signature(oracle).parameters)


def test_the_lecture_comes_first():
    family = ["gradient_descent", "momentum", "nesterov", "adagrad", "root_mean_square", "rmsprop", "rmsprop_lecture"]
    assert list(OPTIMIZERS)[:8] == [*family, "adam"]


@every_rule
@pytest.mark.parametrize("dimension", [1, 2, 3])
def test_state_keeps_its_structure_and_dtypes(key, dimension):
    params = jnp.ones(dimension)

    def states(hyperparameters):
        rule = OPTIMIZERS[key].make(**hyperparameters)
        value, grads = jax.value_and_grad(bowl)(params)
        state = rule.init(params)
        step, after = rule.update(grads, state, params, value=value, grad=grads, value_fn=bowl)
        return state, after, step, rule.scale(after), rule.evaluations(after)

    state, after, step, scale, evaluations = jax.eval_shape(states, numbers(key))
    assert jax.tree.structure(state) == jax.tree.structure(after)
    for old, new in zip(jax.tree.leaves(state), jax.tree.leaves(after), strict=True):
        assert (old.shape, old.dtype) == (new.shape, new.dtype)
    assert (step.shape, step.dtype) == (params.shape, params.dtype)
    assert scale.shape in ((), params.shape)
    assert evaluations.shape == ()


@every_rule
def test_progress_on_a_quadratic(key):
    rate = {"slope": 0.05, "length": 0.05 * OPTIMIZERS[key].share, "whole": 1.0}[OPTIMIZERS[key].pace]
    points = path(key, bowl, (3.0, -2.0), steps=300, learning_rate=rate)
    assert bowl(points[-1]) < 0.7 * bowl(points[0])


@every_rule
def test_terms_of_the_summary_rule(key):
    rate = RATES[OPTIMIZERS[key].pace]
    points, grads, step, scale, evaluations = race(OPTIMIZERS[key].make, booth, jnp.array((-4.0, 5.0)), numbers(key))
    assert np.isfinite(points).all()
    assert np.isfinite(scale).all()
    assert (scale > 0).all()
    assert (evaluations >= 1).all()
    memory = -scale * step / rate  # m_t
    np.testing.assert_allclose(points[:-1] - rate / scale * memory, points[1:], rtol=0, atol=TOLERANCE)
    if key in ("gradient_descent", "adagrad", "root_mean_square", "rmsprop", "rmsprop_lecture"):
        np.testing.assert_allclose(memory, grads, rtol=1e-12)


@pytest.mark.parametrize(
    ("key", "corrected"),
    [("momentum", False), ("nesterov", False), ("adam", True), ("amsgrad", True), ("radam", True), ("adabelief", True)],
)
def test_past_gradients_fade_with_the_memory(key, corrected):
    """m_t = Σ λ^(t-j) g_j, in Nesterov's form the newest twice; in Adam's family divided by the sum of the weights."""
    sliders = settings(OPTIMIZERS[key].make)
    fade = sliders[OPTIMIZERS[key].memory].default
    _, grads, step, scale, _ = race(OPTIMIZERS[key].make, booth, jnp.array((-4.0, 5.0)), numbers(key))
    told = np.array(OPTIMIZERS[key].weights(fade, STEPS))
    weights = np.tril(told[np.maximum(np.subtract.outer(np.arange(STEPS), np.arange(STEPS)), 0)])
    expected = weights @ np.asarray(grads) / (weights.sum(axis=1, keepdims=True) if corrected else 1)
    np.testing.assert_allclose(-scale * step / RATES[OPTIMIZERS[key].pace], expected, rtol=1e-9, atol=1e-9)


def every_kind(point):
    """Per coordinate t^5/5 - t^3/3: a maximum at -1, an inflection without curvature at 0, a minimum at 1."""
    return jnp.sum(point**5 / 5 - point**3 / 3)


@every_rule
@pytest.mark.parametrize("start", [(1.0, 1.0), (-1.0, -1.0), (1.0, -1.0), (0.0, 0.0), (1.0, 0.0)])
def test_where_the_gradient_is_0_nothing_moves(key, start):
    """T07: at a minimum, a maximum, a saddle or where H is singular, from the first step on, for all hyperparameters.

    A weight decay pulls all the same, as it should: it is switched off.
    """
    sliders = settings(OPTIMIZERS[key].make)
    still = {"weight_decay": 0.0} if "weight_decay" in sliders else {}
    for ends in ({}, *({name: value} for name, item in sliders.items() for value in (item.knob.low, item.knob.high))):
        points = path(key, every_kind, start, **(ends | still))
        np.testing.assert_array_equal(points, np.tile(start, (STEPS + 1, 1)), err_msg=f"{key} with {ends}")


@pytest.mark.parametrize("key", [key for key in OPTIMIZERS if "weight_decay" in settings(OPTIMIZERS[key].make)])
def test_weight_decay_is_all_that_moves_where_the_gradient_is_0(key):
    points = path(key, booth, (1.0, 3.0), steps=1, weight_decay=0.3)
    np.testing.assert_allclose(points[1], (1 - RATES["length"] * 0.3) * points[0], rtol=1e-14)


@every_rule
def test_zero_gradient_gives_a_finite_step(key):
    points, _, _, scale, _ = race(OPTIMIZERS[key].make, bowl, jnp.zeros(2), numbers(key), 300)
    assert np.isfinite(points).all()
    assert np.isfinite(scale).all()
    assert (scale > 0).all()


@every_rule
def test_moving_a_slider_does_not_compile(key):
    start = jnp.array((-1.2, 1.0))
    race(OPTIMIZERS[key].make, rosenbrock, start, numbers(key))
    programs = race._cache_size()
    for name, setting in settings(OPTIMIZERS[key].make).items():
        race(OPTIMIZERS[key].make, rosenbrock, start, numbers(key, **{name: setting.knob.low}))
        race(OPTIMIZERS[key].make, rosenbrock, start, numbers(key, **{name: setting.knob.high}))
    assert race._cache_size() == programs


@every_rule
def test_many_starts_on_a_trailing_axis_and_inside_a_chain(key):
    """As the engine does it, behind a clip that never bites: each start walks as if it were alone."""

    def clipped(**hyperparameters):
        rule = OPTIMIZERS[key].make(**hyperparameters)
        chain = optax.chain(optax.clip_by_global_norm(1e9), rule)
        return Rule(*chain, lambda state: rule.scale(state[1]), lambda state: rule.evaluations(state[1]))

    starts = jnp.array([(-1.2, 1.0), (0.5, -0.3), (1.5, 1.0)])
    together = jax.vmap(race, in_axes=(None, None, -1, None), out_axes=-1)
    points = together(clipped, booth, starts.T, numbers(key))[0]
    for lane, start in enumerate(starts):
        np.testing.assert_allclose(points[..., lane], path(key, booth, start), rtol=0, atol=1e-9)


# Optax, called plainly

OPTAX = {
    "gradient_descent": optax.sgd(1e-3),
    "momentum": optax.sgd(1e-3, momentum=0.9),
    "nesterov": optax.sgd(1e-3, momentum=0.9, nesterov=True),
    "adagrad": optax.adagrad(0.02, initial_accumulator_value=0.0),
    "rmsprop": optax.rmsprop(0.02, eps_in_sqrt=False),
    "adam": optax.adam(0.02),
    "adamw": optax.adamw(0.02, weight_decay=1e-2),
    "amsgrad": optax.amsgrad(0.02),
    "nadam": optax.nadam(0.02),
    "radam": optax.radam(1e-3),
    "adadelta": optax.adadelta(1.0),
    "adabelief": optax.adabelief(0.02),
    "lion": optax.lion(0.02, weight_decay=0.0),
    "lbfgs": optax.lbfgs(1.0),
}


def optax_path(oracle, loss, start):
    oracle = optax.with_extra_args_support(oracle)

    @jax.jit
    def one_step(params, state):
        value, grads = jax.value_and_grad(loss)(params)
        step, state = oracle.update(grads, state, params, value=value, grad=grads, value_fn=loss)
        return optax.apply_updates(params, step), state

    points = [jnp.array(start)]
    state = oracle.init(points[0])
    with jax.numpy_dtype_promotion("standard"):
        for _ in range(STEPS):
            params, state = one_step(points[-1], state)
            points.append(params)
    return np.array(points)


@both_surfaces
@pytest.mark.parametrize("key", OPTAX)
def test_equals_optax(key, loss, start):
    ours, theirs = path(key, loss, start), optax_path(OPTAX[key], loss, start)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=ROUNDING.get(key, TOLERANCE))


@both_surfaces
def test_sam_equals_optax(loss, start):
    uphill = optax.chain(optax.contrib.normalize(), optax.sgd(0.05))
    oracle = optax.contrib.sam(optax.sgd(1e-3), uphill, opaque_mode=True)

    def update(grads, state, params, **extra):
        del extra
        return oracle.update(grads, state, params, grad_fn=lambda point, _: jax.grad(loss)(point))

    theirs = optax_path(optax.GradientTransformationExtraArgs(oracle.init, update), loss, start)
    np.testing.assert_allclose(path("sam", loss, start, rho=0.05), theirs, rtol=0, atol=TOLERANCE)


# PyTorch. Not compared, because its formula is another one: NAdam follows a schedule of b1, AMSGrad takes the maximum
# before the bias correction of v. RAdam adds eps elsewhere: compared where eps does not count.


def torch_rules(torch):
    return {
        "gradient_descent": (torch.optim.SGD, {}, {}),
        "momentum": (torch.optim.SGD, {"momentum": 0.9}, {}),
        "nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}, {}),
        "adagrad": (torch.optim.Adagrad, {"eps": 0.01}, {"eps": 0.01, "outside": 1.0}),
        "rmsprop": (torch.optim.RMSprop, {"alpha": 0.9, "eps": 1e-8}, {}),
        "adam": (torch.optim.Adam, {}, {}),
        "adamw": (torch.optim.AdamW, {"weight_decay": 1e-2}, {}),
        "radam": (torch.optim.RAdam, {"eps": 1e-16}, {"eps": 1e-16}),
        "adadelta": (torch.optim.Adadelta, {"rho": 0.9, "eps": 1e-6}, {}),
    }


@both_surfaces
@pytest.mark.parametrize(
    "key", ["gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "radam", "adadelta"]
)
def test_equals_torch(key, loss, start):
    torch = pytest.importorskip("torch")
    make, theirs, ours = torch_rules(torch)[key]
    params = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    rule = make([params], lr=RATES[OPTIMIZERS[key].pace], **theirs)
    points = [np.array(start)]
    for _ in range(STEPS):
        rule.zero_grad()
        loss(params).backward()
        rule.step()
        points.append(params.detach().numpy().copy())
    np.testing.assert_allclose(path(key, loss, start, **ours), points, rtol=0, atol=TOLERANCE)


# NumPy loops for the forms that no library has


def numpy_path(step_of, loss, start, steps=STEPS):
    """step_of: (t, g) -> step."""
    slope = jax.jit(jax.grad(loss))
    points = [np.array(start)]
    for t in range(steps):
        points.append(points[-1] + step_of(t, np.asarray(slope(points[-1]))))
    return np.array(points)


@both_surfaces
def test_adam_without_bias_correction(loss, start):
    mean, square = np.zeros(2), np.zeros(2)

    def step_of(t, grads):
        mean[:] = 0.9 * mean + 0.1 * grads
        square[:] = 0.999 * square + 0.001 * grads**2
        return -0.02 * mean / (np.sqrt(square) + 1e-8)

    ours = path("adam", loss, start, bias_correction=0.0)
    np.testing.assert_allclose(ours, numpy_path(step_of, loss, start), rtol=0, atol=TOLERANCE)


@both_surfaces
def test_root_mean_square(loss, start):
    seen = []

    def step_of(t, grads):
        seen.append(grads)
        return -0.02 * grads / np.sqrt(np.mean(np.square(seen), axis=0))

    ours = path("root_mean_square", loss, start)
    np.testing.assert_allclose(ours, numpy_path(step_of, loss, start), rtol=0, atol=TOLERANCE)


@both_surfaces
def test_root_mean_square_on_a_falling_rate_is_adagrad(loss, start):
    """E3: the two forms agree when η_t = η/√(t + 1)."""
    make = OPTIMIZERS["root_mean_square"].make
    state = make().init(jnp.array(start))

    def step_of(t, grads):
        nonlocal state
        step, state = make(0.02 / np.sqrt(t + 1)).update(jnp.asarray(grads), state)
        return np.asarray(step)

    adagrad = path("adagrad", loss, start, eps=0.0)
    np.testing.assert_allclose(adagrad, numpy_path(step_of, loss, start), rtol=0, atol=TOLERANCE)


@both_surfaces
def test_rmsprop_lecture(loss, start):
    sigma = [np.zeros(2)]

    def step_of(t, grads):
        sigma.append(np.abs(grads) if t == 0 else np.sqrt(0.9 * sigma[-1] ** 2 + 0.1 * grads**2))
        return -0.02 * grads / sigma[-1]

    ours = path("rmsprop_lecture", loss, start)
    np.testing.assert_allclose(ours, numpy_path(step_of, loss, start), rtol=0, atol=TOLERANCE)


@both_surfaces
def test_yogi(loss, start):
    """The paper's algorithm 2, v from the first gradient's square on. Optax starts m and v at 1e-6, corrects both."""
    mean, square = np.zeros(2), np.zeros(2)

    def step_of(t, grads):
        mean[:] = 0.9 * mean + 0.1 * grads
        square[:] = grads**2 if t == 0 else square - 0.001 * np.sign(square - grads**2) * grads**2
        return -0.02 * mean / (np.sqrt(square) + 1e-3)

    np.testing.assert_allclose(path("yogi", loss, start), numpy_path(step_of, loss, start), rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("key", ["momentum", "nesterov"])
def test_the_rate_goes_into_the_movement(key):
    """T12: under a schedule the lecture's form is its own; Optax and PyTorch multiply the sum of gradients instead."""
    rates = 5e-4 * 0.1 ** (np.arange(60) // 30)
    state = OPTIMIZERS[key].make().init(jnp.zeros(2))
    movement, total = np.zeros(2), np.zeros(2)
    ahead = key == "nesterov"

    def ours(t, grads):
        nonlocal state
        step, state = OPTIMIZERS[key].make(rates[t]).update(jnp.asarray(grads), state)
        return np.asarray(step)

    def lecture(t, grads):
        movement[:] = 0.9 * movement - rates[t] * grads
        return 0.9 * movement - rates[t] * grads if ahead else movement

    def library(t, grads):
        total[:] = 0.9 * total + grads
        return -rates[t] * (0.9 * total + grads if ahead else total)

    ours, lecture, library = (numpy_path(form, rosenbrock, (-1.2, 1.0), 60) for form in (ours, lecture, library))
    np.testing.assert_allclose(ours, lecture, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(ours[:31], library[:31], rtol=0, atol=TOLERANCE)
    assert np.linalg.norm(ours[40] - library[40]) > 0.01
    if ahead:  # what torch.optim.SGD with StepLR gave
        np.testing.assert_allclose(library[40], (-0.8944, 0.8081), atol=1e-4)


# Closed forms on quadratics: (loss, start, minimum, smallest and largest eigenvalue)

QUADRATICS = [(booth, (-4.0, 5.0), (1.0, 3.0), 2.0, 18.0), (matyas, (-4.0, 5.0), (0.0, 0.0), 0.04, 1.0)]
on_quadratics = pytest.mark.parametrize(("loss", "start", "minimum", "low", "high"), QUADRATICS)
LIMITS = {
    "gradient_descent": lambda factor: 2.0,
    "momentum": lambda factor: 2 + 2 * factor,
    "nesterov": lambda factor: (2 + 2 * factor) / (1 + 2 * factor),
}


@on_quadratics
@pytest.mark.parametrize("factor", [0.5, 0.9])
@pytest.mark.parametrize("key", LIMITS)
def test_largest_stable_rate(key, factor, loss, start, minimum, low, high):
    limit = LIMITS[key](factor) / high
    changes = {} if key == "gradient_descent" else {"momentum": factor}
    for margin, converges in ((0.99, True), (1.01, False)):
        points = path(key, loss, start, steps=2000, learning_rate=margin * limit, **changes)
        far = np.linalg.norm(points[[0, -1]] - np.array(minimum), axis=1)
        assert far[1] < 1e-6 * far[0] if converges else far[1] > 1e3 * far[0]


@on_quadratics
def test_best_rate_of_gradient_descent(loss, start, minimum, low, high):
    points = path("gradient_descent", loss, start, steps=20, learning_rate=2 / (low + high))
    far = np.linalg.norm(points - np.array(minimum), axis=1)
    np.testing.assert_allclose(far[1:] / far[:-1], (high - low) / (high + low), rtol=1e-9)


def test_best_rate_of_the_heavy_ball():
    root = np.sqrt(1.0 / 0.04)
    contraction = (root - 1) / (root + 1)
    rate = (2 / (1 + np.sqrt(0.04))) ** 2
    points = path("momentum", matyas, (-4.0, 5.0), steps=400, learning_rate=rate, momentum=contraction**2)
    far = np.linalg.norm(points, axis=1)
    np.testing.assert_allclose(far[400] / far[399], contraction, rtol=0.01)  # a double root: exact up to 1 + 1/t


@on_quadratics
@pytest.mark.parametrize("key", ["newton", "saddle_free_newton"])
def test_newton_needs_one_step_on_a_parabola(key, loss, start, minimum, low, high):
    np.testing.assert_allclose(path(key, loss, start, steps=1)[-1], minimum, rtol=0, atol=1e-10)


def test_newton_goes_to_the_saddle_and_saddle_free_newton_leaves_it():
    start = (1.0, 0.1)
    np.testing.assert_allclose(path("newton", saddle, start, steps=1)[-1], 0, atol=1e-12)
    away = path("saddle_free_newton", saddle, start, steps=5)
    np.testing.assert_allclose(away[:, 1], 0.1 * 2.0 ** np.arange(6))  # y' = y + y
    assert saddle(away[-1]) < saddle(away[0])


@pytest.mark.parametrize("make", [newton, saddle_free_newton])
def test_second_order_rules_stay_finite_where_the_curvature_vanishes(make):
    trough = race(make, lambda point: point[0] ** 2, jnp.array((1.0, 2.0)), {"learning_rate": np.float64(1)}, 1)[0]
    np.testing.assert_allclose(trough[-1], (0, 2), atol=1e-12)  # no step along the trough
    plain = race(make, lambda point: 0 * point.sum(), jnp.array((1.0, 2.0)), {"learning_rate": np.float64(1)}, 1)[0]
    np.testing.assert_array_equal(plain[-1], (1, 2))


@pytest.mark.parametrize(("key", "cost"), [("newton", 3), ("saddle_free_newton", 3), ("sam", 2), ("adam", 1)])
def test_evaluations(key, cost):
    *_, evaluations = race(OPTIMIZERS[key].make, rosenbrock, jnp.array((-1.2, 1.0)), numbers(key))
    assert (evaluations == cost).all()


def test_evaluations_of_the_line_search():
    """Optax calls the loss as often as L-BFGS says, besides the one gradient of the step."""
    calls = count()

    def counted(point):
        jax.debug.callback(lambda: next(calls))
        return rosenbrock(point)

    rule = OPTIMIZERS["lbfgs"].make()

    @jax.jit
    def one_step(params, state):
        value, grads = jax.value_and_grad(rosenbrock)(params)
        step, state = rule.update(grads, state, params, value=value, grad=grads, value_fn=counted)
        return params + step, state

    params = jnp.array((-1.2, 1.0))
    state, claimed = rule.init(params), 0
    for _ in range(5):
        params, state = one_step(params, state)
        claimed += int(rule.evaluations(state)) - 1
    jax.effects_barrier()
    assert next(calls) == claimed
