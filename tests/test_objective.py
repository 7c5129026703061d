"""Losses against Optax, the penalty, and a network's surface under the engine's curvature."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from engine.curvature.derivatives import hessian, hvp, spectrum
from engine.curvature.lanczos import lanczos
from engine.curvature.points import inspect
from engine.networks import network
from engine.networks.network import Architecture, initial
from engine.networks.objective import (
    accuracy,
    batch_gradients,
    constant_loss,
    objective,
    point_losses,
    probabilities,
)
from losses import LOSSES

point_losses = jax.jit(point_losses, static_argnums=(0, 1))  # op by op each of them would be a program
CHANCE = np.random.default_rng(0)
X = CHANCE.standard_normal((30, 3))
NUMBERS = CHANCE.standard_normal(30)
CLASSES = CHANCE.integers(0, 3, 30)
Z = 2 * CHANCE.standard_normal((3, 30))

REGRESSION = {
    "mse": lambda p, y: optax.losses.squared_error(p, y),
    "mae": lambda p, y: jnp.abs(p - y),
    "huber": lambda p, y: optax.losses.huber_loss(p, y, delta=1.0),
}


def flat(make, theta, **knobs):
    knobs = {name: jnp.asarray(value) for name, value in knobs.items()}
    return jax.jit(lambda theta, knobs: make(**knobs)(theta))(theta, knobs)


@pytest.mark.parametrize("name", REGRESSION)
def test_losses_of_numbers_and_their_slopes(name):
    here = Z[:1] * 2  # some errors on either side of Huber's corner
    target = jnp.asarray(NUMBERS)
    ours = point_losses(name, 0, here, target)
    np.testing.assert_allclose(ours, REGRESSION[name](here[0], target), rtol=1e-12)
    slope = jax.jit(jax.grad(lambda z: point_losses(name, 0, z, target).sum()))(here)
    theirs = jax.jit(jax.grad(lambda z: REGRESSION[name](z, target).sum()))(here[0])
    np.testing.assert_allclose(slope[0], theirs, rtol=1e-12, atol=1e-15)
    assert (np.abs(here[0] - NUMBERS) > 1).any() and (np.abs(here[0] - NUMBERS) < 1).any()


def test_cross_entropy_of_three_classes_and_its_slope():
    target = jnp.asarray(CLASSES, dtype=float)
    ours = point_losses("cross_entropy", 3, Z, target)
    theirs = optax.losses.softmax_cross_entropy_with_integer_labels(Z.T, CLASSES)
    np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    slope = jax.jit(jax.grad(lambda z: point_losses("cross_entropy", 3, z, target).sum()))(jnp.asarray(Z))
    softmax = np.exp(Z) / np.exp(Z).sum(axis=0)
    np.testing.assert_allclose(slope, softmax - np.eye(3)[CLASSES].T, rtol=1e-11, atol=1e-13)  # row I2


def test_one_logit_is_two_with_a_zero():
    target = jnp.asarray(CLASSES > 0, dtype=float)
    both = np.stack([np.zeros(30), Z[0]])
    for name, factor in (("cross_entropy", 1), ("mae", 2), ("mse", 2)):  # with two outputs both classes are counted
        one, two = point_losses(name, 2, Z[:1], target), point_losses(name, 2, both, target)
        np.testing.assert_allclose(factor * one, two, rtol=1e-11)
    np.testing.assert_allclose(
        point_losses("cross_entropy", 2, Z[:1], target),
        optax.losses.sigmoid_binary_cross_entropy(Z[0], target),
        rtol=1e-12,
    )
    np.testing.assert_allclose(probabilities(jnp.asarray(Z[:1]))[1], 1 / (1 + np.exp(-Z[0])), rtol=1e-13)


def test_squared_error_of_a_logit_is_flat_where_it_is_wrong():
    """Row G3: its slope is 2 (f − y) f (1 − f)."""
    z = jnp.array([[-20.0, -1.0, 0.5, 20.0]])
    wrong = jnp.array([1.0, 1.0, 0.0, 0.0])
    f = 1 / (1 + np.exp(-np.asarray(z[0])))
    slope = jax.jit(jax.grad(lambda z: point_losses("mse", 2, z, wrong).sum()))(z)[0]
    np.testing.assert_allclose(slope, 2 * (f - wrong) * f * (1 - f), rtol=1e-6)
    steep = jax.jit(jax.grad(lambda z: point_losses("cross_entropy", 2, z, wrong).sum()))(z)[0]
    assert abs(slope[0]) < 1e-8 and abs(steep[0]) > 0.999


@pytest.mark.parametrize("name", LOSSES)
def test_no_logit_is_too_large(name):
    """Row G2 has a logit of −1000."""
    z = jnp.array([[10.0], [-10.0], [-1000.0]])
    both = jax.jit(jax.value_and_grad(lambda z, y: point_losses(name, 3, z, y).sum()))
    for label in (0.0, 1.0, 2.0):
        value, slope = both(z, jnp.array([label]))
        assert np.isfinite(value) and np.isfinite(slope).all()
    if name == "cross_entropy":
        assert value == pytest.approx(1010)


def test_the_penalty_is_on_weights_alone():
    architecture = Architecture(3, 1, 2, 4, norm="layer")
    make = objective(architecture, "mse")
    theta = np.random.default_rng(1).standard_normal(network.size(architecture))
    both = jax.jit(jax.value_and_grad(lambda theta, decay: make(jnp.asarray(X), jnp.asarray(NUMBERS), decay)(theta)))
    plain, shrunk = (both(theta, decay) for decay in (0.0, 0.3))
    weights = np.concatenate(
        [np.full(np.prod(shape), name.startswith("weight")) for name, shape in network.shapes(architecture)]
    )
    assert weights.sum() == 12 + 16 + 4
    np.testing.assert_allclose(shrunk[0] - plain[0], 0.3 * (theta[weights] ** 2).sum(), rtol=1e-10)
    np.testing.assert_allclose(shrunk[1] - plain[1], np.where(weights, 0.6 * theta, 0), rtol=1e-9, atol=1e-13)


def test_the_surface_is_the_mean_over_the_points_and_a_batch_is_some_of_them():
    architecture = Architecture(3, 3, 1, 4)
    make = objective(architecture, "cross_entropy", 3)
    theta = initial(architecture, 0)
    data = {"inputs": X, "targets": CLASSES.astype(float), "decay": np.float64(0.1)}
    z = np.asarray(network.outputs(architecture, theta, X))
    each = optax.losses.softmax_cross_entropy_with_integer_labels(z, CLASSES)
    shrink = 0.1 * (theta[network.is_weight(architecture)] ** 2).sum()
    assert flat(make, theta, **data) == pytest.approx(float(each.mean()) + shrink, rel=1e-12)
    rows = np.array([3, 5, 29, 3])
    assert flat(make, theta, **data, rows=rows) == pytest.approx(float(each[rows].mean()) + shrink, rel=1e-12)
    picked = hvp(make, theta, np.ones_like(theta), **data, rows=rows)
    alone = hvp(make, theta, np.ones_like(theta), **{**data, "inputs": X[rows], "targets": CLASSES[rows]})
    np.testing.assert_allclose(picked, alone, rtol=1e-10, atol=1e-12)


def test_batch_gradients_scatter_around_the_full_one():
    architecture = Architecture(3, 1, 1, 4)
    make, theta = objective(architecture, "mse"), initial(architecture, 0)
    rows = np.arange(30).reshape(10, 3)
    cloud = batch_gradients(make, theta, rows, X, NUMBERS, np.float64(0.0))
    full = jax.jit(jax.grad(make(X, NUMBERS, 0.0)))(theta)
    assert cloud.shape == (10, theta.size)
    np.testing.assert_allclose(np.mean(cloud, axis=0), full, rtol=1e-10, atol=1e-13)  # equal shares of all points
    np.testing.assert_allclose(
        cloud[4], jax.jit(jax.grad(make(X[12:15], NUMBERS[12:15], 0.0)))(theta), rtol=1e-10, atol=1e-13
    )


def test_accuracy():
    assert accuracy(3, jnp.asarray(np.eye(3)[CLASSES].T), jnp.asarray(CLASSES, dtype=float)) == 1
    assert accuracy(2, jnp.array([[1.0, -1.0, 3.0, 2.0]]), jnp.array([1.0, 0.0, 0.0, 1.0])) == 0.75
    assert np.isnan(accuracy(0, jnp.zeros((1, 2)), jnp.zeros(2)))


@pytest.mark.parametrize(
    ("outputs", "loss", "classes", "says"),
    [
        (1, "hinge", 0, "unknown loss 'hinge': choose one of mse, mae, huber, cross_entropy"),
        (1, "cross_entropy", 0, "cross_entropy needs classes, not numbers"),
        (1, "cross_entropy", 3, "3 classes need 3 outputs, not 1"),
        (3, "mse", 2, "2 classes need 2 outputs, or 1, not 3"),
    ],
)
def test_what_does_not_belong_together(outputs, loss, classes, says):
    with pytest.raises(ValueError, match=says):
        objective(Architecture(2, outputs), loss, classes)


# ---- curvature -------------------------------------------------------------------------------------------------------


def test_a_factory_lasts():
    same = objective(Architecture(3, 1, dropout=0.2), "mse")
    assert objective(Architecture(3, 1), "mse", classes=0) is same
    assert objective(Architecture(3, 1), "mae") is not same


def two_layers(target):
    """½‖W₂W₁ − target‖², d = 8."""

    def loss(theta):
        parts = network.unravelled(LINEAR, jnp.insert(theta, np.array([4, 4, 8, 8]), 0.0))
        product = parts["weight_1"] @ parts["weight_2"]
        return jnp.sum((product - target) ** 2) / 2

    return loss


LINEAR = Architecture(2, 2, 1, 2, "linear")


def test_a_deep_linear_network_at_the_origin():
    """The points are e₁, e₂ with targets diag(3, 1): the mean over 2 points is ½‖W₂W₁ − diag(3, 1)‖². H is
    ±3, ±3, ±1, ±1 on the weights; 1 twice on the last biases, and 0 on the first."""
    make = objective(LINEAR, "mse")
    data = {"inputs": np.eye(2), "targets": np.diag([3.0, 1.0]), "decay": 0.0}
    weights = network.is_weight(LINEAR)
    matrix = hessian(make, np.zeros(12), **data)
    values = np.linalg.eigvalsh(matrix[np.ix_(weights, weights)])
    np.testing.assert_allclose(values, [-3, -3, -1, -1, 1, 1, 3, 3], atol=1e-12)
    np.testing.assert_allclose(
        np.linalg.eigvalsh(hessian(two_layers, np.zeros(8), target=np.diag([3.0, 1.0]))), values, atol=1e-12
    )


def test_curvature_of_a_network_agrees_with_jax():
    architecture = Architecture(3, 3, 1, 4)
    make, theta = objective(architecture, "cross_entropy", 3), initial(architecture, 2)
    data = {"inputs": X, "targets": CLASSES, "decay": 0.01}
    matrix = hessian(make, theta, **data)
    loss = make(jnp.asarray(X), jnp.asarray(CLASSES, dtype=float), 0.01)
    np.testing.assert_allclose(matrix, jax.jit(jax.hessian(loss))(theta), rtol=1e-9, atol=1e-12)
    found = inspect(make, theta, **data)
    assert found.loss == pytest.approx(float(loss(theta)))
    np.testing.assert_allclose(found.eigenvalues, np.linalg.eigvalsh(matrix), atol=1e-10)
    assert found.kind == "sloped"
    ends = lanczos(make, theta, 2, steps=40, **data)
    np.testing.assert_allclose(ends.eigenvalues, found.eigenvalues[[0, 1, -2, -1]], atol=1e-8)
    np.testing.assert_allclose(spectrum(make, theta, "float32", **data), found.eigenvalues, atol=1e-5)


def test_new_data_and_decay_compile_nothing(compiled):
    architecture = Architecture(3, 1, 1, 3)
    theta = initial(architecture, 0)
    hessian(objective(architecture, "mse"), theta, inputs=X, targets=NUMBERS, decay=0.0)
    del compiled[:]
    hessian(objective(architecture, "mse"), theta + 1, inputs=X + 1, targets=2 * NUMBERS, decay=0.5)
    assert not compiled


def test_relu_layers_may_be_rescaled():
    architecture = Architecture(3, 1, 2, 5, "relu")
    theta = np.random.default_rng(3).standard_normal(network.size(architecture))
    parts = network.unravelled(architecture, theta.copy())
    parts["weight_1"], parts["bias_1"], parts["weight_2"] = (
        7 * parts["weight_1"], 7 * parts["bias_1"], parts["weight_2"] / 7,
    )  # fmt: skip
    other = network.ravelled(architecture, parts)
    make = objective(architecture, "mse")
    assert flat(make, other, inputs=X, targets=NUMBERS, decay=0.0) == pytest.approx(
        float(flat(make, theta, inputs=X, targets=NUMBERS, decay=0.0)), rel=1e-12
    )
    bent = objective(Architecture(3, 1, 2, 5, "tanh"), "mse")
    assert abs(
        flat(bent, other, inputs=X, targets=NUMBERS, decay=0.0)
        - flat(bent, theta, inputs=X, targets=NUMBERS, decay=0.0)
    ) > 1e-3  # fmt: skip


# ---- the best constant -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mse", "mae", "huber"])
@pytest.mark.parametrize("scale", [0.1, 1.0, 10.0])
def test_no_constant_number_has_a_lower_loss(name, scale):
    targets = scale * (NUMBERS + np.abs(NUMBERS))  # half of them 0, the others above
    tried = np.linspace(targets.min(), targets.max(), 20_001)
    losses = np.asarray(point_losses(name, 0, np.repeat(tried, 30)[None], jnp.asarray(np.tile(targets, len(tried)))))
    assert constant_loss(name, 0, 1, targets) == pytest.approx(losses.reshape(-1, 30).mean(axis=1).min(), rel=1e-6)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize(("classes", "outputs"), [(2, 1), (2, 2), (3, 3)])
def test_no_constant_answer_has_a_lower_loss(name, classes, outputs):
    """Of all logits on a grid, the best one against the closed form."""
    targets = np.where(CLASSES == 2, classes - 1, CLASSES)
    free = np.linspace(-12, 12, 241)
    grid = np.stack([each.ravel() for each in np.meshgrid(*[free] * max(outputs - 1, 1))])
    grid = grid if outputs == 1 else np.vstack([np.zeros(grid.shape[1]), grid])
    shares = np.bincount(targets, minlength=classes) / 30

    def of_class(target):
        return np.asarray(point_losses(name, classes, grid, jnp.full(grid.shape[1], target)))

    means = sum(share * of_class(target) for target, share in enumerate(shares))
    found = constant_loss(name, classes, outputs, targets)
    assert means.min() == pytest.approx(found, rel=1e-3)
    assert found <= means.min() + 1e-12


def test_the_constant_of_one_class_alone_is_right():
    assert constant_loss("cross_entropy", 3, 3, np.zeros(5, int)) == 0
    assert constant_loss("mse", 0, 1, np.full(4, 7.0)) == 0
