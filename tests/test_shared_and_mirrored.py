"""Shared parameters and mirror images: what the first layer computes against NumPy's and torch's convolution, and which
examples a mirror adds."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from datasets import DATASETS
from engine.networks import network
from engine.networks.examples import drawn, folded
from engine.networks.experiment import NetworkExperiment, network_lane, on_data
from engine.networks.network import EPS, Architecture, initial, outputs
from engine.networks.objective import objective
from engine.networks.stretch import unbiased
from engine.networks.together import learned, train_parts
from lessons import LESSONS

X = np.random.default_rng(0).standard_normal((6, 9))
MIRRORED = tuple(name for name, record in DATASETS.items() if record.mirrored)


def some(architecture):
    return np.random.default_rng(1).standard_normal(network.size(architecture))


def first_layer(parts, norm, weights=None):
    """The first layer by NumPy, (n, width): every window of a row, then the mean over them."""
    kernel = len(parts["weight_1"])
    z = np.lib.stride_tricks.sliding_window_view(X, kernel, axis=1) @ parts["weight_1"]  # (n, places, width)
    z = z + parts.get("bias_1", 0)
    if norm == "batch":
        share = np.ones(len(X)) if weights is None else weights
        share = np.broadcast_to(share[:, None, None], (*z.shape[:2], 1))
        mean = np.average(z, axis=(0, 1), weights=share[..., 0])
        variance = np.average((z - mean) ** 2, axis=(0, 1), weights=share[..., 0])
        z = (z - mean) / np.sqrt(variance + EPS)
    if norm == "layer":
        z = (z - z.mean(axis=2, keepdims=True)) / np.sqrt(z.var(axis=2, keepdims=True) + EPS)
    return np.tanh(parts.get("gain_1", 1) * z + parts.get("shift_1", 0)).mean(axis=1)


@pytest.mark.parametrize("norm", ["none", "batch", "layer"])
@pytest.mark.parametrize("depth", [1, network.WRITTEN_OUT + 1])
def test_a_filter_slides_along_the_features(norm, depth):
    """As wide as the kernel and with residuals, where the first layer must not add windows to what it says."""
    architecture = Architecture(9, 2, depth, 4, norm=norm, kernel=4, residual=True)
    assert network.size(architecture) < network.size(replace(architecture, kernel=0))
    theta = some(architecture)
    passed = network.forward(architecture, theta, X.T)
    seen = first_layer(network.unravelled(architecture, theta), norm)
    np.testing.assert_allclose(passed.after[0].T, seen, rtol=1e-10)
    above = replace(architecture, inputs=4, depth=depth - 1, kernel=0)
    rest = theta[len(theta) - network.size(above) :]
    np.testing.assert_allclose(passed.outputs, network.forward(above, rest, seen.T).outputs, rtol=1e-9)


def test_a_filter_over_all_features_is_no_filter():
    architecture = Architecture(9, 2, 2, 5)
    theta = some(architecture)
    np.testing.assert_allclose(outputs(replace(architecture, kernel=9), theta, X), outputs(architecture, theta, X))


def test_moments_of_a_batch_are_those_of_all_its_places():
    """With the last point of the batch left out by its weight, too."""
    architecture = Architecture(9, 1, 2, 3, norm="batch", kernel=7)
    theta, weights = some(architecture), np.array([1.0, 1, 1, 1, 1, 0])
    passed = network.forward(architecture, theta, X.T, weights=jnp.asarray(weights))
    np.testing.assert_allclose(
        passed.after[0].T, first_layer(network.unravelled(architecture, theta), "batch", weights), rtol=1e-9
    )
    raised = unbiased(passed.moments, network.seen(architecture, np.int32(5)))[:, 1] / passed.moments[:, 1]
    np.testing.assert_allclose(raised, [[15 / 14] * 3, [5 / 4] * 3])


def test_loss_and_gradient_are_those_of_torch():
    torch = pytest.importorskip("torch")
    architecture, targets = Architecture(9, 1, 1, 3, kernel=4), np.arange(6.0)
    theta = torch.tensor(some(architecture), requires_grad=True)
    kernel, bias, last, end = torch.split(theta, [12, 3, 3, 1])
    seen = torch.tanh(torch.conv1d(torch.tensor(X)[:, None], kernel.reshape(4, 3).T[:, None], bias)).mean(dim=2)
    torch.mean((seen @ last + end - torch.tensor(targets)) ** 2).backward()
    loss = objective(architecture, "mse")(inputs=X, targets=targets, decay=0.0)
    np.testing.assert_allclose(jax.grad(loss)(theta.detach().numpy()), theta.grad, rtol=1e-10)


@pytest.mark.parametrize(("kernel", "depth"), [(10, 1), (1, 0), (-1, 1)])
def test_no_such_filter(kernel, depth):
    with pytest.raises(ValueError, match="kernel must lie between 0 and"):
        Architecture(9, 1, depth, 3, kernel=kernel)


def test_where_features_have_no_order_or_no_mirror_both_mean_nothing():
    net = NetworkExperiment.on("rhythms", network_lane("adam").with_own("kernel", 7).with_own("mirror", 1), kernel=40)
    assert net.architecture.kernel == net.inputs
    assert replace(net, depth=0).architecture.kernel == 0
    moved = on_data(net, "two_moons")
    assert moved.architecture.kernel == 0 and moved.lanes[0].own == ()
    assert replace(moved, mirror=1).points == moved.points


# ---- mirror images ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MIRRORED)
def test_a_mirror_adds_every_example_with_its_own_class(name):
    """Seen twice it is as before; the test, the validation and the scale of the features stay."""
    record = DATASETS[name]
    inputs = record.make().inputs
    np.testing.assert_array_equal(record.mirrored(record.mirrored(inputs)), inputs)
    assert not np.array_equal(record.mirrored(inputs), inputs)
    net = NetworkExperiment.on(name, subset=20, validation=0.2, standardise=0)
    plain, both = drawn(net.drawn), drawn(replace(net, mirror=1).drawn)
    for before, after in zip(plain[1:], both[1:], strict=True):
        np.testing.assert_array_equal(before.inputs, after.inputs)
    np.testing.assert_array_equal(both.train.inputs[:20], plain.train.inputs)
    np.testing.assert_array_equal(both.train.inputs[20:], record.mirrored(plain.train.inputs))
    np.testing.assert_array_equal(both.train.targets, np.tile(plain.train.targets, 2))


def test_images_are_standardised_as_what_they_are_images_of():
    net = NetworkExperiment.on("rhythms", mirror=1, copies=1, jitter=0.0, features=9)
    raw = drawn(replace(net, standardise=0).drawn).train.inputs
    known = raw[: len(raw) // 4]
    np.testing.assert_allclose(drawn(net.drawn).train.inputs, (raw - known.mean(axis=0)) / known.std(axis=0))


def test_no_image_of_what_a_fold_keeps_is_learned_from():
    net = NetworkExperiment.on("sawteeth", mirror=1, standardise=0, knobs={"size": 40})
    for fold in folded(net.drawn, 4):
        kept = {row.tobytes() for each in fold.validation.inputs for row in (each, np.ascontiguousarray(each[::-1]))}
        assert not kept & {row.tobytes() for row in np.ascontiguousarray(fold.train.inputs)}


def test_whether_an_image_keeps_its_class_is_true_of_the_data():
    """Without noise: a wave backwards still is one of its own period, a sawtooth backwards is the other one, bits in
    another order have as many ones, and what is turned upside down stays on its side."""
    waves = DATASETS["rhythms"].make(noise=0.0)
    turns = 2 * np.cos(2 * np.pi / np.array([5, 7]))[waves.targets, None]
    images = DATASETS["rhythms"].mirrored(waves.inputs)
    np.testing.assert_allclose(images[:, 2:] + images[:, :-2], turns * images[:, 1:-1], atol=1e-12)
    teeth = DATASETS["sawteeth"].make(noise=0.0)
    rises = [
        np.median(np.diff(rows, axis=1), axis=1) for rows in (teeth.inputs, DATASETS["sawteeth"].mirrored(teeth.inputs))
    ]
    np.testing.assert_array_equal(rises[0] > 0, teeth.targets == 0)
    np.testing.assert_array_equal(rises[1] > 0, teeth.targets == 1)
    for name in ("xor", "parity"):
        bits = DATASETS[name].make(noise=0.0)
        np.testing.assert_array_equal(DATASETS[name].mirrored(bits.inputs).sum(axis=1) % 2, bits.targets)
    sides = DATASETS["two_gaussians_and_far_points"].make(spread=0.1)
    images = DATASETS["two_gaussians_and_far_points"].mirrored(sides.inputs)
    np.testing.assert_array_equal(images[:, 0] > 0, sides.targets == 1)
    assert all(DATASETS[name].keeps for name in ("xor", "parity", "two_gaussians_and_far_points"))
    assert DATASETS["rhythms"].keeps and not DATASETS["sawteeth"].keeps and not DATASETS["digits"].keeps


def test_h7_both_help_where_they_are_true_and_a_false_mirror_hurts():
    def tested(stage):
        net = LESSONS["what_the_data_allow"].stages[stage].net
        *_, (_, trained) = train_parts(net)
        lanes = learned(net, trained)
        return [
            (np.median(e.training.train_loss[e.lane, :, -1]), np.median(e.training.test_loss[e.lane, :, -1]))
            for e in lanes
        ]

    plain, mirrored, shared = tested(1)
    assert max(train for train, _ in (plain, mirrored, shared)) < 0.01
    assert shared[1] < 0.02 < 0.8 * mirrored[1] < 0.8 * plain[1]
    plain, mirrored, shared = tested(2)
    assert shared[1] < 0.02 < plain[1] < 1 < 2 < mirrored[1]


def test_first_weights_of_a_filter_are_drawn_for_what_it_sees():
    parts = network.unravelled(
        Architecture(24, 1, 1, 200, kernel=6), initial(Architecture(24, 1, 1, 200, kernel=6), 0, "he")
    )
    assert parts["weight_1"].var() == pytest.approx(2 / 6, rel=0.1)
