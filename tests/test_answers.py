"""What a network says at chosen moments of its training is what the network of that moment says."""

from dataclasses import replace

import numpy as np
import pytest
from test_network_experiment import ADAM, GD, HOT, SMALL, trained_on

from engine.networks import network
from engine.networks.answers import chances_at, last_hidden_at, moments_of, outputs_at
from engine.networks.experiment import NetworkExperiment

THREE = NetworkExperiment.on("iris", ADAM, depth=2, width=4, norm="batch", batch=16, steps=60)
LINE = NetworkExperiment.on("sine", GD, HOT, knobs={"size": 40}, depth=1, width=3, steps=60)
NETS = {"two classes": SMALL, "three classes, batch normalisation": THREE, "numbers": LINE}
CHANCE = np.random.default_rng(0)


def points_for(net):
    return CHANCE.standard_normal((9, len(net.dataset.features)))


@pytest.mark.parametrize("count", [2, 5, 48, 1000])
@pytest.mark.parametrize("steps", [1, 60, 700])
def test_moments_ascend_from_the_first_to_the_last(count, steps):
    training = trained_on(replace(SMALL, steps=steps))
    at = moments_of(training, 1, count)
    assert at.steps[0] == 0
    assert at.steps[-1] == steps
    assert (np.diff(at.steps) > 0).all()
    assert 2 <= len(at.steps) == len(at.thetas) == len(at.moments) <= count
    assert at.thetas[0].tolist() == network.initial(SMALL.architecture, 0, "xavier").tolist()
    assert at.thetas[-1].tolist() == training.final[1, 0].tolist()


def test_moments_are_crowded_where_most_happens():
    steps = moments_of(trained_on(replace(SMALL, steps=700)), 0, 12).steps
    assert steps[1] < 20
    assert steps[-1] - steps[-2] > 80
    assert np.median(steps) < 700 * 0.4


@pytest.mark.parametrize("net", NETS.values(), ids=NETS)
def test_the_last_moment_is_the_trained_network(net):
    training, points = trained_on(net), points_for(net)
    at, moments = moments_of(training, 0, 7), training.final_moments[0, 0] if net.norm == "batch" else None
    wanted = network.outputs(net.architecture, training.final[0, 0], points, moments)
    np.testing.assert_allclose(outputs_at(net.architecture, at, points)[-1], wanted, rtol=1e-12)
    _, after = network.hidden(net.architecture, training.final[0, 0], points, moments)
    np.testing.assert_allclose(last_hidden_at(net.architecture, at, points)[-1], after[-1], rtol=1e-12)
    first = network.outputs(net.architecture, network.initial(net.architecture, 0), points, at.moments[0])
    np.testing.assert_allclose(outputs_at(net.architecture, at, points)[0], first, rtol=1e-12)


@pytest.mark.parametrize("net", [SMALL, THREE], ids=["two classes", "three classes"])
def test_chances(net):
    training, points = trained_on(net), points_for(net)
    at = moments_of(training, 0, 6)
    chances, outputs = chances_at(net.architecture, at, points), outputs_at(net.architecture, at, points)
    assert chances.shape == (len(at.steps), 9, net.classes)
    np.testing.assert_allclose(chances.sum(axis=2), 1, rtol=1e-12)
    assert (chances > 0).all()
    logits = np.concatenate([np.zeros_like(outputs), outputs], axis=2) if net.classes == 2 else outputs
    np.testing.assert_allclose(
        np.log(chances[:, :, 1] / chances[:, :, 0]), logits[:, :, 1] - logits[:, :, 0], rtol=1e-9
    )


@pytest.mark.parametrize("net", [SMALL, THREE], ids=["two classes", "three classes"])
def test_what_it_says_of_the_examples_is_its_accuracy(net):
    training, part = trained_on(net), net.examples.test
    for lane in range(len(net.lanes)):
        at = moments_of(training, lane, 48)
        right = (chances_at(net.architecture, at, part.inputs).argmax(axis=2) == part.targets).mean(axis=1)
        rows = np.searchsorted(training.steps, at.steps)
        np.testing.assert_allclose(right, training.test_accuracy[lane, 0, rows], atol=1e-12)


def test_dropout_is_for_training():
    net = replace(SMALL, dropout=0.5, lanes=(GD,))
    training, points = trained_on(net), points_for(net)
    said = outputs_at(net.architecture, moments_of(training, 0, 3), points)
    plain = network.outputs(replace(net.architecture, dropout=0.0), training.final[0, 0], points)
    np.testing.assert_allclose(said[-1], plain, rtol=1e-12)


def test_a_network_that_diverged_says_what_is_not_finite():
    training = trained_on(LINE)
    assert training.diverged_at[1, 0] > 0
    said = outputs_at(LINE.architecture, moments_of(training, 1, 48), points_for(LINE))
    assert np.isfinite(said[0]).all()
    assert not np.isfinite(said[-1]).any() or np.abs(said[-1]).max() > 1e6
