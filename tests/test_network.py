"""Networks: θ and its parts, the forward pass against plain NumPy and the formulas of what it is made of."""

from itertools import product

import jax
import latex
import numpy as np
import pytest

from activations import ACTIVATIONS
from engine.networks import network
from engine.networks.network import BUDGET, EPS, Architecture, hidden, initial, outputs
from initialisations import INITIALISATIONS
from normalisations import NORMALISATIONS

X = np.random.default_rng(0).standard_normal((7, 3))


def bent(activation, z):
    """As the formula on the screen has it."""
    return np.reshape(latex.evaluate(ACTIVATIONS[activation].formula, {"z": np.ravel(z)}), np.shape(z))


def normalised(norm, z):
    """The same of z (n, width), row by row or column by column."""
    record = NORMALISATIONS[norm]
    if record.axis is None:
        return z
    beside = list(z.T if record.axis == 0 else z)
    count = len(beside)
    names = {"z[]": beside, "m": count, "B": count, "#k": range(count), "#n": range(count)}
    made = [latex.evaluate(record.formula, names | {"z": each}) for each in beside]
    return np.stack(made, axis=1 - record.axis)


def some(architecture, seed=0):
    """A θ without zeros, so that every part counts."""
    return np.random.default_rng(seed).standard_normal(network.size(architecture))


def by_hand(architecture, theta, inputs, moments=None):
    """The same network with points as rows, parts cut off θ one after the other; what each layer is given and gives."""
    theta = list(theta)

    def cut(*shape):
        part = np.array(theta[: int(np.prod(shape))]).reshape(shape)
        del theta[: int(np.prod(shape))]
        return part

    h, before, after = inputs, [], []
    for layer in range(architecture.depth):
        z = h @ cut(h.shape[1], architecture.width)
        learned = {part: cut(architecture.width) for part in architecture.normalisation.parts}
        z = z + learned.get("bias", 0)

        def norm(values, learned=learned, own=None if moments is None else moments[layer]):
            if own is None:
                values = normalised(architecture.norm, values)
            else:
                values = (values - own[0]) / np.sqrt(own[1] + 1e-5)
            return learned.get("gain", 1) * values + learned.get("shift", 0)

        if architecture.normalisation.after:
            up = norm(bent(architecture.activation, z))
        else:
            z = norm(z)
            up = bent(architecture.activation, z)
        h = h + up if architecture.residual and h.shape == up.shape else up
        before.append(z)
        after.append(h)
    last = h @ cut(h.shape[1], architecture.outputs) + cut(architecture.outputs)
    assert not theta
    return last, before, after


@pytest.mark.parametrize("norm", NORMALISATIONS)
@pytest.mark.parametrize("depth", [0, 1, 3])
def test_flattening_there_and_back(depth, norm):
    architecture = Architecture(3, 2, depth, 5, norm=norm)
    theta = some(architecture)
    parts = network.unravelled(architecture, theta)
    assert [(name, part.shape) for name, part in parts.items()] == list(network.shapes(architecture))
    assert sum(part.size for part in parts.values()) == network.size(architecture) == theta.size
    np.testing.assert_array_equal(network.ravelled(architecture, parts), theta)
    stacked = network.unravelled(architecture, np.stack([theta, 2 * theta]))
    np.testing.assert_array_equal(stacked["weight_1"][1], 2 * parts["weight_1"])


def test_known_sizes():
    assert network.size(Architecture(2, 1, 2, 16)) == 337
    assert network.size(Architecture(4, 3, 0)) == 15
    assert network.size(Architecture(2, 1, 1, 4, norm="batch")) == 8 + 4 + 4 + 5  # b cancels, γ and β stay
    assert network.size(Architecture(2, 1, 1, 4, norm="layer")) == 8 + 4 + 4 + 4 + 5


@pytest.mark.parametrize(
    ("activation", "norm", "residual"),
    [*((name, "none", False) for name in ACTIVATIONS), *product(["tanh"], NORMALISATIONS, [False, True])],
)
def test_forward_pass_against_numpy(activation, norm, residual):
    """Every activation, and every normalisation with and without a residual: none of them knows of the others."""
    architecture = Architecture(3, 2, 3, 3, activation, norm, residual)
    theta = some(architecture)
    said, before, after = by_hand(architecture, theta, X)
    np.testing.assert_allclose(outputs(architecture, theta, X), said, rtol=1e-11, atol=1e-12)
    for ours, theirs in zip(hidden(architecture, theta, X), (before, after), strict=True):
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("norm", NORMALISATIONS)
@pytest.mark.parametrize("residual", [False, True])
def test_layers_that_share_a_program_against_numpy(norm, residual):
    """More hidden layers than are written out, with the batch's moments and with given ones."""
    architecture = Architecture(3, 2, network.WRITTEN_OUT + 3, 4, "tanh", norm, residual)
    theta = 0.5 * some(architecture)
    said, before, after = by_hand(architecture, theta, X)
    np.testing.assert_allclose(outputs(architecture, theta, X), said, rtol=1e-9)
    for layers, expected in zip(hidden(architecture, theta, X), (before, after), strict=True):
        np.testing.assert_allclose(layers, expected, rtol=1e-9, atol=1e-12)
    moments = np.abs(np.random.default_rng(1).standard_normal(network.moments_shape(architecture))) + 0.1
    given = moments if NORMALISATIONS[norm].over_batch else None
    said, *_ = by_hand(architecture, theta, X, given)
    np.testing.assert_allclose(outputs(architecture, theta, X, moments), said, rtol=1e-9)


def test_a_residual_needs_equal_widths():
    """The first of these layers is wider than the inputs: it has nothing to add to."""
    architecture = Architecture(3, 1, 2, 5, residual=True)
    theta = some(architecture)
    np.testing.assert_allclose(outputs(architecture, theta, X), by_hand(architecture, theta, X)[0], rtol=1e-12)
    same = Architecture(3, 1, 2, 5)
    assert np.abs(outputs(architecture, theta, X) - outputs(same, theta, X)).max() > 0.1


def test_depth_0_is_a_linear_model():
    architecture = Architecture(3, 2, 0)
    theta = some(architecture)
    np.testing.assert_allclose(outputs(architecture, theta, X), X @ theta[:6].reshape(3, 2) + theta[6:], rtol=1e-13)


@pytest.mark.parametrize(("norm", "axis"), [("batch", 0), ("layer", 1)])
def test_normalised_layers_have_mean_0_and_variance_1(norm, axis):
    architecture = Architecture(3, 1, 2, 6, norm=norm)
    (first, second), _ = hidden(architecture, initial(architecture, 1), X)
    for z in (first, second):
        np.testing.assert_allclose(np.mean(z, axis=axis), 0, atol=1e-12)
        np.testing.assert_allclose(np.var(z, axis=axis), 1, rtol=0.02)  # ε stands beside the variance
        assert (np.var(z, axis=axis) < 1).all()


def test_at_test_time_the_averages_are_used_and_a_point_stands_alone():
    architecture = Architecture(3, 1, 2, 4, norm="batch")
    theta = some(architecture)
    moments = np.stack([np.stack([np.full(4, 0.3), np.full(4, 2.0)])] * 2)
    said = outputs(architecture, theta, X, moments)
    np.testing.assert_allclose(said, by_hand(architecture, theta, X, moments)[0], rtol=1e-11)
    np.testing.assert_allclose(outputs(architecture, theta, X[:1], moments), said[:1], rtol=1e-12)
    assert np.abs(outputs(architecture, theta, X[:3]) - said[:3]).max() > 0.01  # alone, the batch decides


def test_weighted_moments_are_those_of_the_points_that_count():
    architecture = Architecture(3, 1, 2, 4, norm="batch")
    theta = some(architecture)
    weights = np.array([1.0, 1, 1, 1, 0, 0, 0])
    passed = network.forward(architecture, theta, X.T, weights=weights)
    alone = network.forward(architecture, theta, X[:4].T)
    np.testing.assert_allclose(passed.moments, alone.moments, rtol=1e-12)
    np.testing.assert_allclose(passed.outputs[:, :4], alone.outputs, rtol=1e-11)


def test_dropout_leaves_out_a_share_and_keeps_the_mean():
    architecture = Architecture(3, 1, 1, 2000)
    theta = initial(architecture, 0)
    (still,) = network.forward(architecture, theta, X.T).after
    (left,) = network.forward(architecture, theta, X.T, chance=(jax.random.key(0), np.float64(0.3))).after
    gone = np.asarray(left) == 0
    assert abs(gone.mean() - 0.3) < 0.02
    np.testing.assert_allclose(left[~gone], still[~gone] / 0.7, rtol=1e-12)
    (again,) = network.forward(architecture, theta, X.T, chance=(jax.random.key(0), np.float64(0.3))).after
    (other,) = network.forward(architecture, theta, X.T, chance=(jax.random.key(1), np.float64(0.3))).after
    np.testing.assert_array_equal(left, again)
    assert ((np.asarray(other) == 0) != gone).mean() > 0.3


@pytest.mark.parametrize(
    ("scheme", "variance"), [("xavier", 2 / (40 + 80)), ("he", 2 / 40), ("small", 1e-4), ("zero", 0.0)]
)
def test_first_weights(scheme, variance):
    architecture = Architecture(40, 1, 1, 80, norm="layer")
    parts = network.unravelled(architecture, initial(architecture, 3, scheme))
    assert parts["weight_1"].var() == pytest.approx(variance, rel=0.1)
    assert not parts["bias_1"].any() and not parts["shift_1"].any() and not parts["bias_2"].any()
    assert (parts["gain_1"] == 1).all()
    if scheme == "xavier":
        assert np.abs(parts["weight_1"]).max() <= np.sqrt(6 / 120)


@pytest.mark.parametrize("scheme", INITIALISATIONS)
def test_first_weights_times_a_factor(scheme):
    """Weights, and biases that follow from them, times the factor; gains stay, and times 1 changes nothing."""
    architecture = Architecture(3, 2, 3, 4, norm="layer")
    usual, halved = (network.unravelled(architecture, initial(architecture, 3, scheme, s)) for s in (1.0, 0.5))
    np.testing.assert_array_equal(initial(architecture, 3, scheme), initial(architecture, 3, scheme, 1.0))
    for name, part in usual.items():
        np.testing.assert_array_equal(halved[name], part if name.startswith("gain") else part / 2)


def test_spread_bends_among_the_inputs():
    """Every neuron of the first layer is 0 at a place within ±√3; deeper layers are as He has them."""
    architecture = Architecture(1, 1, 2, 120)
    parts = network.unravelled(architecture, initial(architecture, 3, "spread"))
    places = -parts["bias_1"] / parts["weight_1"][0]
    assert np.abs(places).max() <= np.sqrt(3)
    assert places.std() == pytest.approx(1, rel=0.1)
    assert parts["weight_1"].var() == pytest.approx(2, rel=0.2)
    assert not parts["bias_2"].any() and not parts["bias_3"].any()
    line = Architecture(2, 1, 0)
    assert not network.unravelled(line, initial(line, 0, "spread"))["bias_1"].any()


def test_seeds_are_starts():
    architecture = Architecture(3, 1)
    several = network.initials(architecture, [4, 5], "he")
    np.testing.assert_array_equal(several[1], initial(architecture, 5, "he"))
    assert not np.array_equal(several[0], several[1])


def test_weight_norms_leave_biases_out():
    architecture = Architecture(2, 1, 1, 2)
    theta = np.array([1.0, 2, 3, 4, 100, 100, 3, 4, 100])
    np.testing.assert_allclose(network.weight_norms(architecture, theta), [np.sqrt(30), 5])
    np.testing.assert_array_equal(network.is_weight(architecture), theta < 100)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"width": 0}, "width must be at least 1, not 0"),
        ({"depth": -1}, "depth must be at least 0"),
        ({"depth": 1000}, "depth must be at most 64"),
        ({"width": 500, "depth": 2}, f"253001 parameters, at most {BUDGET} .* lower the width or the depth"),
        ({"inputs": 30_000, "depth": 0}, "lower the number of inputs"),
        ({"dropout": 1.0}, "dropout must be at least 0 and below 1"),
        ({"activation": "swish"}, "unknown activation 'swish': choose one of sigmoid"),
        ({"norm": "group"}, "unknown norm"),
    ],
)
def test_no_such_network(change, says):
    with pytest.raises(ValueError, match=says):
        Architecture(**{"inputs": 3, "outputs": 1, **change})


def test_no_such_scheme_nor_theta():
    architecture = Architecture(3, 1)
    with pytest.raises(ValueError, match=f"unknown scheme 'big': choose one of {', '.join(INITIALISATIONS)}"):
        initial(architecture, 0, "big")
    with pytest.raises(ValueError, match=r"theta must have \d+ entries, not 3"):
        network.unravelled(architecture, np.zeros(3))


def test_depth_50_with_sigmoid_is_a_network():
    """Its outputs hardly know the inputs any more, which is the point of showing it."""
    architecture = Architecture(3, 1, 50, 16, "sigmoid")
    said = np.asarray(outputs(architecture, initial(architecture, 0), X))
    assert np.isfinite(said).all() and np.ptp(said) < 1e-9


def test_eps_is_where_the_formula_has_it():
    architecture = Architecture(1, 1, 1, 1, "linear", "batch")
    x = np.array([[0.0], [2e-3]])  # variance 1e-6, below ε
    theta = np.array([1.0, 1.0, 0.0, 1.0, 0.0])
    np.testing.assert_allclose(
        outputs(architecture, theta, x)[:, 0], np.array([-1e-3, 1e-3]) / np.sqrt(1e-6 + EPS), rtol=1e-9
    )
