"""What the demonstrations with networks say is so in numbers."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from engine.measures.sweep import sweep, values_for, variants
from engine.networks.network import initial, outputs, ravelled, unravelled
from engine.networks.plane import plane_for, surface_on
from engine.networks.training import finish, train
from engine.surfaces.experiment import lane
from lessons import LESSONS


@cache
def trained(net):
    examples = net.examples
    return finish(train(net.plan, *examples.train[:2], *examples.test[:2]))


def net_of(name, **changes):
    return replace(LESSONS[name].net, **changes)


def step_of(name, number):
    return LESSONS[name].stages[number].net


def ends(net):
    """Of each lane the loss and the accuracy on the training examples, and the loss on the test examples."""
    training = trained(net)
    return training.train_loss[:, 0, -1], training.train_accuracy[:, 0, -1], training.test_loss[:, 0, -1]


def test_xor():
    assert (ends(net_of("xor_needs_a_hidden_layer"))[1] == 1).all()
    line = ends(step_of("xor_needs_a_hidden_layer", 2))[1]
    assert ((line > 0.4) & (line < 0.6)).all()
    seen, regions = (step_of("xor_needs_a_hidden_layer", number) for number in (0, 1))
    assert (seen.view, regions) == ("hidden", replace(seen, view="data"))  # the same training


def test_three_hard_sigmoids_make_the_curve():
    three, two, three_relus, six_relus = (
        ends(stage.net)[0][0] for stage in LESSONS["a_curve_is_a_sum_of_hinges"].stages
    )
    assert max(three, six_relus) < 1e-4
    assert 1e-3 < two < three_relus


def test_from_one_piece_to_a_hundred():
    """All bend where their hinges lie among the examples; where they lie outside, the best line is left."""
    name = "from_one_piece_to_a_hundred"
    *spread, straight = LESSONS[name].stages
    assert [stage.net.width for stage in spread] == [1, 2, 3, 10, 30, 100]
    one, two, *more = (ends(stage.net)[0][0] for stage in spread)
    assert one == pytest.approx(0.21, abs=5e-3)
    assert two == pytest.approx(0.0055, abs=5e-5)
    assert max(more) < 1e-4
    points = straight.net.examples.train
    x = points.inputs[:, 0]
    best = np.mean((points.targets - np.polyval(np.polyfit(x, points.targets, 1), x)) ** 2)
    assert ends(straight.net)[0][0] == pytest.approx(best, rel=1e-4) == pytest.approx(0.56, abs=5e-3)
    first = initial(straight.net.architecture, 0, "xavier")
    reach = 2 / np.abs(first[:100]).max()  # hard sigmoids bend where |z| = 2
    assert reach > 3 * np.abs(x).max()


def test_a_penalty_helps_the_test_and_costs_training():
    bare = ends(net_of("a_penalty_against_overfitting"))
    bound, crushed = (ends(step_of("a_penalty_against_overfitting", number)) for number in (1, 2))
    assert bound[0][0] / bare[0][0] == pytest.approx(9.4, abs=0.5)
    assert bound[2][0] / bare[2][0] == pytest.approx(1 / 3, abs=0.02)
    tested = trained(net_of("a_penalty_against_overfitting")).test_loss[0, 0]
    assert tested.argmin() < 0.3 * len(tested)
    assert tested[-1] / tested.min() == pytest.approx(3, abs=0.1)
    assert min(crushed[0][0], crushed[2][0]) > 0.8


def test_ten_sigmoid_layers():
    descent, momentum, adam = ends(net_of("ten_sigmoid_layers_stand_still"))[0]
    assert abs(descent - np.log(2)) < 1e-3
    assert abs(momentum - np.log(2)) < 1e-3
    assert adam < 0.4
    residual, batch = (ends(step_of("ten_sigmoid_layers_stand_still", number)) for number in (1, 2))
    assert residual[0].max() < 0.3
    assert (batch[1] == 1).all()


def test_a_barrier():
    net = net_of("a_barrier_between_solutions")
    training = trained(net)
    assert (training.train_loss[:, 0, -1] < 0.2 * training.train_loss[:, 0, 0]).all()
    assert step_of("a_barrier_between_solutions", 1) == replace(net, plane="pca")
    shown = plane_for(net, training)
    heights = surface_on(shown, (0.0, 1.0, 0.0, 1.0)).heights[0]
    assert heights.max() > 2 * max(heights[0], heights[-1])


def test_the_hard_sigmoid_of_the_notes():
    fifth, fourth, smooth = (stage.net for stage in LESSONS["the_hard_sigmoid_of_the_notes"].stages)
    assert max(ends(fifth)[0][0], ends(fourth)[0][0]) < 1e-4
    assert ends(smooth)[0][0] == pytest.approx(0.006, abs=1e-3)
    parts = unravelled(fifth.architecture, trained(fifth).final[0, 0])  # the same function: 4/5 the size in the steeper
    steeper = {**parts, **{name: 0.8 * parts[name] for name in ("weight_1", "bias_1")}}
    inputs = fifth.examples.train.inputs
    np.testing.assert_allclose(
        outputs(fourth.architecture, ravelled(fourth.architecture, steeper), inputs),
        outputs(fifth.architecture, ravelled(fifth.architecture, parts), inputs),
        atol=1e-9,
    )


def test_linear_after_linear_is_linear():
    one, four, bent = (stage.net for stage in LESSONS["linear_after_linear_is_linear"].stages)
    assert (one.size, four.size, bent.size) == (2, 169, 169)
    x, y = one.examples.train.inputs[:, 0], one.examples.train.targets
    best = np.mean((y - np.polyval(np.polyfit(x, y, 1), x)) ** 2)
    assert [ends(net)[0][0] for net in (one, four)] == pytest.approx([best, best], rel=1e-9)
    assert best == pytest.approx(0.5613, abs=5e-5)
    assert ends(bent)[0][0] < 0.01


@pytest.mark.parametrize("number", [0, 1])
def test_deep_against_wide(number):
    stage = LESSONS["deep_against_wide"].stages[number]
    net = replace(stage.net, seeds=stage.settings.trials)
    values = values_for(net, stage.settings.sweep)
    wide, *_, deep = variants(net, "shape", values, 1)
    assert (wide.depth, wide.width, wide.size, deep.depth, deep.width, deep.size) == (1, 9, 91, 6, 3, 91)
    *_, (_, found) = sweep([wide, deep], "shape", (1, 6))
    losses = np.median(found.train_loss, axis=1)
    all_right = (found.train_accuracy == 1).sum(axis=1)
    if number:
        assert losses[1] > 1.5 * losses[0]
    else:
        assert all_right[0] == 0 and 4 <= all_right[1] <= 8
        assert losses[0] > 3 * losses[1]


def test_normalise_before_or_after():
    """F4: the same seeds in every place."""
    sigmoids, tanhs, *_ = LESSONS["normalise_before_or_after"].stages
    medians = {}
    for stage in (sigmoids, tanhs):
        for norm in ("none", "batch", "batch_after", "layer", "layer_after"):
            rule = lane("gradient_descent", learning_rate=0.2)
            net = replace(stage.net, norm=norm, seeds=8, lanes=(rule,))
            examples = net.examples
            training = finish(train(replace(net.plan, dtype="float32"), *examples.train[:2], *examples.test[:2]))
            medians[net.activation, norm] = np.median(training.objective[0, :, -1])
    assert max(medians["sigmoid", norm] for norm in ("batch_after", "layer_after")) < 0.003
    assert medians["sigmoid", "batch"] == pytest.approx(0.014, abs=0.003)
    assert medians["sigmoid", "layer"] == pytest.approx(0.22, abs=0.05)
    assert max(loss for (activation, _), loss in medians.items() if activation == "tanh") < 0.003
