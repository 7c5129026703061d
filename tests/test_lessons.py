"""Every lesson is whole, its link carries it, and what it says about the picture is so in numbers."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from engine.curvature.points import inspect
from engine.surfaces.descent import Trajectory, descend
from engine.surfaces.experiment import AUTOMATIC, inside, run
from engine.surfaces.outcome import Outcome, outcome
from engine.surfaces.relief import lowest
from engine.surfaces.stability import crossings, limits_along, sharpness_along
from landscapes import LANDSCAPES
from landscapes.examples import classes
from lessons import LESSONS
from records import Words
from settings.compare import Compare

ROOT = Path(__file__).parent.parent

MOST_WORDS = 60  # that a lecture has the time for

every_lesson = pytest.mark.parametrize("key", LESSONS)
every_race = pytest.mark.parametrize(
    ("key", "number"),
    [(key, number) for key, each in LESSONS.items() if each.experiment for number in range(len(each.stages))],
)


class Ended(NamedTuple):
    """One lane of a stage: its path and its outcome."""

    path: Trajectory
    outcome: Outcome


@cache
def ended(key: str, number: int = 0) -> tuple[Ended, ...]:
    experiment = LESSONS[key].stages[number].experiment
    surface = experiment.surface
    minima = np.array(surface.minima_at(**experiment.landscape.numbers), dtype=float).reshape(-1, surface.dimension)
    paths = [path for _, path in run(experiment)]
    floor = min(lowest(experiment.landscape), *(np.nanmin(path.loss) for path in paths))
    return tuple(Ended(path, outcome(path, surface, minima, floor, experiment.tolerance)) for path in paths)


def final(key: str, number: int = 0) -> list[float]:
    return [lane.outcome.final_loss for lane in ended(key, number)]


def reached(key: str, number: int = 0) -> list[int]:
    """The first step of each lane within the tolerance."""
    return [lane.outcome.reached for lane in ended(key, number)]


def chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@every_lesson
def test_words(key):
    lesson = LESSONS[key]
    names = [lesson.name, lesson.begin, *(step.name for step in lesson.steps)]
    texts = [lesson.about, *(step.about for step in lesson.steps)]
    for words in (*names, *texts):
        assert isinstance(words, Words)
        assert not chinese(words)
    assert all(chinese(words.zh) for words in (lesson.name, *texts))
    assert len(lesson.name) <= 40
    assert all(len(name) <= 20 for name in names[1:])
    assert len({*names[1:]}) == len({name.zh for name in names[1:]}) == len(lesson.stages)
    assert max(len(text.split()) for text in texts) <= MOST_WORDS
    assert lesson.rows.split() == sorted(lesson.rows.split())


@every_lesson
def test_page(key):
    lesson = LESSONS[key]
    assert (ROOT / "pages" / f"{lesson.page}.py").exists()
    assert (lesson.experiment, lesson.net).count(None) == (2 if lesson.page == "generative" else 1)
    of_networks = getattr(lesson.stages[0].settings, "over", "") == "network"  # a map of them
    assert (lesson.experiment is not None) == (
        lesson.page in ("compare", "maps", "fair", "critical_points", "classification") and not of_networks
    )
    for stage in lesson.stages:
        assert (stage.experiment is None, stage.net is None) == (lesson.experiment is None, lesson.net is None)


def test_a_step_leaves_the_rest_as_the_lesson_has_it():
    lesson = LESSONS["smallest_network_with_a_saddle"]
    assert all(stage.experiment == lesson.experiment for stage in lesson.stages)
    assert len({stage.study for stage in lesson.stages}) == len(lesson.stages)
    burst = LESSONS["burst"].stages
    assert [stage.settings for stage in burst] == [
        Compare(),
        Compare(tab="moment"),
        Compare(chart="sharpness"),
        Compare(),
    ]
    assert burst[2].experiment == burst[0].experiment != burst[3].experiment


@every_race
def test_start(key, number):
    experiment = LESSONS[key].stages[number].experiment
    assert inside(experiment.start, experiment.surface)


@every_race
def test_runs_unasked(key, number):
    """It starts without a click, and no lane ends in a number that is not one unless it has diverged."""
    assert LESSONS[key].stages[number].experiment.work <= AUTOMATIC
    for path, result in ended(key, number):
        assert result.diverged_at >= 0 or (np.isfinite(path.loss).all() and np.isfinite(path.params).all())


@every_race
def test_alarms(key, number):
    """Nothing is marked as stuck or as a burst but what the lesson is about."""
    marked = {
        ("two_learning_rates", 0): [True, False],
        ("two_learning_rates", 1): [True, False, False],
        ("stuck_is_not_small_gradient", 0): [False, True],
        ("stuck_is_not_small_gradient", 1): [False, True],
        ("burst", 0): [True, True],
        ("burst", 1): [True, True],
        ("burst", 2): [True, True],
        ("decay_cures_the_burst", 0): [True, False],
        ("decay_cures_the_burst", 1): [True, False],
        ("decay_cures_the_burst", 2): [True, True],
        ("adagrad_on_the_crescent", 1): [True, False, False, False],
    }
    alarms = [result.stuck_from >= 0 or bool(result.bursts) for _, result in ended(key, number)]
    assert alarms == marked.get((key, number), [False] * len(alarms))


def test_two_learning_rates():
    large, small = ended("two_learning_rates")
    across = large.path.params[:, 1]
    assert np.array_equal(across[1:], -across[:-1])  # from wall to wall
    assert abs(large.path.params[-1, 0]) < 1e-3  # though it arrives along the floor
    assert large.outcome.stuck_from == 0
    assert abs(small.path.params[-1, 1]) < 1e-9
    assert small.path.params[-1, 0] < -7  # of -9, after 100 000 steps
    assert reached("two_learning_rates", 1)[2] == 466
    assert ended("two_learning_rates", 1)[2].outcome.arrived


def test_stuck_is_not_small_gradient():
    decayed, constant = ended("stuck_is_not_small_gradient")
    assert 0 < constant.outcome.stuck_from < 50
    assert constant.path.gradient_norm[100:].min() > 3 * constant.path.gradient_norm[0]
    assert constant.path.loss[100:].min() > 5
    assert 200 < decayed.outcome.reached < 250
    assert decayed.outcome.final_loss < 1e-20
    small = ended("stuck_is_not_small_gradient", 1)[0]
    assert small.outcome.reached == 55
    assert (np.diff(small.path.loss) <= 0).all()  # it never bounces


def test_adagrad_on_the_crescent():
    mean, adagrad, lecture, library = ended("adagrad_on_the_crescent")
    assert max(lecture.outcome.distance, library.outcome.distance) < 0.1
    assert min(mean.outcome.distance, adagrad.outcome.distance) > 1.8
    assert adagrad.outcome.length < mean.outcome.length / 2
    mean, adagrad, *_ = ended("adagrad_on_the_crescent", 1)
    assert mean.outcome.distance < 0.1
    assert mean.outcome.left_window_at > 0
    x, y = adagrad.path.params[-1]
    assert np.arctan2(y, x) - np.pi / 2 == pytest.approx(np.pi / 3, abs=0.1)  # of the bend from 90° to 270°


def test_burst():
    for path, result in ended("burst"):
        (peak,) = result.bursts
        before = path.loss[peak - 60 : peak - 20].max()
        assert path.loss[peak] > 100 * before
        assert path.loss[peak] > 0.5 * path.loss[0]
        assert path.loss[peak + 40 :].max() < before  # it comes back, to below where it was
        assert np.all(path.scale[peak] > 1.2 * path.scale[peak - 20])
    for path, result in ended("burst", 3):
        assert result.bursts == ()
        assert path.loss[-1] > 10 * ended("burst")[0].outcome.final_loss
    experiment = LESSONS["burst"].stages[2].experiment
    for number, (path, result) in enumerate(ended("burst")):
        racer = experiment.lanes[number]
        sharpness = sharpness_along(experiment.surface, path, **experiment.landscape.numbers)
        first = crossings(sharpness, limits_along(racer.rule, path, **racer.optimizer.numbers))[0]
        assert 50 < first < result.bursts[0]


def test_decay_cures_the_burst():
    constant, decayed = ended("decay_cures_the_burst")
    assert len(constant.outcome.bursts) >= 4
    assert decayed.outcome.bursts == ()
    assert np.median(constant.path.loss[-100:]) > 1e6 * decayed.outcome.final_loss
    slower = ended("decay_cures_the_burst", 2)[1]
    assert (constant.outcome.bursts[0], slower.outcome.bursts[0]) == (227, 323)
    assert slower.path.loss[323] < 0.2 * constant.path.loss[227]
    experiment = LESSONS["decay_cures_the_burst"].experiment
    above = []
    for racer, (path, _) in zip(experiment.lanes, ended("decay_cures_the_burst"), strict=True):
        sharpness = sharpness_along(experiment.surface, path, **experiment.landscape.numbers)
        above.append(crossings(sharpness, limits_along(racer.rule, path, **racer.optimizer.numbers)))
    assert len(above[0]) > 3
    assert len(above[1]) == 0


def test_rolling_through_the_shelf():
    descent, rolling, weak = final("rolling_through_the_shelf")
    assert rolling < 1e-15
    assert min(descent, weak) > 2
    assert reached("rolling_through_the_shelf", 1) == [322, 66, 152]


def test_rolling_out_of_a_local_minimum():
    descent, rolling, weak = ended("rolling_out_of_a_local_minimum")
    assert rolling.outcome.distance < 1e-3
    assert rolling.path.params[-1, 0] < 0
    assert descent.outcome.final_loss - rolling.outcome.final_loss > 0.7
    assert weak.path.params[-1] == pytest.approx(descent.path.params[-1], abs=1e-6)
    assert weak.path.params.min() < 0.6  # it did climb
    for number in (1, 2):  # from higher up, and with a little more momentum
        descent, rolling, weak = ended("rolling_out_of_a_local_minimum", number)
        assert descent.path.params[-1, 0] > 0
        assert max(rolling.outcome.distance, weak.outcome.distance) < 1e-3
        assert weak.path.params[-1, 0] < 0


def test_leaving_the_saddle():
    descent, momentum, rmsprop = (int((lane.path.loss < 0.5).argmax()) for lane in ended("leaving_the_saddle"))
    assert 0 < 2 * momentum < rmsprop < descent
    path = ended("leaving_the_saddle")[0].path
    assert np.sum((np.abs(path.loss - 1) < 0.05) & (path.gradient_norm < 0.5)) > 80  # looks finished for so long
    assert max(final("leaving_the_saddle")) < 1e-3
    for path, result in ended("leaving_the_saddle", 1):  # exactly on the line
        assert np.array_equal(path.params[:, 0], -path.params[:, 1])
        assert result.final_loss == pytest.approx(1, abs=1e-6)
    assert reached("leaving_the_saddle", 2)[0] < reached("leaving_the_saddle")[0] / 2


def test_warm_up_helps_adam():
    constant, decaying, network, transformer = ended("warm_up_helps_adam")
    assert np.abs(constant.path.step[0]) == pytest.approx(1.0)
    assert min(constant.outcome.left_window_at, decaying.outcome.left_window_at) > 0
    assert max(network.outcome.left_window_at, transformer.outcome.left_window_at) == -1
    assert min(final("warm_up_helps_adam")[:2]) > -1e-6
    assert max(network.outcome.distance, transformer.outcome.distance) < 1e-3
    for path, result in ended("warm_up_helps_adam", 1):
        assert result.left_window_at == -1
        assert path.loss[-1] == pytest.approx(-0.065, abs=1e-3)
    assert final("warm_up_helps_adam")[2] == pytest.approx(-6.55, abs=5e-3)


def test_bias_correction():
    corrected, plain = ended("bias_correction")
    assert np.abs(corrected.path.step).max() < 0.12
    assert 0.29 < np.abs(plain.path.step[:3]).min() < np.abs(plain.path.step).max() < 0.42
    assert np.abs(plain.path.step[0]) == pytest.approx(np.sqrt(10) * np.abs(corrected.path.step[0]), rel=1e-6)
    assert corrected.outcome.distance < 1e-3
    assert plain.outcome.final_loss - corrected.outcome.final_loss > 30
    slope, scale = np.abs(plain.path.grads[0]), plain.path.scale[0]
    np.testing.assert_allclose(scale / slope, np.sqrt(0.001), rtol=1e-5)
    np.testing.assert_allclose(np.abs(plain.path.step[0]) * scale / (0.1 * slope), 0.1, rtol=1e-5)  # m is a tenth of g


def test_newton_likes_saddles():
    newton, saddle_free, descent = ended("newton_likes_saddles")
    assert newton.path.loss[-1] > newton.path.loss[0] + 50
    assert newton.path.gradient_norm[-1] < 1e-3
    assert max(saddle_free.outcome.final_loss, descent.outcome.final_loss) < 1e-4
    newton, saddle_free, descent = ended("newton_likes_saddles", 1)
    np.testing.assert_array_equal(newton.path.params, saddle_free.path.params)
    assert max(newton.outcome.distance, descent.outcome.distance) < 1e-3


def test_classification():
    squared, squared_adam = ended("classification_squared_error")
    entropy, entropy_adam = ended("classification_cross_entropy")
    one, other = (LESSONS[f"classification_{loss}"].experiment for loss in ("squared_error", "cross_entropy"))
    assert (one.lanes, one.start, one.steps) == (other.lanes, other.start, other.steps)
    assert squared.path.gradient_norm[0] == pytest.approx(1e-5, rel=0.5)
    assert squared.outcome.final_loss > 1.9999
    assert entropy.path.gradient_norm[0] == pytest.approx(1.4, rel=0.02)
    assert max(entropy.outcome.final_loss, entropy_adam.outcome.final_loss, squared_adam.outcome.final_loss) < 0.02
    nearer, _ = ended("classification_squared_error", 1)
    assert nearer.path.gradient_norm[0] == pytest.approx(0.24, abs=0.005)
    assert nearer.outcome.final_loss < 0.01
    stages = LESSONS["classification_squared_error"].stages
    assert stages[2].experiment == LESSONS["classification_cross_entropy"].experiment
    assert LESSONS["classification_cross_entropy"].stages[1].experiment == stages[0].experiment


def test_noise_and_decay():
    constant, decayed = (np.median(lane.path.loss[-100:]) for lane in ended("noise_and_decay"))
    assert constant > 20 * decayed
    noise, same = (lane.path.grads[0] for lane in ended("noise_and_decay"))
    assert np.array_equal(noise, same)  # from one place
    constant, decayed = ended("noise_and_decay", 1)
    assert 0 < constant.outcome.reached < decayed.outcome.reached
    assert max(constant.outcome.distance, decayed.outcome.distance) < 1e-4


def test_inflection():
    descent, momentum = ended("inflection")
    assert (descent.path.params > 0).all()
    assert np.abs(descent.path.step[-1]) < 0.03 * np.abs(descent.path.step[0])
    assert momentum.path.params[-1, 0] < -1.5
    assert momentum.outcome.reached == -1
    _, weak = ended("inflection", 1)
    assert (weak.path.params > 0).all()
    assert np.abs(weak.path.step[-1]) < 0.03 * np.abs(weak.path.step[0])
    plain, heavy = ended("inflection", 2)
    assert (np.diff(np.diff(plain.path.params[:, 0])) < 0).all()  # faster and faster
    assert heavy.outcome.diverged_at > 0


def test_best_rates():
    above, descent, momentum = ended("best_rates")
    assert (descent.outcome.reached, momentum.outcome.reached) == (48, 17)  # as the lesson says
    assert above.outcome.diverged_at > 0
    assert reached("best_rates", 1)[1:] == [171, 37]
    for number, root in ((0, 5), (1, 10)):
        _, plain, heavy = (racer.optimizer.numbers for racer in LESSONS["best_rates"].stages[number].experiment.lanes)
        assert plain["learning_rate"] == pytest.approx(2 / (1 + 1 / root**2), abs=1e-3)
        assert heavy["learning_rate"] == pytest.approx(4 / (1 + 1 / root) ** 2, abs=1e-3)
        assert heavy["momentum"] == pytest.approx(((root - 1) / (root + 1)) ** 2, abs=1e-4)


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
    assert {round(value, 2) for lane in ended("outliers_pull_only_so_hard", 1) for value in lane.path.params[-1]} == {
        1.77, 1.81,
    }  # fmt: skip
    for number, end in ((2, (0.8, 1.0)), (3, (1.9, 2.0))):
        for lane in ended("outliers_pull_only_so_hard", number):
            assert lane.path.params[-1] == pytest.approx(end, abs=0.06)
    x, y = LANDSCAPES["linear_regression_huber"].examples.points(**knobs)
    thrown = y - (2 + 2 * x) < -5
    assert (len(x), thrown.sum()) == (41, 5)


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
    assert [stage.settings for stage in LESSONS["raw_and_normalised_feature"].stages] == [Compare(aspect="equal")] * 3
    centred, _ = ended("raw_and_normalised_feature", 1)
    assert centred.outcome.diverged_at > 0
    assert inspect(name, experiment.start, **numbers | {"offset": 0.0}).condition == pytest.approx(100, abs=0.5)
    assert reached("raw_and_normalised_feature", 2)[0] == 1


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
    after, _ = ended("logistic_plateau", 1)
    np.testing.assert_array_equal(after.path.params, path.params)
