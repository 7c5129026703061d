"""Gradients through the layers: against backpropagation written by hand, and softmax against its closed form."""

from itertools import islice

import jax
import numpy as np
import pytest

from engine.measures.layer_gradients import (
    VARIANTS,
    coordinate_names,
    layer_gradients,
    logit_gradient,
    while_training,
)
from engine.networks.network import Architecture, initial, initials, size, unravelled, weight_norms
from engine.networks.objective import objective
from lessons import LESSONS
from settings.gradients import Gradients

CHANCE = np.random.default_rng(0)
INPUTS, TARGETS = CHANCE.standard_normal((30, 2)), CHANCE.standard_normal(30)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def by_hand(parts, layers):
    """The lecture's formulas with one row per point: norms of ∂L/∂W_i and of G_i for the mean squared error."""
    given = [INPUTS]
    for layer in range(1, layers + 1):
        given.append(sigmoid(given[-1] @ parts[f"weight_{layer}"] + parts[f"bias_{layer}"]))
    answers = given[-1] @ parts[f"weight_{layers + 1}"] + parts[f"bias_{layers + 1}"]
    error = 2 * (answers - TARGETS[:, None]) / len(TARGETS)
    weights, signals = [given[-1].T @ error], [error @ parts[f"weight_{layers + 1}"].T]
    for layer in range(layers, 0, -1):
        inner = signals[-1] * given[layer] * (1 - given[layer])  # σ' = σ (1 − σ)
        weights.append(given[layer - 1].T @ inner)
        signals.append(inner @ parts[f"weight_{layer}"].T)
    return ([np.linalg.norm(each) for each in found[::-1]] for found in (weights, signals))


def test_three_sigmoid_layers_by_hand():
    architecture = Architecture(2, 1, 3, 5, "sigmoid")
    thetas = initials(architecture, (0, 1))
    found = layer_gradients(architecture, "mse", 0, thetas, INPUTS, TARGETS)
    for seed in (0, 1):
        weights, signals = by_hand(unravelled(architecture, thetas[seed]), 3)
        np.testing.assert_allclose(found.weights[seed], weights, rtol=1e-10)
        np.testing.assert_allclose(found.signals[seed], signals, rtol=1e-10)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    "width", [1, 2, 4]
)  # narrower than the data, as wide (its first layer is bypassed, too), wider
def test_layer_by_layer_is_the_whole_gradient(variant, width):
    architecture = Architecture(2, 3, 3, width, "tanh", **VARIANTS[variant])
    theta, classes = initial(architecture, 3), np.arange(30) % 3
    whole = jax.jit(jax.grad(objective(architecture, "cross_entropy", 3)(INPUTS, classes, 0.0)))(theta)
    found = layer_gradients(architecture, "cross_entropy", 3, theta[None], INPUTS, classes)
    np.testing.assert_allclose(found.weights[0], weight_norms(architecture, whole), rtol=1e-9)
    _, after = islice(while_training(architecture, "cross_entropy", 3, theta[None], INPUTS, classes, 0.1), 2)
    there = layer_gradients(architecture, "cross_entropy", 3, (theta - 0.1 * np.asarray(whole))[None], INPUTS, classes)
    np.testing.assert_allclose(after.weights, there.weights, rtol=1e-7)
    np.testing.assert_allclose(after.signals, there.signals, rtol=1e-7)


def test_another_depth_compiles_nothing(compiled):
    def ask(depth):
        architecture = Architecture(2, 1, depth, 6, "sigmoid")
        return layer_gradients(architecture, "mse", 0, initials(architecture, (0,)), INPUTS, TARGETS)

    ask(3)
    before = len(compiled)
    assert ask(50).weights.shape == (1, 51)
    assert len(compiled) == before


def test_no_hidden_layer():
    architecture = Architecture(2, 1, 0)
    found = layer_gradients(architecture, "mse", 0, np.zeros((1, 3)), INPUTS, TARGETS)
    assert found.weights[0] == pytest.approx([2 * np.linalg.norm(INPUTS.T @ TARGETS) / 30])


def test_where_nothing_arrives():
    architecture = Architecture(2, 1, 2, 3, "relu")
    found = layer_gradients(architecture, "mse", 0, np.zeros((2, size(architecture))), INPUTS, TARGETS)
    assert np.isnan(found.reach())
    alive = layer_gradients(
        architecture, "mse", 0, np.stack([np.zeros(size(architecture)), initial(architecture, 0)]), INPUTS, TARGETS
    )
    assert alive.reach() == pytest.approx(alive.weights[1, 0] / alive.weights[1, -1])


@pytest.mark.parametrize("logits", [(2.0, 0.5, -1.0), (0.0, 0.0, 0.0), (10.0, -10.0, 3.0), (700.0, -700.0, 0.0)])
@pytest.mark.parametrize("right", range(3))
def test_softmax_minus_one_hot(logits, right):
    found = logit_gradient(logits, right)
    shifted = np.exp(np.array(logits) - max(logits))
    wanted = shifted / shifted.sum() - np.eye(3)[right]
    np.testing.assert_allclose(found.gradient, wanted, atol=1e-15)
    assert found.difference < 1e-15
    assert found.loss == pytest.approx(max(logits) + np.log(shifted.sum()) - logits[right])


@pytest.mark.parametrize(("logits", "right"), [((1.0, 2.0), 0), ((1.0, 2.0, 3.0), 3), (((1.0, 2.0, 3.0),), 0)])
def test_no_such_class(logits, right):
    with pytest.raises(ValueError, match="three logits or more"):
        logit_gradient(logits, right)


def test_names_of_coordinates():
    architecture = Architecture(2, 1, 1, 3)
    assert coordinate_names(architecture, [0, 4, 6, 12]) == [
        "weight_1[1, 1]", "weight_1[2, 2]", "bias_1[1]", "bias_2[1]",
    ]  # fmt: skip


def test_what_the_lesson_says():
    net = LESSONS["gradient_vanishes_with_depth"].net
    examples = net.examples.train
    reach = {}
    for activation, variant in [*(("sigmoid", name) for name in VARIANTS), ("tanh", "plain")]:
        network = Architecture(2, 1, 30, net.width, activation, **VARIANTS[variant])
        thetas = initials(network, range(8), net.scheme)
        found = layer_gradients(network, net.criterion, net.classes, thetas, *examples[:2])
        reach[activation, variant] = found.reach()
    assert reach["sigmoid", "plain"] < 1e-16
    assert reach["sigmoid", "plain"] ** (1 / 30) == pytest.approx(0.25, abs=0.03)
    assert reach["sigmoid", "plain"] * 1e4 < reach["sigmoid", "layer"] < 1e-9
    assert min(reach["sigmoid", "batch"], reach["sigmoid", "residual"], reach["tanh", "plain"]) > 1e-3


def test_what_its_steps_say():
    """Of the signals, which the page shows first."""
    _, shallow, he = LESSONS["gradient_vanishes_with_depth"].stages

    def reach(net, activation, depth):
        network = Architecture(2, 1, depth, net.width, activation)
        thetas = initials(network, range(8), net.scheme)
        found = layer_gradients(network, net.criterion, net.classes, thetas, *net.examples.train[:2])
        return found.reach("signals")

    assert shallow.settings == Gradients(layers=10)
    assert 1e-7 < reach(shallow.net, "sigmoid", 10) < 1e-6
    assert reach(shallow.net, "sigmoid", 30) < 1e-16
    assert reach(shallow.net, "relu", 30) == pytest.approx(1e-6, rel=0.3)
    assert 0.05 < reach(he.net, "relu", 30) < 0.1
    assert reach(he.net, "sigmoid", 30) < 1e-15


def test_a_normalisation_after_the_activation_is_refused():
    architecture = Architecture(2, 1, 2, 4, norm="batch_after")
    thetas = initials(architecture, [0])
    with pytest.raises(ValueError, match="before the activation, not batch_after"):
        layer_gradients(architecture, "mse", 0, thetas, np.zeros((5, 2)), np.zeros(5))
