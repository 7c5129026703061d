"""How hard a surface is to descend: condition numbers against NumPy, predicted updates against a descent."""

from dataclasses import replace

import numpy as np
import pytest

from datasets.base import standardised
from engine.curvature.derivatives import hessian
from engine.measures.conditioning import (
    after_one_step,
    bowl,
    common_level,
    curvature,
    first_below,
    typical,
    without_averages,
)
from engine.networks.network import Architecture, initial, outputs
from engine.networks.objective import objective
from engine.networks.training import finish, train
from engine.surfaces.experiment import lane
from lessons import LESSONS
from settings.normalisation import Normalisation

CHANCE = np.random.default_rng(1)
INPUTS = CHANCE.standard_normal((40, 3)) * (1, 5, 0.2) + (0, 1, 0)
TARGETS = INPUTS @ (1.0, -2.0, 3.0) + 0.5 + 0.1 * CHANCE.standard_normal(40)


def with_ones(inputs):
    return np.column_stack([inputs, np.ones(len(inputs))])


def test_the_condition_of_linear_regression():
    found = bowl(INPUTS, TARGETS)
    columns = with_ones(INPUTS)
    assert found.condition == pytest.approx(np.linalg.cond(2 * columns.T @ columns / 40), rel=1e-8)
    best, (left,), *_ = np.linalg.lstsq(columns, TARGETS, rcond=None)
    np.testing.assert_allclose(found.best, best, rtol=1e-7)
    assert found.lowest == pytest.approx(left / 40)
    assert found.lowest + found.excess(found.start) == pytest.approx(np.mean(TARGETS**2))


def test_updates_are_those_of_gradient_descent():
    found = bowl(INPUTS, TARGETS)
    columns, theta, losses = with_ones(INPUTS), np.zeros(4), []
    for _ in range(found.updates_to(0.01) + 1):
        losses.append(np.mean((columns @ theta - TARGETS) ** 2) - found.lowest)
        theta = theta - found.rate * 2 * columns.T @ (columns @ theta - TARGETS) / 40
    below = np.array(losses) <= 0.01 * losses[0]
    assert below[-1] and not below[:-1].any()
    np.testing.assert_allclose(found.excess(found.path(np.arange(len(losses)))), losses, rtol=1e-6)


def test_no_update_is_needed_for_no_way():
    found = bowl(INPUTS, TARGETS)
    assert found.updates_to(1.0) == 0
    assert bowl(np.eye(2), np.zeros(2)).updates_to(0.01) == 0


def test_features_that_depend_on_each_other_are_left_out():
    twice = np.column_stack([INPUTS[:, 0], INPUTS[:, 0]])
    found = bowl(twice, TARGETS)
    assert found.curved.sum() == 2
    assert np.isfinite(found.condition)
    assert found.updates_to(0.01) < 1000


def test_curvature_is_the_spectrum():
    architecture = Architecture(2, 1, 1, 4, norm="layer")
    make, data = objective(architecture, "mse"), {"inputs": INPUTS[:, :2], "targets": TARGETS, "decay": 0.0}
    theta = initial(architecture, 0)
    found = curvature(make, theta, **data)
    values = np.linalg.eigvalsh(hessian(make, theta, **data))
    assert found.sharpness == pytest.approx(values[-1])
    assert found.positive + found.zero + found.negative == len(values)
    assert found.zero >= 1  # the bias of a layer shifts all its neurons alike: the mean takes it out
    above = values[values > 1e-9 * values[-1]]
    assert found.positive == len(above)
    assert found.condition == pytest.approx(values[-1] / np.median(above))


@pytest.mark.parametrize("width", [4, 200, 600])  # whole spectra, Lanczos, and beyond what anybody writes down
def test_curvature_where_training_diverged(width):
    architecture = Architecture(2, 1, 1, width)
    make, data = objective(architecture, "mse"), {"inputs": INPUTS[:, :2], "targets": TARGETS, "decay": 0.0}
    for lost in (np.nan, 1e200):
        found = curvature(make, np.full(4 * width + 1, lost), **data)
        assert np.isnan(found.sharpness) and np.isnan(found.condition) and found.positive == -1


def test_a_large_network_with_kinks_has_a_sharpness_too():
    architecture = Architecture(2, 1, 1, 151, activation="relu")
    make, data = objective(architecture, "mse"), {"inputs": INPUTS[:, :2], "targets": TARGETS, "decay": 0.0}
    assert curvature(make, initial(architecture, 0), **data).sharpness > 0


def test_a_large_network_has_a_sharpness_too():
    architecture = Architecture(2, 1, 1, 151)
    make, data = objective(architecture, "mse"), {"inputs": INPUTS[:, :2], "targets": TARGETS, "decay": 0.0}
    theta = initial(architecture, 0)
    found = curvature(make, theta, **data)
    assert found.sharpness == pytest.approx(np.linalg.eigvalsh(hessian(make, theta, **data))[-1], rel=1e-6)
    assert found.positive == -1 and np.isnan(found.condition)


def test_one_step_on_a_parabola():
    """L(θ − ηg) = L − η‖g‖² + ½ η² gᵀHg."""
    architecture = Architecture(3, 1, depth=0)
    make, data = objective(architecture, "mse"), {"inputs": INPUTS, "targets": TARGETS, "decay": 0.0}
    columns, rates = with_ones(INPUTS), np.array([0.0, 1e-3, 0.1])
    slope = -2 * columns.T @ TARGETS / 40
    bend = slope @ (2 * columns.T @ columns / 40) @ slope
    wanted = np.mean(TARGETS**2) - rates * (slope @ slope) + rates**2 * bend / 2
    np.testing.assert_allclose(after_one_step(make, np.zeros(4), rates, **data), wanted, rtol=1e-9)


def test_the_median_counts_what_diverged_as_infinite():
    losses = np.array([[1.0, 0.5, 0.1], [1.0, np.nan, np.inf], [1.0, 0.7, 0.3]])
    assert typical(losses).tolist() == [1.0, 0.7, 0.3]
    assert typical(losses[:2]).tolist() == [1.0, np.inf, np.inf]
    assert typical(np.full((2, 3, 1), np.nan)).tolist() == [[np.inf], [np.inf]]


def test_levels():
    steps, quick, slow = np.array([0, 5, 10]), np.array([3.0, 1.0, 0.5]), np.array([3.0, 2.5, 2.0])
    level = common_level([quick, slow])
    assert level == 2.0
    assert (first_below(steps, quick, level), first_below(steps, slow, level)) == (5, 10)
    assert first_below(steps, slow, 1.0) == -1
    assert common_level([np.stack([slow, quick]), slow]) == 2.0


def test_a_point_alone_leaves_only_the_shift():
    architecture = Architecture(2, 1, 1, 4, norm="batch")
    theta = initial(architecture, 0)
    own, alone = without_averages(objective(architecture, "mse"), theta, INPUTS[:, :2], TARGETS)
    assert own == pytest.approx(np.mean((outputs(architecture, theta, INPUTS[:, :2])[:, 0] - TARGETS) ** 2))
    assert alone == pytest.approx(np.mean(TARGETS**2))  # tanh(β) = 0 and the bias is 0


def test_what_the_lesson_on_features_says():
    net = LESSONS["standardise_before_you_descend"].net
    parts = replace(net, standardise=0).examples
    raw, even = (bowl(*each.train[:2]) for each in (parts, standardised(parts)))
    assert raw.condition > 10_000 and raw.updates_to(0.01) > 10_000
    assert even.condition < 1.3 and even.updates_to(0.01) == 1
    assert raw.lowest == pytest.approx(even.lowest)  # the same predictions
    nearer = replace(LESSONS["standardise_before_you_descend"].stages[1].net, standardise=0)
    raw = bowl(*nearer.examples.train[:2])
    assert raw.condition == pytest.approx(100, abs=5)
    assert 100 < raw.updates_to(0.01) < 130


def test_what_the_lesson_on_layers_says():
    final, sharpness = {}, {}
    net = LESSONS["batch_normalisation_wakes_sigmoids"].net
    for norm in ("none", "batch", "layer"):
        variant = replace(net, norm=norm, seeds=8, lanes=(lane("gradient_descent", learning_rate=0.2),))
        examples = variant.examples.train
        training = finish(train(variant.plan, *examples[:2]))
        final[norm] = typical(training.objective)[0, -1]
        make, theta = objective(variant.architecture, "cross_entropy", 2), initial(variant.architecture, net.seed)
        sharpness[norm] = curvature(make, theta, inputs=examples[0], targets=examples[1], decay=0.0).sharpness
    assert final["none"] > 0.67
    assert final["batch"] < 0.03
    assert 2 * final["batch"] < final["layer"] < final["none"] - 0.1
    assert sharpness["batch"] > 5 * sharpness["none"]


def test_what_the_steps_on_layers_say():
    """At η = 2 the plain network learns later; tanh layers need no help."""
    _, faster, tanh = LESSONS["batch_normalisation_wakes_sigmoids"].stages
    assert faster.settings == Normalisation(first="layers", norm_rate="2")

    def losses(net, norm, rate):
        variant = replace(net, norm=norm, seeds=8, lanes=(lane("gradient_descent", learning_rate=rate),))
        training = finish(train(variant.plan, *variant.examples.train[:2]))
        return training.steps, np.median(training.objective[0], axis=0)

    first = {}
    for norm in ("none", "batch"):
        steps, middle = losses(faster.net, norm, 2.0)
        first[norm] = steps[np.argmax(middle < 0.35)]
    assert first == {"none": 120, "batch": 9}
    ends = [losses(tanh.net, norm, 0.2)[1][-1] for norm in ("none", "batch", "layer")]
    assert max(ends) < 0.003
