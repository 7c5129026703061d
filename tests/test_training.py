"""Training: batches, equal chances for all rules, closed forms and classic fits, divergence, and what compiles."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.networks import cost, network, training
from engine.networks.batches import Batches, batch_sizes, updates_per_epoch
from engine.networks.experiment import NetworkExperiment, network_lane
from engine.networks.network import Architecture, initial
from engine.networks.objective import objective
from engine.networks.plan import BLOCK, Plan
from engine.networks.refusal import refuse
from engine.networks.training import finish, train
from engine.surfaces.experiment import lane
from optimizers import OPTIMIZERS

CHANCE = np.random.default_rng(0)
X = CHANCE.standard_normal((30, 2))
Y = X @ [1.5, -0.5] + 0.7 + 0.1 * CHANCE.standard_normal(30)
SIDE = (X @ [2.0, 1.0] + CHANCE.standard_normal(30) > 0).astype(int)
LINE = Architecture(2, 1, 0)
NET = Architecture(2, 1, 1, 4)
GD = lane("gradient_descent", learning_rate=0.1)
ADAM = lane("adam", learning_rate=0.05)


def run(plan, inputs=X, targets=Y, *test):
    return finish(train(plan, inputs, targets, *test))


# ---- batches ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("points", "batch"), [(30, 7), (30, 1), (30, 10), (30, 29)])
def test_an_epoch_sees_every_point_once_in_a_new_order(points, batch):
    per_epoch = updates_per_epoch(points, batch)
    order = Batches(points, batch, seed=3)
    table = np.concatenate([order.take(count) for count in (1, 2 * per_epoch, 3 * per_epoch - 1)])
    sizes = batch_sizes(points, batch, 0, 5 * per_epoch)
    assert table.shape == (5 * per_epoch, batch) and sizes.max() == batch
    seen = [np.concatenate([row[:n] for row, n in zip(rows, ns, strict=True)]) for rows, ns in (
        (table[first : first + per_epoch], sizes[first : first + per_epoch])
        for first in range(0, len(table), per_epoch)
    )]  # fmt: skip
    for epoch in seen:
        np.testing.assert_array_equal(np.sort(epoch), np.arange(points))
    assert not any(np.array_equal(one, other) for one, other in pairwise(seen))
    np.testing.assert_array_equal(batch_sizes(points, batch, 4, 9), np.tile(sizes, 3)[4:13])


def test_the_order_does_not_depend_on_how_it_is_taken():
    one, other = Batches(30, 7, seed=0), Batches(30, 7, seed=0)
    np.testing.assert_array_equal(one.take(50), np.concatenate([other.take(n) for n in (1, 4, 10, 35)]))
    assert not np.array_equal(Batches(30, 7, seed=1).take(5), Batches(30, 7, seed=0).take(5))


@pytest.mark.parametrize("batch", [0, 7])
def test_updates_on_the_batches_by_hand(batch):
    """Gradient descent on a line: θ ← θ − η_t ∇ of the batch's mean squared error, for all steps of several epochs."""
    plan = Plan(
        LINE, (lane("gradient_descent", "cosine", learning_rate=0.1),), steps=23, batch=batch, decay=0.03, seed=5
    )
    found = run(plan)
    table = Batches(30, batch, seed=5).take(23) if batch else np.tile(np.arange(30), (23, 1))
    sizes = batch_sizes(30, batch or 30, 0, 23)
    theta, path = initial(LINE, 5), []
    ones = np.column_stack([X, np.ones(30)])
    for t, (rows, count) in enumerate(zip(table, sizes, strict=True)):
        path.append(theta)
        a, y = ones[rows[:count]], Y[rows[:count]]
        rate = 0.05 * (1 + np.cos(np.pi * t / 23))
        theta = theta - rate * (2 * a.T @ (a @ theta - y) / count + 0.06 * theta * [1, 1, 0])
    np.testing.assert_allclose(found.path[0], [*path, theta], rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(found.final[0, 0], theta, rtol=1e-10)
    np.testing.assert_array_equal(found.steps, np.arange(24))
    np.testing.assert_array_equal(found.epochs, np.arange(24) // (5 if batch else 1))


def test_all_rules_start_from_the_same_weights_and_see_the_same_batches():
    """Momentum with λ = 0 is gradient descent: with the same batches the two never part."""
    lanes = (GD, lane("momentum", learning_rate=0.1, momentum=0.0), ADAM)
    found = run(Plan(NET, lanes, steps=40, batch=4, seeds=3, dtype="float64"))
    np.testing.assert_allclose(found.path[0], found.path[1], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.final[0], found.final[1], rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(found.path[2, 0], found.path[0, 0])
    assert not np.array_equal(found.path[2, 1], found.path[0, 1])


# ---- what comes out --------------------------------------------------------------------------------------------------


def test_full_batches_follow_the_closed_form():
    """L is a parabola: θ_t = θ* + (1 − ηH)^t (θ₀ − θ*)."""
    found = run(Plan(LINE, (GD,), steps=50, rows=50))
    a = np.column_stack([X, np.ones(30)])
    values, vectors = np.linalg.eigh(2 * a.T @ a / 30)
    best = np.linalg.lstsq(a, Y, rcond=None)[0]
    shrink = (1 - 0.1 * values) ** np.arange(51)[:, None]
    expected = best + (shrink * (vectors.T @ (initial(LINE, 0) - best))) @ vectors.T
    np.testing.assert_allclose(found.path[0], expected, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("decay", [0.0, 0.2])
def test_linear_regression_reaches_the_normal_equations(decay):
    found = run(Plan(LINE, (lane("lbfgs"),), steps=60, decay=decay))
    a = np.column_stack([X, np.ones(30)])
    best = np.linalg.solve(a.T @ a / 30 + decay * np.diag([1, 1, 0]), a.T @ Y / 30)
    np.testing.assert_allclose(found.final[0, 0], best, rtol=1e-6)


@pytest.mark.parametrize("outputs", [1, 2])
def test_logistic_regression_reaches_newtons_solution(outputs):
    """With one logit, and with two, whose difference is the logit; the penalty then is half as strong."""
    decay = 0.05
    found = run(
        Plan(Architecture(2, outputs, 0), (lane("lbfgs"),), "cross_entropy", 2, steps=100, decay=decay), X, SIDE
    )
    a, best = np.column_stack([X, np.ones(30)]), np.zeros(3)
    shrink = 2 * (decay / outputs) * np.diag([1, 1, 0])
    for _ in range(50):
        f = 1 / (1 + np.exp(-a @ best))
        slope = a.T @ (f - SIDE) / 30 + shrink @ best
        best -= np.linalg.solve((a.T * (f * (1 - f))) @ a / 30 + shrink, slope)
    theta = found.final[0, 0]
    if outputs == 2:
        weights, biases = theta[:4].reshape(2, 2), theta[4:]
        theta = np.append(weights[:, 1] - weights[:, 0], biases[1] - biases[0])
    np.testing.assert_allclose(theta, best, rtol=1e-5)
    right = ((a @ best > 0) == SIDE).mean()
    assert found.train_accuracy[0, 0, -1] == pytest.approx(right)


def test_logistic_regression_as_scikit_learn_has_it():
    linear_model = pytest.importorskip("sklearn.linear_model")
    decay = 0.05
    theirs = linear_model.LogisticRegression(C=1 / (2 * decay * 30), tol=1e-10, max_iter=1000).fit(X, SIDE)
    found = run(Plan(LINE, (lane("lbfgs"),), "cross_entropy", 2, steps=100, decay=decay), X, SIDE)
    np.testing.assert_allclose(found.final[0, 0], [*theirs.coef_[0], *theirs.intercept_], rtol=1e-4)


def test_what_the_rows_say():
    """Recomputed from the recorded weights with the surface that curvature takes."""
    plan = Plan(NET, (ADAM, lane("gradient_descent", "cosine", learning_rate=0.3)), steps=60, decay=0.01, rows=7)
    found = run(plan, X[:20], Y[:20], X[20:], Y[20:])
    np.testing.assert_array_equal(found.steps, [0, 9, 18, 27, 36, 45, 54, 60])
    make = objective(NET, "mse")
    for number in range(2):
        for theta, value, plain, test in zip(
            found.path[number], found.objective[number, 0], found.train_loss[number, 0], found.test_loss[number, 0],
            strict=True,
        ):  # fmt: skip
            assert value == pytest.approx(float(make(X[:20], Y[:20], 0.01)(theta)), rel=1e-10)
            for loss, x, y in ((plain, X[:20], Y[:20]), (test, X[20:], Y[20:])):
                said = np.asarray(network.outputs(NET, theta, x))[:, 0]
                assert loss == pytest.approx(((said - y) ** 2).mean(), rel=1e-10)
    cosine = 0.15 * (1 + np.cos(np.pi * np.minimum(found.steps, 59) / 60))
    np.testing.assert_allclose(found.learning_rate, [np.full(8, 0.05), cosine], rtol=1e-12)
    assert np.isnan(found.train_accuracy).all()
    assert (found.diverged_at == -1).all() and found.finished


def test_without_test_points():
    found = run(Plan(NET, (ADAM,), steps=5))
    assert np.isnan(found.test_loss).all() and np.isfinite(found.train_loss).all()


@pytest.mark.parametrize("batch", [0, 8])
def test_moving_averages_of_batch_normalisation(batch):
    """m ← 0.9 m + 0.1 of the batch, from those of all points at the start; used for the finished network. The variance
    is m/(m − 1) times the batch's, as in Ioffe & Szegedy 2015, algorithm 2."""
    architecture = Architecture(2, 1, 2, 4, norm="batch")
    plan = Plan(architecture, (ADAM,), steps=12, batch=batch, rows=12)
    found = run(plan, X, Y, X[:3], Y[:3])
    table = Batches(30, 8, seed=0).take(12)
    sizes = batch_sizes(30, 8, 0, 12)

    def moments_of(theta, x):
        """Mean and unbiased variance of z in both layers, (2, 2, width), written out."""
        parts, here, found = network.unravelled(architecture, theta), x, []
        for layer in (1, 2):
            z = here @ parts[f"weight_{layer}"]
            found.append([z.mean(axis=0), z.var(axis=0, ddof=1)])
            z = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + 1e-5)
            here = np.tanh(parts[f"gain_{layer}"] * z + parts[f"shift_{layer}"])
        return np.array(found)

    moments = moments_of(found.path[0, 0], X)
    for step in range(12):
        np.testing.assert_allclose(found.path_moments[0, step], moments, rtol=1e-9)
        theta = found.path[0, step]
        said = np.asarray(network.outputs(architecture, theta, X, moments))[:, 0]
        assert found.train_loss[0, 0, step] == pytest.approx(((said - Y) ** 2).mean(), rel=1e-9)
        test = np.asarray(network.outputs(architecture, theta, X[:3], moments))[:, 0]
        assert found.test_loss[0, 0, step] == pytest.approx(((test - Y[:3]) ** 2).mean(), rel=1e-9)
        x = X[table[step][: sizes[step]]] if batch else X
        moments = 0.9 * moments + 0.1 * moments_of(theta, x)
    np.testing.assert_allclose(found.final_moments[0, 0], moments, rtol=1e-9)


def test_a_last_batch_of_one_example_leaves_the_moving_averages():
    """It has no variance, and is its own mean: torch refuses it. What it is told is β, so that it teaches γ nothing."""
    architecture = Architecture(2, 1, 1, 4, norm="batch")
    found = run(Plan(architecture, (GD,), steps=4, batch=8, rows=4), X[:25], Y[:25])
    np.testing.assert_array_equal(found.path_moments[0, 4], found.path_moments[0, 3])
    assert not np.array_equal(found.path_moments[0, 3], found.path_moments[0, 2])
    gain, moved = (network.unravelled(architecture, found.path[0, row]) for row in (3, 4))
    np.testing.assert_array_equal(gain["gain_1"], moved["gain_1"])
    assert not np.array_equal(gain["shift_1"], moved["shift_1"])


def test_batch_normalisation_as_torch_has_it():
    """300 updates on batches of 4, and the finished network with torch's running mean and variance (momentum 0.1)."""
    torch = pytest.importorskip("torch")
    architecture = Architecture(2, 1, 2, 4, norm="batch")
    found = run(Plan(architecture, (GD,), steps=300, batch=4, rows=300), X, Y, X[:9] + 0.5, Y[:9])
    parts = network.unravelled(architecture, torch.tensor(found.path[0, 0]))
    norms, given, rates = [], [], torch.tensor(found.path_moments[0, 0])
    for layer in (1, 2):
        norm = torch.nn.BatchNorm1d(4, momentum=0.1, eps=1e-5, dtype=torch.float64)
        norm.running_mean[:], norm.running_var[:] = rates[layer - 1]
        norms.append(norm)
        given.append(parts[f"weight_{layer}"].requires_grad_())
    given += [parts["weight_3"].requires_grad_(), parts["bias_3"].requires_grad_()]
    rule = torch.optim.SGD([*given, *(value for norm in norms for value in norm.parameters())], lr=0.1)

    def loss(x, y):
        here = torch.tensor(x)
        for weight, norm in zip(given, norms, strict=False):
            here = torch.tanh(norm(here @ weight))
        return ((here @ given[2] + given[3])[:, 0] - torch.tensor(y)).square().mean()

    order, sizes = Batches(30, 4, seed=0).take(300), batch_sizes(30, 4, 0, 300)
    for rows, count in zip(order, sizes, strict=True):
        rule.zero_grad()
        loss(X[rows[:count]], Y[rows[:count]]).backward()
        rule.step()
    running = np.array([[norm.running_mean.numpy(), norm.running_var.numpy()] for norm in norms])
    np.testing.assert_allclose(found.final_moments[0, 0], running, rtol=1e-9)
    for norm in norms:
        norm.eval()
    assert found.test_loss[0, 0, -1] == pytest.approx(loss(X[:9] + 0.5, Y[:9]).item(), rel=1e-9)


MANY = replace(Plan(NET, (ADAM,), steps=30, batch=8), seeds=BLOCK + 2, seed=4)


@pytest.mark.parametrize(
    "plan",
    [
        MANY,
        replace(MANY, batch=0, lanes=(GD, ADAM)),
        replace(MANY, architecture=Architecture(2, 1, 2, 8, norm="batch", dropout=0.2), steps=90, seeds=3),
        replace(MANY, architecture=Architecture(2, 1, 5, 3, "relu", "layer", True), seeds=2),
    ],
    ids=["batches", "all examples", "batch normalisation and dropout", "layers in a scan"],
)
def test_a_seed_alone_is_the_same_training_as_among_others(plan):
    """To the last bit; each has its own weights, its own batches and its own dropout."""
    found = run(plan)
    assert (
        found.objective.shape == (len(plan.lanes), plan.seeds, len(found.steps)) and np.isfinite(found.objective).all()
    )
    for number in {0, 1, plan.seeds - 1}:
        alone = run(replace(plan, seeds=1, seed=plan.seed + number))
        for name in (*training.CURVES, "final", "final_moments"):
            ours, theirs = getattr(found, name)[:, number], getattr(alone, name)[:, 0]
            np.testing.assert_array_equal(ours, theirs, err_msg=name)
    np.testing.assert_array_equal(found.path, run(replace(plan, seeds=1)).path)
    assert not np.array_equal(found.objective[:, 0], found.objective[:, 1])


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_single_precision_trains_seeds_together_to_its_rounding(dropout):
    """The same weights, batches and dropout: of ten seeds in two blocks."""
    plan = replace(MANY, architecture=replace(NET, dropout=dropout))
    exact, single = run(plan), run(replace(plan, dtype="float32"))
    np.testing.assert_allclose(single.objective, exact.objective, rtol=2e-3)
    np.testing.assert_allclose(single.final, exact.final, rtol=1e-2, atol=1e-3)
    assert single.objective.dtype == np.float64
    assert np.abs(single.final - exact.final).max() > 0


@pytest.mark.parametrize("architecture", [NET, replace(NET, dropout=0.3)], ids=["plain", "dropout"])
def test_the_same_seed_is_the_same_run_however_it_is_cut(architecture, monkeypatch):
    plan = Plan(architecture, (GD, ADAM), steps=100, batch=7, seeds=2)
    once = run(plan)
    monkeypatch.setattr(training, "CALL", 1e-5)  # a call for every update
    again = run(plan)
    for name in ("objective", "test_loss", "path", "final", "diverged_at"):
        np.testing.assert_array_equal(getattr(once, name), getattr(again, name), err_msg=name)
    assert not np.array_equal(run(replace(plan, seed=9)).final, once.final)


def test_dropout_is_for_training_alone():
    plan = Plan(replace(NET, dropout=0.5), (GD,), steps=1)
    dropped, whole = run(plan), run(replace(plan, architecture=NET))
    np.testing.assert_allclose(dropped.objective[0, 0, 0], whole.objective[0, 0, 0], rtol=1e-12)
    assert np.abs(dropped.final - whole.final).max() > 1e-4


def test_divergence_is_a_result_and_the_others_go_on():
    plan = Plan(NET, (lane("gradient_descent", learning_rate=1e3), ADAM), steps=200, seeds=2)
    found = run(plan)
    assert (found.diverged_at[0] > 0).all() and (found.diverged_at[0] < 200).all()
    assert (found.diverged_at[1] == -1).all()
    assert (found.objective[1, :, -1] < 0.2 * found.objective[1, :, 0]).all()
    assert not np.isfinite(found.final[0]).all()


@pytest.mark.parametrize("rule", ["adam", "rmsprop", "adagrad"])
def test_who_is_frozen_by_an_infinite_gradient_has_diverged(rule):
    """In single precision the square of the gradient is infinite long before the loss is: a division by it is 0."""
    deep = Architecture(2, 1, 3, 8, activation="relu")
    found = run(Plan(deep, (lane(rule, learning_rate=1000.0),), steps=40, seeds=2, dtype="float32"))
    assert np.isfinite(found.objective).all()
    assert not np.isfinite(found.gradient_norm[0, :, -1]).any()
    assert (found.diverged_at == 1).all()


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_rule_trains_in_single_precision(rule):
    """In double precision each is held to its rows, its formula and Optax on surfaces, and in a training as every kind
    of them: see the scale that each records (test_spectra)."""
    rate = {"slope": 0.05, "length": 0.02, "whole": 0.5}[OPTIMIZERS[rule].pace]
    found = run(Plan(Architecture(2, 1, 1, 2), (lane(rule, learning_rate=rate),), steps=30, batch=15, dtype="float32"))
    assert np.isfinite(found.objective).all()
    assert found.final.dtype == np.float64
    if rule != "newton":  # drawn to saddles
        assert found.objective[0, 0, -1] <= found.objective[0, 0, 0]


def test_kinds_of_data():
    three = np.digitize(X[:, 0], [-0.5, 0.5])
    found = run(Plan(Architecture(2, 3, 1, 8), (ADAM,), "cross_entropy", 3, steps=300), X, three)
    assert found.train_accuracy[0, 0, -1] > 0.9 > found.train_accuracy[0, 0, 0]
    both = run(Plan(Architecture(2, 2, 0), (lane("lbfgs"),), steps=60), X, X[:, ::-1])
    np.testing.assert_allclose(both.final[0, 0], [0, 1, 1, 0, 0, 0], atol=1e-6)


# ---- chunks, limits, programs ----------------------------------------------------------------------------------------


def test_chunks_show_progress_and_can_be_left():
    plan = Plan(NET, (GD, ADAM), steps=100_000, rows=400, seeds=16)
    chunks = train(plan, X, Y)
    shares = [next(chunks).done for _ in range(8)]
    assert shares == sorted(shares) and 0 < shares[-1] < 1
    record = next(chunks)
    assert np.isfinite(record.objective[:, :, 0]).all() and np.isnan(record.objective[:, :, -1]).all()
    chunks.close()


def test_the_record_is_bounded():
    plan = Plan(Architecture(100, 10, 1, 180), (GD, ADAM), "cross_entropy", 10, steps=2000, rows=400)
    d = network.size(plan.architecture)
    record = training._empty(plan, plan.marks, 1, [np.ones(2000)] * 2)
    assert d > 19_000 and record.path.size <= training.PATH
    assert record.path_rows[0] == 0 and record.path_rows[-1] == len(record.steps) - 1
    assert len(record.steps) == 401


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"batch": 31}, "batch must lie between 1 and the 30 training points, or be 0 for all: not 31"),
        ({"batch": -1}, "batch must lie between"),
        ({"steps": 0}, "steps must lie between 1 and 100000, not 0"),
        ({"seeds": 0}, "seeds must lie between 1 and"),
        ({"rows": 401}, "rows must lie between 1 and 400"),
        ({"lanes": ()}, "choose at least one optimizer"),
        ({"dtype": "float16"}, "dtype must be"),
        ({"loss": "cross_entropy"}, "needs classes"),
        ({"scheme": "big"}, "unknown scheme"),
        ({"architecture": replace(NET, norm="batch"), "batch": 1}, "raise the batch size"),
        ({"architecture": Architecture(2, 1, 2, 30), "lanes": (lane("newton"),)}, "Newton writes down the whole Hess"),
        ({"architecture": Architecture(3, 1)}, r"inputs must have shape \(n, 3\)"),
        ({"architecture": Architecture(2, 2)}, r"targets of 30 points have shape \(30,\)"),
        ({"classes": 2}, "targets must be class numbers from 0 to 1"),
    ],
)
def test_what_is_refused_before_it_runs(change, says, compiled):
    with pytest.raises(ValueError, match=says):
        train(replace(Plan(NET, (GD,)), **change), X, Y)
    assert not any("_program" in each["fun_name"] for each in compiled)


def test_no_points_and_infinite_points_are_refused():
    with pytest.raises(ValueError, match="lower the share of test points"):
        train(Plan(NET, (GD,)), X[:0], Y[:0])
    with pytest.raises(ValueError, match="must be finite"):
        train(Plan(NET, (GD,)), X, np.where(Y > 1, np.nan, Y))


def test_l_bfgs_takes_a_large_network():
    """Its step is no Hessian: only rules that write one down are refused."""
    refuse(Plan(Architecture(2, 1, 2, 60), (lane("lbfgs"),)), 30)


@pytest.mark.parametrize("architecture", [NET, replace(NET, dropout=0.2)], ids=["plain", "dropout"])
def test_no_slider_that_is_not_structure_compiles(architecture, compiled):
    plan = Plan(architecture, (ADAM, GD), steps=40, batch=8, seeds=2)
    run(plan, X, Y, X, Y)
    assert compiled
    del compiled[:]
    other = Plan(
        replace(architecture, dropout=architecture.dropout / 2),
        (lane("adam", learning_rate=0.2, b1=0.5), GD),
        scheme="he", steps=77, batch=8, decay=0.3, seed=50, seeds=8, rows=13,
    )  # fmt: skip
    run(other, X[::-1] + 1, 2 * Y, X, -Y)
    assert not compiled


def test_the_estimate_grows_with_what_takes_longer():
    plan = Plan(NET, (GD,), steps=1000, seeds=8)
    base, newton = cost.seconds(plan, 300), Plan(NET, (lane("newton"),), steps=1000, seeds=8)
    assert cost.seconds(replace(plan, seeds=64), 300) == pytest.approx(8 * base)
    assert cost.seconds(replace(plan, lanes=(GD, ADAM)), 300) == pytest.approx(2 * base)
    assert cost.seconds(replace(plan, batch=3), 300) < base < cost.seconds(plan, 600)
    assert cost.seconds(replace(plan, architecture=replace(NET, depth=20)), 300) > 4 * base
    assert cost.seconds(newton, 300) > 10 * base  # it writes down H and solves with it
    plain, normed = (cost.compiles(each, ()) for each in (plan, replace(plan, architecture=replace(NET, norm="batch"))))
    assert sum(normed.values()) > sum(plain.values())


# ---- validation ------------------------------------------------------------------------------------------------------


def test_the_best_weights_are_those_of_the_marked_update():
    """Early stopping, for every seed: trained again for so many updates, the network is the one that was kept."""
    net = NetworkExperiment.on(
        "two_moons", network_lane("adam"), network_lane("gradient_descent"), knobs={"size": 60, "noise": 0.4},
        depth=1, width=8, steps=300, validation=0.4, seeds=3,
    )  # fmt: skip
    whole = finish(train(net.plan, *net.points_given))
    lowest = whole.held_loss.min(axis=2)
    for racer, seed in [(0, 0), (0, 2), (1, 1)]:
        step = int(whole.best_step[racer, seed])
        assert whole.held_loss[racer, seed, whole.steps.searchsorted(step)] == lowest[racer, seed]
        again = finish(train(replace(net.plan, steps=max(step, 1)), *net.points_given))
        np.testing.assert_array_equal(whole.best[racer, seed], again.final[racer, seed])
    assert 0 < whole.best_step[0, 0] < 300


def test_who_is_validated_trains_as_before():
    net = NetworkExperiment.on("two_moons", network_lane("adam"), knobs={"size": 60}, width=4, steps=80, validation=0.4)
    without = replace(net, validation=0.0, subset=net.points)
    first, second = (finish(train(each.plan, *each.points_given)) for each in (net, without))
    np.testing.assert_array_equal(first.path, second.path)
    np.testing.assert_array_equal(first.test_loss, second.test_loss)
    assert np.isfinite(first.held_loss).all()
    assert np.isnan(second.held_loss).all()
    assert (second.best_step == -1).all()
