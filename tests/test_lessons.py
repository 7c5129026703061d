"""Every lesson is whole, its link carries it, and what it says about the picture is so in numbers."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from engine.curvature import inspect
from engine.descent import Trajectory, descend
from engine.experiment import AUTOMATIC, Experiment, inside, run
from engine.network_experiment import NetworkExperiment
from engine.outcome import Outcome, outcome
from engine.relief import lowest
from landscapes import LANDSCAPES
from landscapes.examples import classes
from lessons import LESSONS
from records import Words

ROOT = Path(__file__).parent.parent

every_lesson = pytest.mark.parametrize("key", LESSONS)
every_race = pytest.mark.parametrize("key", [key for key, lesson in LESSONS.items() if lesson.experiment])
every_network = pytest.mark.parametrize("key", [key for key, lesson in LESSONS.items() if lesson.net])


class Ended(NamedTuple):
    """One lane of a lesson: its path and its outcome."""

    path: Trajectory
    outcome: Outcome


@cache
def ended(key: str) -> tuple[Ended, ...]:
    experiment = LESSONS[key].experiment
    surface = experiment.surface
    minima = np.array(surface.minima_at(**experiment.landscape.numbers), dtype=float).reshape(-1, surface.dimension)
    paths = [path for _, path in run(experiment)]
    floor = min(lowest(experiment.landscape), *(np.nanmin(path.loss) for path in paths))
    return tuple(Ended(path, outcome(path, surface, minima, floor, experiment.tolerance)) for path in paths)


def final(key: str) -> list[float]:
    return [lane.outcome.final_loss for lane in ended(key)]


@every_lesson
def test_words(key):
    lesson = LESSONS[key]
    for words in (lesson.name, lesson.about):
        assert isinstance(words, Words)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in words.zh)
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in words)
    assert len(lesson.name) <= 40
    assert 1 <= lesson.about.count(". ") + 1 <= 4
    assert lesson.rows.split() == sorted(lesson.rows.split())


@every_lesson
def test_page(key):
    lesson = LESSONS[key]
    assert (ROOT / "pages" / f"{lesson.page}.py").exists()
    assert (lesson.experiment is None) != (lesson.net is None)


@every_network
def test_link_of_a_network(key):
    net = LESSONS[key].net
    assert NetworkExperiment.from_link(net.to_link()) == (net, ())
    assert net.trouble is None


@every_race
def test_link(key):
    experiment = LESSONS[key].experiment
    link = experiment.to_link()
    assert Experiment.from_link(link) == (experiment, ())
    assert len(link) < 2000
    assert inside(experiment.start, experiment.surface)


@every_race
def test_runs_unasked(key):
    """It starts without a click, and no lane ends in a number that is not one unless it has diverged."""
    assert LESSONS[key].experiment.work <= AUTOMATIC
    for path, result in ended(key):
        assert result.diverged_at >= 0 or (np.isfinite(path.loss).all() and np.isfinite(path.params).all())


@every_race
def test_alarms(key):
    """Nothing is marked as stuck or as a burst but what the lesson is about."""
    marked = {
        "two_learning_rates": [True, False],
        "stuck_is_not_small_gradient": [False, True],
        "burst": [True, True],
        "decay_cures_the_burst": [True, False],
    }
    alarms = [result.stuck_from >= 0 or bool(result.bursts) for _, result in ended(key)]
    assert alarms == marked.get(key, [False] * len(alarms))


def test_two_learning_rates():
    large, small = ended("two_learning_rates")
    across = large.path.params[:, 1]
    assert np.array_equal(across[1:], -across[:-1])  # from wall to wall
    assert abs(large.path.params[-1, 0]) < 1e-3  # though it arrives along the floor
    assert large.outcome.stuck_from == 0
    assert abs(small.path.params[-1, 1]) < 1e-9
    assert small.path.params[-1, 0] < -7  # of -9, after 100 000 steps


def test_stuck_is_not_small_gradient():
    decayed, constant = ended("stuck_is_not_small_gradient")
    assert 0 < constant.outcome.stuck_from < 50
    assert constant.path.gradient_norm[100:].min() > 3 * constant.path.gradient_norm[0]
    assert constant.path.loss[100:].min() > 5
    assert 200 < decayed.outcome.reached < 250
    assert decayed.outcome.final_loss < 1e-20


def test_adagrad_on_the_crescent():
    mean, adagrad, lecture, library = ended("adagrad_on_the_crescent")
    assert max(lecture.outcome.distance, library.outcome.distance) < 0.1
    assert min(mean.outcome.distance, adagrad.outcome.distance) > 1.8
    assert adagrad.outcome.length < mean.outcome.length / 2


def test_burst():
    for path, result in ended("burst"):
        (peak,) = result.bursts
        before = path.loss[peak - 60 : peak - 20].max()
        assert path.loss[peak] > 100 * before
        assert path.loss[peak] > 0.5 * path.loss[0]
        assert path.loss[peak + 40 :].max() < before  # it comes back, to below where it was
        assert np.all(path.scale[peak] > 1.2 * path.scale[peak - 20])


def test_decay_cures_the_burst():
    constant, decayed = ended("decay_cures_the_burst")
    assert len(constant.outcome.bursts) >= 4
    assert decayed.outcome.bursts == ()
    assert np.median(constant.path.loss[-100:]) > 1e6 * decayed.outcome.final_loss


def test_rolling_through_the_shelf():
    descent, rolling, weak = final("rolling_through_the_shelf")
    assert rolling < 1e-15
    assert min(descent, weak) > 2


def test_rolling_out_of_a_local_minimum():
    descent, rolling, weak = ended("rolling_out_of_a_local_minimum")
    assert rolling.outcome.distance < 1e-3
    assert rolling.path.params[-1, 0] < 0
    assert descent.outcome.final_loss - rolling.outcome.final_loss > 0.7
    assert weak.path.params[-1] == pytest.approx(descent.path.params[-1], abs=1e-6)
    assert weak.path.params.min() < 0.6  # it did climb


def test_leaving_the_saddle():
    descent, momentum, rmsprop = (int((lane.path.loss < 0.5).argmax()) for lane in ended("leaving_the_saddle"))
    assert 0 < 2 * momentum < rmsprop < descent
    path = ended("leaving_the_saddle")[0].path
    assert np.sum((np.abs(path.loss - 1) < 0.05) & (path.gradient_norm < 0.5)) > 80  # looks finished for so long
    assert max(final("leaving_the_saddle")) < 1e-3


def test_warm_up_helps_adam():
    constant, decaying, network, transformer = ended("warm_up_helps_adam")
    assert np.abs(constant.path.step[0]) == pytest.approx(1.0)
    assert min(constant.outcome.left_window_at, decaying.outcome.left_window_at) > 0
    assert max(network.outcome.left_window_at, transformer.outcome.left_window_at) == -1
    assert min(final("warm_up_helps_adam")[:2]) > -1e-6
    assert max(network.outcome.distance, transformer.outcome.distance) < 1e-3


def test_bias_correction():
    corrected, plain = ended("bias_correction")
    assert np.abs(corrected.path.step).max() < 0.12
    assert 0.29 < np.abs(plain.path.step[:3]).min() < np.abs(plain.path.step).max() < 0.42
    assert np.abs(plain.path.step[0]) == pytest.approx(np.sqrt(10) * np.abs(corrected.path.step[0]), rel=1e-6)
    assert corrected.outcome.distance < 1e-3
    assert plain.outcome.final_loss - corrected.outcome.final_loss > 30


def test_newton_likes_saddles():
    newton, saddle_free, descent = ended("newton_likes_saddles")
    assert newton.path.loss[-1] > newton.path.loss[0] + 50
    assert newton.path.gradient_norm[-1] < 1e-3
    assert max(saddle_free.outcome.final_loss, descent.outcome.final_loss) < 1e-4


def test_classification():
    squared, squared_adam = ended("classification_squared_error")
    entropy, entropy_adam = ended("classification_cross_entropy")
    one, other = (LESSONS[f"classification_{loss}"].experiment for loss in ("squared_error", "cross_entropy"))
    assert (one.lanes, one.start, one.steps) == (other.lanes, other.start, other.steps)
    assert squared.path.gradient_norm[0] == pytest.approx(1e-5, rel=0.5)
    assert squared.outcome.final_loss > 1.9999
    assert entropy.path.gradient_norm[0] == pytest.approx(1.4, rel=0.02)
    assert max(entropy.outcome.final_loss, entropy_adam.outcome.final_loss, squared_adam.outcome.final_loss) < 0.02


def test_noise_and_decay():
    constant, decayed = (np.median(lane.path.loss[-100:]) for lane in ended("noise_and_decay"))
    assert constant > 20 * decayed
    noise, same = (lane.path.grads[0] for lane in ended("noise_and_decay"))
    assert np.array_equal(noise, same)  # from one place


def test_inflection():
    descent, momentum = ended("inflection")
    assert (descent.path.params > 0).all()
    assert np.abs(descent.path.step[-1]) < 0.03 * np.abs(descent.path.step[0])
    assert momentum.path.params[-1, 0] < -1.5
    assert momentum.outcome.reached == -1


def test_best_rates():
    above, descent, momentum = ended("best_rates")
    assert (descent.outcome.reached, momentum.outcome.reached) == (48, 17)  # as the lesson says
    assert above.outcome.diverged_at > 0


def test_outliers_pull_only_so_hard():
    """The ends, the other two minima, and that farther is no farther; y = 2 + 2x without outliers."""
    experiment = LESSONS["outliers_pull_only_so_hard"].experiment
    for lane in ended("outliers_pull_only_so_hard"):
        assert lane.path.params[-1] == pytest.approx((1.8, 1.8), abs=0.05)
        assert lane.outcome.distance < 1e-4
    knobs = experiment.landscape.numbers
    minima = {
        (error, thrown): LANDSCAPES[f"linear_regression_{error}"].minima_at(**(knobs | {"outliers": thrown}))[0]
        for error in ("squared_error", "absolute_error", "huber")
        for thrown in (0.0, 8.0, 10.0)
    }
    for error in ("squared_error", "absolute_error", "huber"):
        assert minima[error, 0.0] == pytest.approx((2, 2), abs=0.1)
    assert minima["squared_error", 8.0] == pytest.approx((0.8, 1.0), abs=0.05)
    assert minima["absolute_error", 8.0] == pytest.approx((1.9, 2.0), abs=0.05)
    for error in ("absolute_error", "huber"):
        assert minima[error, 8.0] == pytest.approx(minima[error, 10.0], abs=1e-12)
    assert np.linalg.norm(np.subtract(minima["squared_error", 8.0], minima["squared_error", 10.0])) > 0.3


def test_raw_and_normalised_feature():
    far, slow = ended("raw_and_normalised_feature")
    assert far.outcome.diverged_at > 0
    assert slow.outcome.reached == 313  # as the lesson says
    experiment = LESSONS["raw_and_normalised_feature"].experiment
    name, numbers = experiment.landscape.name, experiment.landscape.numbers
    steepest = inspect(name, experiment.start, **numbers).eigenvalues[-1]
    assert 0.9 * 2 / steepest < 0.009 < 2 / steepest
    normal = numbers | {"scale": 1.0, "offset": 0.0}
    for knobs, condition in ((numbers, 108), (normal, 1)):
        assert inspect(name, experiment.start, **knobs).condition == pytest.approx(condition, abs=0.5)
    path = descend(name, "gradient_descent", experiment.start, 1, knobs=normal, learning_rate=0.5)
    assert path.params[1] == pytest.approx(experiment.surface.minima_at(**normal)[0], abs=1e-12)


def test_logistic_plateau():
    descent, adam = ended("logistic_plateau")
    experiment = LESSONS["logistic_plateau"].experiment
    x, y = classes(experiment.landscape.numbers["spread"])
    share = 1 / (1 + np.exp(-(experiment.start[0] * x + experiment.start[1])))
    assert np.mean((share > 0.5) != y) > 0.8
    assert np.mean(np.abs(share - y)[(share > 0.5) != y] > 0.9) > 0.9
    assert descent.path.gradient_norm[0] == pytest.approx(0.0037, abs=5e-5)
    assert descent.path.loss[-1] > 0.99 * descent.path.loss[0]
    assert adam.outcome.distance < 0.1
    entropy = LANDSCAPES["logistic_regression_cross_entropy"]
    knobs = experiment.landscape.numbers
    path = descend(
        entropy, "gradient_descent", experiment.start, experiment.steps, knobs=knobs,
        **experiment.lanes[0].optimizer.numbers,
    )  # fmt: skip
    assert path.gradient_norm[0] == pytest.approx(1.04, abs=5e-3)
    assert path.params[-1] == pytest.approx(entropy.minima_at(**knobs)[0], abs=0.1)
