"""Sweeps: equal epochs are equal, every batch size sees each example once per epoch, and the ends are what they are."""

from dataclasses import replace
from time import perf_counter, sleep

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from engine.curvature.derivatives import hessian
from engine.measures.sweep import VALUES, longest, measuring_seconds, sharpness, sweep, values_for, variants, with_batch
from engine.networks.batches import Batches, batch_sizes, updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.objective import objective
from engine.networks.training import finish, train
from engine.surfaces.descent import LONGEST
from engine.surfaces.experiment import lane

SMALL = NetworkExperiment.on(
    "two_moons", lane("gradient_descent", learning_rate=0.2), knobs={"size": 60}, width=4, depth=1, seeds=3
)


def swept(nets, setting, values):
    *shares, (done, found) = sweep(nets, setting, values)
    assert done == 1
    assert all(0 <= share <= 1 for share, _ in shares)
    return found


@pytest.mark.parametrize(("points", "batch"), [(1, 1), (42, 1), (42, 8), (42, 41), (140, 2), (140, 8), (140, 64)])
def test_each_batch_size_sees_each_example_once_per_epoch(points, batch):
    per_epoch = updates_per_epoch(points, batch)
    rows, sizes = Batches(points, batch, 3).take(3 * per_epoch), batch_sizes(points, batch, 0, 3 * per_epoch)
    orders = []
    for epoch in range(3):
        here = slice(epoch * per_epoch, (epoch + 1) * per_epoch)
        seen = np.concatenate([row[:size] for row, size in zip(rows[here], sizes[here], strict=True)])
        assert sorted(seen.tolist()) == list(range(points))
        orders.append(seen.tolist())
    assert points < 10 or orders[0] != orders[1] != orders[2]  # shuffled anew


def test_equal_epochs():
    values = values_for(SMALL, "batch")
    assert values == (1, 2, 4, 8, 16, 32, 0)  # 42 points are learned from
    nets = variants(SMALL, "batch", values, 7)
    assert [net.steps for net in nets] == [7 * updates_per_epoch(42, net.batch) for net in nets]
    for net in nets[::3]:  # of one, of some, of all
        training = finish(train(replace(net.plan, seeds=1), *net.examples.train[:2]))
        assert training.epochs[-1] == 7
        assert training.steps[-1] == net.steps


def test_no_more_epochs_than_can_be_afforded():
    most = longest(SMALL, 1)
    assert with_batch(SMALL, 1, most).steps <= LONGEST < with_batch(SMALL, 1, most + 1).steps


def test_a_sweep_is_its_trainings():
    """Each value's row is what training alone gives, and its sharpness that of the exact Hessian at the end."""
    values = (8, 0)
    nets = variants(SMALL, "batch", values, 20)
    found = swept(nets, "batch", values)
    assert found.epochs == (20, 20)
    assert found.updates == (120, 20)
    assert found.finished == 2
    assert found.lost.tolist() == [0, 0]
    for place, net in enumerate(nets):
        plan = replace(net.plan, dtype="float32")
        training = finish(train(plan, *net.examples.train[:2], *net.examples.test[:2]))
        for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
            np.testing.assert_array_equal(getattr(found, name)[place], getattr(training, name)[0, :, -1])
        part = net.examples.train
        make = objective(net.architecture, net.criterion, net.classes)
        for seed, theta in enumerate(training.final[0]):
            matrix = hessian(make, theta, inputs=part.inputs, targets=part.targets, decay=0.0)
            eigenvalues = np.linalg.eigvalsh(matrix)
            assert found.sharpness[place, seed] == pytest.approx(eigenvalues[-1], rel=1e-6)


def test_small_batches_get_farther_in_equal_epochs():
    """B3, the first half: more updates for the same data."""
    found = swept(variants(SMALL, "batch", (4, 0), 40), "batch", (4, 0))
    assert found.train_loss[0].max() < found.train_loss[1].min()


def test_ridge_regression():
    """A6 on a linear model: trained to the end, the penalty λ Σ w² gives scikit-learn's ridge regression, and a
    curvature that is larger by 2λ."""
    line = NetworkExperiment.on(
        "line_with_outliers", lane("gradient_descent", learning_rate=0.2), depth=0, steps=3000, seeds=2
    )
    values = (0.0, 0.1, 1.0)
    found = swept(variants(line, "decay", values, 1), "decay", values)
    part = line.examples.train
    for place, decay in enumerate(values):
        ridge = Ridge(alpha=max(decay * len(part.targets), 1e-12)).fit(part.inputs, part.targets)
        loss = np.mean((ridge.predict(part.inputs) - part.targets) ** 2)
        np.testing.assert_allclose(found.train_loss[place], loss, rtol=1e-4)
    # Standardised: the Hessian is 2 (xᵀx/n) + 2λ for the weight, 2 for the bias.
    np.testing.assert_allclose(found.sharpness[:, 0], [2, 2.2, 4], rtol=1e-6)
    assert found.updates == (3000,) * 3


def test_what_diverges_is_counted_and_left_out():
    wild = replace(SMALL, lanes=(lane("gradient_descent", learning_rate=10.0),), data=NetworkExperiment.on("sine").data)
    wild = replace(wild, activation="linear", steps=300)
    found = swept(variants(wild, "decay", (0.0,), 1), "decay", (0.0,))
    assert found.lost.tolist() == [3]
    assert np.isnan(found.train_loss).all()
    assert np.isnan(found.sharpness).all()
    assert np.isnan(sharpness(wild, np.full(wild.size, np.nan)))


def test_a_sweep_that_nobody_waits_for_ends():
    """Cancel closes the generator: what is running stops, what is waiting does not start."""
    nets = variants(replace(SMALL, seeds=8), "batch", (1, 2, 4), longest(SMALL, 1))
    chunks = sweep(nets, "batch", (1, 2, 4))
    _, found = next(chunks)
    chunks.close()
    assert found.finished == 0
    assert np.isnan(found.train_loss).all()


def test_nobody_waits_for_what_measures_the_sharpness(monkeypatch):
    """Closing returns at once, and no further seed is begun."""
    begun = []

    def slow(net, theta):
        begun.append(theta)
        sleep(0.5)
        return 1.0

    monkeypatch.setattr("engine.measures.sweep.sharpness", slow)
    values = (0.0, 0.1, 1.0)
    chunks = sweep(variants(replace(SMALL, steps=5), "decay", values, 1), "decay", values)
    while len(begun) < 2:
        next(chunks)
    began = perf_counter()
    chunks.close()
    assert perf_counter() - began < 0.3
    sleep(0.7)
    assert len(begun) == 2  # one of each worker


def test_the_estimate_of_the_sharpness():
    """It grows with the seeds, and with parameters times points."""
    twice = replace(SMALL, seeds=2 * SMALL.seeds)
    assert measuring_seconds(twice) == pytest.approx(2 * measuring_seconds(SMALL))
    small, large = (replace(SMALL, width=width, depth=2, seeds=1) for width in (32, 64))
    opening = measuring_seconds(replace(SMALL, width=1, depth=0, seeds=1))
    found = (measuring_seconds(large) - opening) / (measuring_seconds(small) - opening)
    assert found == pytest.approx(large.size / small.size, rel=0.05)


def test_values():
    """Of every setting; batches fit the data, and batch normalisation sees at least two points."""
    assert values_for(replace(SMALL, norm="batch"), "batch")[0] == 2
    for setting in VALUES:
        for net, value in zip(
            variants(SMALL, setting, values_for(SMALL, setting), 5), values_for(SMALL, setting), strict=True
        ):
            assert getattr(net, "depth" if setting == "shape" else setting) == value
            assert net.trouble is None


@pytest.mark.parametrize("width", [9, 16, 137])
def test_equal_shapes_have_as_many_parameters(width):
    """As wide as fits: one neuron more in each layer would be too many. The widest is nearly all that is affordable."""
    net = replace(SMALL, depth=2, width=width)
    values = values_for(net, "shape")
    assert len(values) == 5
    for shaped in variants(net, "shape", values, 1):
        assert shaped.size <= net.size
        if shaped.width < 256:
            wider = replace(shaped, width=shaped.width + 1)
            assert wider.trouble or wider.size > net.size
    assert variants(net, "shape", (2,), 1) == [net]
    assert values_for(replace(net, depth=0), "shape") == ()
