"""What the demonstrations of slopes, step sizes, angles, saddles and sigmoids say is so; and the curves they show."""

import numpy as np
import pytest
from test_lessons import ended, reached

from curves.base import Run
from curves.runs import RUNS, runs_on
from engine import critical_points, descend
from engine.curvature.derivatives import gradients_at
from engine.measures.logistic import likelihood
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import Experiment, lane, run
from landscapes import LANDSCAPES
from lessons import LESSONS


def curve(name, key, number=0):
    """Of each lane of a stage."""
    experiment = LESSONS[key].stages[number].experiment
    return [RUNS[name].of(Run(experiment, place, path)) for place, path in run(experiment)]


# ---- the curves ------------------------------------------------------------------------------------------------------


def test_which_curves_a_surface_has():
    assert {"slope"} == runs_on(1).keys() - runs_on(2).keys()
    assert {"angle"} == runs_on(2).keys() - runs_on(1).keys()
    assert runs_on(2) == runs_on(3)


@pytest.mark.parametrize("surface", ["cubic", "tilted_double_well", "shelf"])
def test_the_slope_is_signed(surface):
    """Against differences, and its size is that of the gradient without the noise, whatever the noise."""
    experiment = Experiment.on(surface, lane("gradient_descent", learning_rate=0.01), steps=30, noise=0.1)
    ((_, path),) = run(experiment)
    slopes = RUNS["slope"].of(Run(experiment, 0, path))
    np.testing.assert_allclose(np.abs(slopes), path.gradient_norm, rtol=1e-12)
    loss, h = LANDSCAPES[surface].make(), 1e-6
    rises = np.array([float(loss(theta + h) - loss(theta - h)) / (2 * h) for theta in path.params])
    np.testing.assert_allclose(slopes, rises, rtol=1e-5, atol=1e-8)


def test_a_step_size_times_the_direction_is_the_step():
    """θ ← θ − (η/σ)·m, of every rule."""
    rules = ("gradient_descent", "momentum", "adagrad", "rmsprop", "adam", "lion")
    experiment = Experiment.on("booth", *(lane(rule, "cosine", learning_rate=0.01) for rule in rules), steps=40)
    for place, path in run(experiment):
        one = Run(experiment, place, path)
        pace, direction = RUNS["pace"].of(one), RUNS["direction"].of(one)
        np.testing.assert_allclose(-pace * direction, path.step, rtol=1e-9, atol=1e-15)


def test_the_angle_is_a_right_one_for_infinitely_small_steps_alone():
    """On a circle's bowl every step of gradient descent is radial; on an ellipse the angle follows from its slopes."""
    for rate, least in ((1e-4, 89.99), (1e-2, 87.0)):
        experiment = Experiment.on("booth", lane("gradient_descent", learning_rate=rate), steps=20, start=(-8.0, -3.0))
        ((_, path),) = run(experiment)
        assert RUNS["angle"].of(Run(experiment, 0, path)).min() > least
    experiment = Experiment.on("booth", lane("adam", learning_rate=0.1), steps=20, start=(-8.0, -3.0))
    ((_, path),) = run(experiment)
    middle = gradients_at("booth", path.params[:-1] + path.step / 2)
    cosine = (middle * path.step).sum(axis=1) / np.linalg.norm(middle, axis=1) / np.linalg.norm(path.step, axis=1)
    expected = 90 - np.degrees(np.arccos(np.abs(cosine)))
    np.testing.assert_allclose(RUNS["angle"].of(Run(experiment, 0, path)), expected, rtol=1e-6)


def test_gradients_of_many_points_are_those_of_each():
    points = np.random.default_rng(3).normal(size=(1500, 2))  # more than a block
    x, y = points.T
    slopes = np.stack([2 * (x + 2 * y - 7) + 4 * (2 * x + y - 5), 4 * (x + 2 * y - 7) + 2 * (2 * x + y - 5)], axis=1)
    np.testing.assert_allclose(gradients_at("booth", points), slopes, rtol=1e-12, atol=1e-12)


# ---- the lessons -----------------------------------------------------------------------------------------------------


def test_two_starts_on_one_curve():
    key = "two_starts_on_one_curve"
    alone = (0, 1, 3, 4)
    first = [curve("slope", key, number)[0][0] for number in alone]
    assert first == pytest.approx([13.3, -19.4, 0.2, -0.19], abs=0.05)
    ends = [ended(key, number)[0].path.params[-1, 0] for number in alone]
    assert ends == pytest.approx([0.95, -1.05, -1.05, 0.95], abs=0.005)
    for number, slope, right in zip(alone, first, (False, True, False, True), strict=True):
        path = ended(key, number)[0].path.params[:, 0]
        assert (path[1] > path[0]) == right == (slope < 0)
    together = [lane.path for lane in ended(key, 2)]
    for path, number in zip(together, alone, strict=False):
        np.testing.assert_array_equal(path.params, ended(key, number)[0].path.params)
    (top,) = [point.point[0] for point in critical_points("tilted_double_well") if point.kind == "maximum"]
    assert top == pytest.approx(0.1, abs=0.002)


def test_across_the_level_lines():
    key = "across_the_level_lines"
    assert curve("angle", key)[0].min() > 89
    large = curve("angle", key, 1)[1]
    assert 36 < large.min() < large.max() < 55
    adam = curve("angle", key, 2)[1]
    assert adam.min() < 1
    assert 87 < adam.max() < 88


def test_weight_bias_and_height_of_a_sigmoid():
    key = "weight_bias_and_height_of_a_sigmoid"
    for stage in LESSONS[key].stages:
        w, b, c = (stage.experiment.landscape.numbers[name] for name in "wbc")
        loss = LANDSCAPES["one_sigmoid"].make(w=w, b=b, c=c)
        middle = np.array([[-b / w]])
        assert gradients_at("one_sigmoid", middle, w=w, b=b, c=c)[0, 0] == pytest.approx(c * w / 4)
        assert float(loss(middle[0])) == pytest.approx(c / 2)
    slopes = curve("slope", key)[0]
    assert slopes.max() < 0.25
    assert slopes[-1] < 0.1 * slopes.max()  # all but stopped
    assert curve("slope", key, 2)[0][0] < 0
    assert ended(key, 2)[0].path.params[-1, 0] > 4


def test_free_one_more_coordinate():
    held = critical_points("held_coordinate")
    assert [(point.kind, point.loss) for point in held] == [("minimum", 0.25)]
    np.testing.assert_allclose(held[0].eigenvalues, [1, 1])
    (moved,) = critical_points("held_coordinate", z=1.0)
    assert (moved.kind, moved.loss) == ("minimum", 0)
    np.testing.assert_allclose(moved.point, [1, 0], atol=1e-9)
    free = critical_points("freed_coordinate")
    assert sorted(point.kind for point in free) == ["minimum", "minimum", "saddle"]
    (saddle,) = [point for point in free if point.kind == "saddle"]
    np.testing.assert_allclose(saddle.eigenvalues, [(1 - 5**0.5) / 2, 1, (1 + 5**0.5) / 2], atol=1e-12)
    for side in (-1, 1):
        start = saddle.point + side * 0.1 * saddle.eigenvectors[:, 0]
        for rule, rate in (("gradient_descent", 0.1), ("momentum", 0.05)):
            end = descend("freed_coordinate", rule, start=start, steps=500, learning_rate=rate).params[-1]
            np.testing.assert_allclose(np.abs(end), [1, 0, 1], atol=1e-3)


def test_noise_leaves_a_saddle():
    key = "noise_leaves_a_saddle"
    for still in ended(key):
        assert (still.path.params == 0).all()
        assert still.path.loss[-1] == 1
    assert [reached(key, number)[0] for number in (1, 2, 3)] == [137, 113, 90]
    assert np.log(10) / np.log(1 + 0.05 * 2) == pytest.approx(24, abs=0.2)  # steps for ten times the size
    still, *noisy = ended(key, 4)
    assert (still.path.params == 0).all()
    assert [lane.outcome.reached for lane in noisy] == [137, 113, 90]
    rests = [np.ptp(ended(key, number)[0].path.params[-100:], axis=0).max() for number in (1, 3)]
    assert rests[1] > 50 * rests[0]


def test_what_momentum_remembers():
    key = "what_momentum_remembers"
    for place, racer in enumerate(LESSONS[key].experiment.lanes):
        fade, path = racer.optimizer.numbers["momentum"], ended(key)[place].path
        summed = sum(0.1 * fade**back * path.grads[30 - back] for back in range(31))
        np.testing.assert_allclose(path.step[30], -summed, rtol=1e-9)
    path, rule = ended(key, 1)[1].path, LESSONS[key].stages[1].experiment.lanes[1].rule
    shares = np.array(rule.weights(0.9, 31))
    assert shares[:3] == pytest.approx([1.9, 0.81, 0.729])
    np.testing.assert_allclose(path.step[30], -0.1 * (shares @ path.grads[30::-1]), rtol=1e-9)


def test_brake_and_accelerate():
    key = "brake_and_accelerate"
    rmsprop, mean = (each[:, 1] for each in curve("pace", key))
    assert (rmsprop[0], mean[-1]) == pytest.approx((0.008, 0.067), abs=5e-4)
    assert rmsprop.max() > 1
    tip = LANDSCAPES["crescent"].minima_at(**LESSONS[key].experiment.landscape.numbers)[0]
    assert ended(key)[0].outcome.reached > 0
    slow = ended(key, 1)[0]
    assert slow.outcome.reached == -1
    assert np.linalg.norm(slow.path.params[-1] - tip) > 1
    assert (np.diff(curve("pace", key, 2)[1], axis=0) <= 0).all()


def test_epsilon_inside_or_outside():
    key = "epsilon_inside_or_outside"
    first = [[each[0, 0] for each in curve("pace", key, number)] for number in range(3)]
    for found, told in zip(first, [(5.56, 5.56), (3.72, 5.0), (0.5, 0.46)], strict=True):
        assert found == pytest.approx(told, abs=0.006)
    assert ended(key)[0].path.grads[0, 0] ** 2 == pytest.approx(0.008, abs=5e-4)
    inside, outside = (each.path.params[-1] for each in ended(key))
    np.testing.assert_allclose(inside, outside, atol=1e-5)
    inside, outside = (each.outcome.final_loss for each in ended(key, 2))
    assert outside > 1.5 * inside


def test_one_line_for_all_rules():
    key = "one_line_for_all_rules"
    for number in (0, 1):
        plain, momentum, rmsprop, adam = (each.path for each in ended(key, number))
        assert (plain.scale == 1).all()
        assert (momentum.scale == 1).all()
        np.testing.assert_allclose(plain.direction, plain.grads, rtol=1e-9)
        np.testing.assert_allclose(rmsprop.direction, rmsprop.grads, rtol=1e-9)
        assert not np.allclose(momentum.direction[40], momentum.grads[40], rtol=0.01)
        assert not np.allclose(adam.direction[40], adam.grads[40], rtol=0.01)
        for adaptive in (rmsprop, adam):
            assert (adaptive.scale[:, 0] != adaptive.scale[:, 1]).all()
        assert (np.ptp(plain.learning_rate) > 0) == (number == 1)


def test_the_same_number_twice():
    for stage, product, total in zip(
        LESSONS["the_same_number_twice"].stages, (0.00956, 0.00059), (4.650, 7.436), strict=True
    ):
        fitted = likelihood(stage.settings.fit_w, stage.settings.fit_b)
        assert fitted.product == pytest.approx(product, abs=5e-6)
        assert fitted.entropies.sum() == pytest.approx(total, abs=5e-4)
        assert -np.log(fitted.product) == pytest.approx(fitted.entropies.sum(), rel=1e-12)


def test_lessons_of_networks_are_cheap_to_open():
    """They are about a check and about softmax, not about their network."""
    for key in ("check_a_gradient_by_hand", "softmax_minus_one_hot"):
        assert LESSONS[key].net.size < NetworkExperiment(width=5).size


def test_same_shift_flat_and_sharp():
    key = "same_shift_flat_and_sharp"
    for number, (flat, sharp) in enumerate([(0, 0), (0.016, 0.64), (0.0025, 0.12)]):
        found = [lane.path.loss[0] for lane in ended(key, number)]
        assert found == pytest.approx([flat, sharp], rel=0.03)
    still = [lane.path.params for lane in ended(key)]
    assert all((path == path[0]).all() for path in still)
    flat, sharp = (lane.path.loss[0] for lane in ended(key, 1))
    assert sharp / flat == pytest.approx(40, abs=2)
    flat, sharp = (lane.path.loss[0] for lane in ended(key, 2))
    assert (flat, sharp) == pytest.approx((0.5 * 0.1**2 / 2, 25 * 0.1**2 / 2), rel=0.05)
    for shift in (0.0, 0.25):
        points = [point for point in critical_points("flat_and_sharp_2d", shift=shift) if point.kind == "minimum"]
        assert sorted(round(point.eigenvalues.max(), 6) for point in points) == [0.5, 25]
