"""What became of a training: a verdict says no more than the curves show, however they look."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.curvature.points import inspect
from engine.networks.experiment import NetworkExperiment
from engine.networks.objective import constant_loss
from engine.networks.training import finish, train
from engine.networks.verdict import KINDS, RISE, Course, Curvature, commonest, course, verdict

ROWS = 101
TIME = np.linspace(0, 1, ROWS)
FALLS = np.exp(-3 * TIME)  # 1 → 0.05
NEVER = np.full(ROWS, np.nan)


def seen(train_loss=FALLS, **changes):
    """A training of 200 updates whose objective is its training loss unless said otherwise."""
    loss = np.asarray(train_loss, float) + np.zeros(ROWS)
    usual = Course(2.0 * np.arange(ROWS), loss, np.ones(ROWS), loss, NEVER, NEVER, -1, 1.0, 1.0)
    return usual._replace(**{name: np.asarray(value) for name, value in changes.items()})


def turned(at, low, end, start=1.0):
    """Down to ``low`` at a share of the training, and up to ``end``."""
    return np.interp(TIME, [0, at, 1], [start, low, end])


NOISE = 0.1 * np.random.default_rng(0).standard_normal(ROWS)
CASES = {
    "diverged": seen(diverged_at=7),
    "worse": seen(turned(0.2, 0.5, 3.0)),
    "worse_objective": seen(turned(0.2, 0.9, 1.04), objective=turned(0.2, 0.5, 3.0)),
    "unstable_both": seen(turned(0.2, 0.1, 0.7), test_loss=turned(0.2, 0.1, 0.7)),
    "unstable": seen(turned(0.2, 0.1, 0.7), test_loss=FALLS),
    "unstable_objective": seen(FALLS, objective=turned(0.2, 0.1, 0.7)),
    "apart": seen(turned(0.2, 0.1, 0.7), objective=FALLS, test_loss=turned(0.2, 0.1, 0.7)),
    "overfits": seen(FALLS, test_loss=turned(0.2, 0.3, 0.7)),
    "test_rises": seen(turned(0.2, 0.5, 0.5), test_loss=turned(0.2, 0.3, 0.7)),
    "left": seen(FALLS, train_accuracy=np.where((TIME > 0.4) & (TIME < 0.9), 1, 0.975)),
    "all_right": seen(FALLS, train_accuracy=np.where(TIME > 0.4, 1, 0.9)),
    "fits": seen(np.exp(-9 * TIME)),
    "constant": seen(1.0 - 1e-5 * TIME),
    "constant_down": seen(1.0, gradient_norm=np.full(ROWS, 1e-6)),
    "critical": seen(0.5, gradient_norm=np.full(ROWS, 1e-6)),
    "critical_flat": seen(0.5, gradient_norm=np.where(TIME < 0.9, 1e-3, 1e-6)),
    "critical_down": seen(0.5, gradient_norm=np.full(ROWS, 1e-6)),
    "still": seen(0.5),
    "swings": seen(turned(0.2, 0.5, 0.5) + NOISE),
    "falls": seen(FALLS),
}
CURVED = {
    "constant_down": Curvature(-0.2, 0.1),
    "critical_flat": Curvature(-0.1, 0.1),
    "critical_down": Curvature(-0.2, 0.1),
    "constant": Curvature(0.0, 0.1),
    "critical": Curvature(0.2, 0.1),
}


def test_every_kind_has_its_case():
    assert CASES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_curve_of_each_kind(kind):
    assert verdict(CASES[kind], lambda: CURVED.get(kind, Curvature(-1.0, 0.1))).kind == kind


@pytest.mark.parametrize("kind", ["constant", "critical", "still"])
def test_without_a_curvature_nothing_is_said_of_it(kind):
    assert verdict(CASES[kind]).kind == kind


def test_the_numbers_of_a_verdict():
    assert verdict(CASES["overfits"])[1:] == (40, pytest.approx(0.3), pytest.approx(0.7))
    assert verdict(CASES["left"])[1] == 82
    assert verdict(CASES["left"]).end == 0.975
    assert verdict(CASES["all_right"]).step == 82
    assert verdict(CASES["critical"]).end == 1e-6


def test_what_is_right_flickers():
    """Right from the last time on that it was not."""
    right = np.where((TIME > 0.3) & (TIME[60] != TIME), 1.0, 0.9)
    assert verdict(seen(train_accuracy=right)).step == 122
    assert verdict(seen(train_accuracy=np.ones(ROWS))).step == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"test_loss": NEVER},
        {"test_loss": np.where(TIME > 0.5, np.nan, 1.0)},
        {"test_loss": np.where(TIME > 0.5, np.inf, 1.0)},
        {"test_loss": FALLS + 0.01 * NOISE},
        {"test_loss": turned(0.9, 0.3, 0.4)},  # too late to be a turn
        {"test_loss": FALLS + 1e-4 * TIME},  # a rise that cannot be seen
    ],
)
def test_no_overfitting(changes):
    assert verdict(seen(FALLS, **changes)).kind == "falls"


def test_noise_is_no_turn():
    """It may end higher than it began."""
    for seed in range(200):
        noise = np.random.default_rng(seed).standard_normal((2, ROWS))
        train_loss, test_loss = 0.5 + 0.05 * noise
        found = verdict(seen(train_loss, test_loss=test_loss, objective=train_loss))
        assert found.kind in ("swings", "falls", "worse"), (seed, found)


@pytest.mark.parametrize("rows", [2, 3, 5])
def test_a_short_training_has_no_turn(rows):
    short = {name: getattr(CASES["overfits"], name)[:rows] for name in Course._fields[:6]}
    assert verdict(CASES["overfits"]._replace(**short)).kind in ("falls", "still", "swings")


losses = st.lists(st.floats(1e-9, 1e6), min_size=2, max_size=40)


@given(st.data())
def test_no_verdict_claims_what_its_curves_do_not_show(data):
    """Of any curves at all, the literal meaning of each sentence."""
    objective = np.array(data.draw(losses))
    rows = len(objective)
    some = st.lists(st.floats(1e-9, 1e6), min_size=rows, max_size=rows).map(np.array)
    loss, test = data.draw(some | st.just(objective)), data.draw(some | st.just(np.full(rows, np.nan)))
    right = data.draw(st.lists(st.sampled_from([0.0, 0.9, 1.0]), min_size=rows, max_size=rows).map(np.array))
    here = Course(np.arange(rows), objective, data.draw(some), loss, test, right, -1, data.draw(st.floats(0, 1e6)), 1.0)
    curved = Curvature(data.draw(st.sampled_from([-1.0, 0.0, 1.0])), 0.1)
    found = verdict(here, lambda: curved)
    row, above = int(found.step), RISE * found.low
    tests = {
        "worse": lambda: found.low == loss[0] and found.end == loss[-1] > above,
        "worse_objective": lambda: found.low == objective[0] and found.end == objective[-1] > above,
        "unstable_both": lambda: loss[row] == found.low and loss[-1] == found.end > above and test[-1] > test[row],
        "unstable": lambda: loss[row] == found.low and loss[-1] == found.end > above,
        "unstable_objective": lambda: objective[row] == found.low and objective[-1] == found.end > above,
        "apart": lambda: loss[row] == found.low and loss[-1] == found.end > above,
        "overfits": lambda: test[row] == found.low and test[-1] == found.end > above,
        "test_rises": lambda: test[row] == found.low and test[-1] == found.end > above,
        "left": lambda: right[row] == 1 > right[-1] == found.end,
        "all_right": lambda: (right[row:] == 1).all() and (row == 0 or right[row - 1] < 1),
        "fits": lambda: found.end == loss[-1] < 1e-3,
        "constant": lambda: found.end == loss[-1] > 0.99,
        "constant_down": lambda: found.end == loss[-1] > 0.99 and found.low == curved.lowest < 0,
        "critical": lambda: found.end == here.gradient_norm[-1] <= 1e-5 and curved.lowest > 0,
        "critical_flat": lambda: found.end == here.gradient_norm[-1] <= 1e-5 and curved.lowest == 0,
        "critical_down": lambda: found.end == here.gradient_norm[-1] <= 1e-5 and found.low == curved.lowest < 0,
        "still": lambda: found.end == objective[-1] and found.low == here.gradient_norm[-1],
        "swings": lambda: found.low <= objective[-1] <= found.end,
        "falls": lambda: found.end == objective[-1] < np.median(objective[-max(rows // 4, 2) :][: max(rows // 8, 1)]),
    }
    assert tests[found.kind](), found


# ---- trainings -------------------------------------------------------------------------------------------------------


def trained(link):
    return ended(read(link))


def read(link):
    net, notices = NetworkExperiment.from_link(link)
    assert not notices
    return net


def ended(net):
    parts = net.examples
    record = finish(train(net.plan, *parts.train[:2], *parts.test[:2]))
    return record, constant_loss(net.criterion, net.classes, net.architecture.outputs, parts.train.targets)


def test_a_rate_that_is_too_large_is_no_overfitting():
    """The training loss goes up with the test loss."""
    record, constant = trained("data=blobs&net=steps~300&rule=gradient_descent~learning_rate~10")
    here = course(record, 0, 0, constant)
    assert here.train_loss[-1] > 4 * here.train_loss.min()
    assert verdict(here).kind in ("swings", "unstable_both")


def test_what_was_all_right_and_was_left_again():
    record, constant = trained("data=xor&net=depth~1~batch~1~steps~400~test~0&rule=rmsprop~learning_rate~0.8")
    found, count, seeds = commonest(record, 0, constant)
    assert (found.kind, found.step, found.end, count, seeds) == ("left", 78, 0.975, 1, 1)


def test_a_network_whose_weights_are_0_is_no_better_than_a_constant():
    record, constant = trained("data=two_moons~size~40&net=scheme~zero~steps~20&rule=gradient_descent")
    assert commonest(record, 0, constant).verdict.kind == "constant"


def test_a_critical_point_says_whether_it_is_a_minimum():
    """Zeros are a saddle: H has a negative eigenvalue as soon as the examples tell their classes apart. A hundred hard
    sigmoids that are straight over all examples are the best line, and H is flat: nothing below was found."""
    zeros = read("data=two_moons~size~40&net=scheme~zero~steps~400~depth~1&rule=gradient_descent~learning_rate~0.5")
    found, _, _ = commonest(*_arguments(zeros))
    assert found.kind == "constant_down"
    make, data = zeros.surface()
    assert inspect(make, ended(zeros)[0].final[0, 0], **data).eigenvalues[0] == pytest.approx(found.low, rel=1e-6)
    straight = read(
        "data=piecewise_linear&net=depth~1~width~100~activation~hard_sigmoid~steps~3000~test~0"
        "&rule=adam~learning_rate~0.02"
    )
    found, _, _ = commonest(*_arguments(straight))
    assert found.kind == "critical_flat" and found.end < 1e-5
    record, _ = ended(straight)
    x, y = straight.examples.train.inputs[:, 0], straight.examples.train.targets
    line = np.polyval(np.polyfit(x, y, 1), x)
    assert record.train_loss[0, 0, -1] == pytest.approx(np.mean((y - line) ** 2), rel=1e-6)


def _arguments(net):
    record, constant = ended(net)
    return record, 0, constant, net.surface()


def test_lost_seeds_are_told_first():
    record, constant = trained("data=two_moons~size~40&net=steps~30~seeds~3&rule=gradient_descent")
    lost = np.array([[-1, 12, 9]])
    found, count, seeds = commonest(record._replace(diverged_at=lost), 0, constant)
    assert (found.kind, found.step, count, seeds) == ("diverged", 9, 2, 3)
    assert commonest(record, 0, constant).alike == 3
