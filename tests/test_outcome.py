"""Outcomes of paths whose every number is known, and alarms that sound when they should and are quiet when not."""

import sys

import numpy as np
import pytest

from engine.surfaces.descent import Trajectory, descend
from engine.surfaces.outcome import bursts, outcome, stuck_from
from landscapes import LANDSCAPES

VALLEY = LANDSCAPES["narrow_valley"]  # (x^2/100 + y^2)/2 in [-10, 10]^2
STEPS = 200


def walk(params, loss, norm=None, diverged_at=-1) -> Trajectory:
    """The trajectory of a path that is given, without noise."""
    params, loss = np.asarray(params, float), np.asarray(loss, float)
    norm = np.ones(len(loss)) if norm is None else np.asarray(norm, float)
    step = np.diff(params, axis=0)
    grads = np.stack([norm[:-1], np.zeros(len(step))], axis=1)
    rate, ones = np.ones(len(step)), np.ones_like(step)
    return Trajectory(params, loss, norm, rate, diverged_at, grads, step, ones, np.ones(len(step)))


def judge(trajectory, minima=((0.0, 0.0),), lowest=0.0, tolerance=1e-3, surface=VALLEY):
    return outcome(trajectory, surface, np.array(minima, float).reshape(-1, surface.dimension), lowest, tolerance)


def judged(landscape, optimizer, steps=STEPS, **race):
    """The outcome of a real run; ``floor`` is the loss of the best minimum."""
    floor, tolerance = race.pop("floor", 0.0), race.pop("tolerance", 1e-12)
    surface = LANDSCAPES[landscape]
    return judge(
        descend(landscape, optimizer, steps=steps, **race), [[0.0] * surface.dimension], floor, tolerance, surface
    )


def test_straight_path():
    along = np.linspace(0, 1, 11)
    result = judge(walk(np.outer(1 - along, [3.0, 4.0]), 1 - along, 1 - along), tolerance=0.35)
    assert result.length == pytest.approx(5)
    assert result.reached == 7
    assert (result.best_step, result.best_loss, result.final_loss) == (10, 0, 0)
    assert result.distance == 0
    assert result.gradients == 10
    assert (result.diverged_at, result.stuck_from, result.left_window_at, result.bursts) == (-1, -1, -1, ())


def test_distance_is_to_the_nearest_minimum():
    path = walk([[0, 0], [1, 0]], [1, 0.5])
    assert judge(path, [[4, 4], [1, 2]]).distance == pytest.approx(2)
    assert np.isnan(judge(path, []).distance)


def test_nothing_is_reached_where_there_is_no_minimum():
    assert judge(walk([[0, 0], [1, 0]], [1, 0]), []).reached == -1


def test_divergence_ends_the_account():
    """Up to step 3, for gradients, length and best loss; there is no final loss."""
    result = judge(walk([[0, 0], [0, 20], [0, -40], [0, np.inf]], [3, 2, 4, np.inf], diverged_at=3))
    assert result.diverged_at == 3
    assert np.isnan(result.final_loss)
    assert (result.best_step, result.best_loss) == (1, 2)
    assert result.length == pytest.approx(80)
    assert result.gradients == 2
    assert result.left_window_at == 1


def test_divergence_at_the_start():
    result = judge(walk([[0, 0], [np.nan, 0]], [np.inf, np.nan], diverged_at=0))
    assert np.isnan(result.best_loss)
    assert result.bursts == ()
    assert result.stuck_from == -1


def between_walls(height, approach=20, steps=STEPS):
    """A fall of ``approach`` steps onto y = ± height, then wall to wall."""
    y = height * (-1.0) ** np.arange(steps + 1)
    y[:approach] *= np.linspace(5, 1.5, approach)
    return walk(np.stack([np.linspace(-3, -2, steps + 1), y], axis=1), y**2 / 2, np.abs(y))


def test_stuck_between_two_walls():
    assert judge(between_walls(1.0)).stuck_from == 20
    assert judge(between_walls(1.0), tolerance=1.0).stuck_from == -1  # it has reached what was asked for
    assert judge(between_walls(1.0, steps=30)).stuck_from == -1  # too short to say


def test_stuck_between_walls_of_different_height():
    y = np.where(np.arange(STEPS + 1) % 2, 1.0, -0.5)
    assert judge(walk(np.stack([0 * y, y], axis=1), y**2 + 0.1, np.abs(2 * y))).stuck_from == 0


@pytest.mark.parametrize(
    ("landscape", "optimizer", "race"),
    [
        ("narrow_valley", "gradient_descent", {"learning_rate": 2.0}),
        ("narrow_valley", "rmsprop", {"learning_rate": 0.2}),
        ("himmelblau", "gradient_descent", {"learning_rate": 0.03}),
        ("booth", "gradient_descent", {"learning_rate": 1 / 9, "start": (4.0, 6.0)}),
    ],
)
def test_stuck(landscape, optimizer, race):
    assert judged(landscape, optimizer, **race).stuck_from >= 0


@pytest.mark.parametrize(
    ("landscape", "optimizer", "race"),
    [
        ("narrow_valley", "gradient_descent", {"learning_rate": 1.0}),  # converges
        ("narrow_valley", "gradient_descent", {"learning_rate": 1.9}),  # bounces, and the bounces get smaller
        ("narrow_valley", "gradient_descent", {"learning_rate": 1e-6}),  # hardly moves: slow, not stuck
        (
            "narrow_valley",
            "gradient_descent",
            {"learning_rate": 1.0, "start": (-9.0, 0.0), "knobs": {"condition": 1e4}},
        ),
        ("narrow_valley", "momentum", {"learning_rate": 0.1, "momentum": 0.99}),  # swings to and fro
        ("narrow_valley", "adagrad", {"learning_rate": 0.01}),  # its steps have shrunk
        ("narrow_valley", "lion", {"learning_rate": 0.01}),  # steps of one length, all downhill
        ("narrow_valley", "gradient_descent", {"learning_rate": 2.1}),  # diverges
        ("three_logits_squared_error", "gradient_descent", {"learning_rate": 0.5}),  # a plateau
        ("shelf", "gradient_descent", {"learning_rate": 0.05, "knobs": {"slope": 1e-4}}),  # a plateau
        ("rastrigin", "gradient_descent", {"learning_rate": 4e-3, "start": (2.1, 2.9)}),  # a local minimum, by bounces
        ("saddle", "gradient_descent", {"learning_rate": 0.1, "start": (-1.5, 0.0)}),  # at a critical point
    ],
)
def test_not_stuck(landscape, optimizer, race):
    result = judged(landscape, optimizer, **race)
    assert result.stuck_from == -1
    assert result.bursts == ()


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "nesterov", "adam", "adagrad"])
def test_noise_is_no_alarm(optimizer):
    for seed in range(20):
        rate = {"adam": 0.05, "adagrad": 0.5}.get(optimizer, 0.1)
        result = judged("booth", optimizer, 400, learning_rate=rate / 2, noise=5.0, seed=seed)
        assert (result.stuck_from, result.bursts) == (-1, ())


def decay(steps=STEPS, share=0.05):
    """Loss and step of a path that falls by the same share each step."""
    loss = np.exp(-share * np.arange(steps + 1))
    return loss, np.sqrt(loss[:-1])


def test_burst_on_a_spike():
    loss, strides = decay()
    spike = np.exp(-0.5 * ((np.arange(STEPS + 1) - 120) / 2.0) ** 2)
    assert bursts(loss + spike, strides + 5 * spike[1:], 0.0) == (120,)
    assert bursts(loss + spike, strides, 0.0) == ()  # a hill that was crossed at no greater pace
    assert bursts(loss + 1e-4 * spike, strides + 5 * spike[1:], 0.0) == ()  # too low to be seen


def test_bursts_in_their_order():
    loss, strides = decay()
    for peak in (100, 150):
        loss[peak], strides[peak - 1] = 1, 10
    assert bursts(loss, strides, 0.0) == (100, 150)


def test_no_burst():
    loss, strides = decay()
    assert bursts(loss, strides, 0.0) == ()  # exponential decay
    assert bursts(loss[::-1], strides[::-1], 0.0) == ()  # a path that explodes does not come back
    assert bursts(np.ones(STEPS + 1), np.ones(STEPS), 0.0) == ()
    assert bursts(loss[:20], strides[:19], 0.0) == ()  # too short for a calm stretch
    step = np.arange(STEPS + 1)
    assert bursts(loss * (1.01 + np.cos(step / 9)), strides * (1.01 + np.sin(step[1:] / 9)), 0.0) == ()  # swings


def test_bursts_of_the_lecture():
    """Adagrad in the lecture's form, in a valley (E7): quiet, thrown up once, quiet again."""
    valley = {"knobs": {"condition": 300.0, "angle": 30.0}, "start": (-9.0, 0.0), "learning_rate": 1.0}
    assert judged("narrow_valley", "root_mean_square", 300, **valley).bursts == (173,)
    assert judged("narrow_valley", "root_mean_square", 300, schedule="inverse_sqrt", **valley).bursts == ()


def test_alarms_of_the_longest_run_are_computed_for_all_steps_at_once():
    """Ten times as many steps with as many peaks: not one call of Python more."""

    def calls(steps):
        loss = np.sin(np.linspace(0, 20, steps + 1)) + 2  # ten swings, however many steps
        counted = 0

        def count(frame, event, argument):
            nonlocal counted
            counted += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            stuck_from(loss, loss, np.ones((steps, 2)), 0.0), bursts(loss, np.ones(steps), 0.0)
        finally:
            sys.setprofile(None)
        return counted

    assert calls(100_000) <= calls(10_000) + 10
