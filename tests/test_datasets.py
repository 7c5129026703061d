"""Every data set of the folder is tested by being there; then how data are split and standardised."""

import inspect
import math
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import StandardScaler

from datasets import DATASETS
from datasets.base import Data, split, standardised
from records import Words, settings

NAMES = tuple(DATASETS)
CLASSED = tuple(name for name, record in DATASETS.items() if record.classes)
REAL = {"diabetes": 442, "digits": 1797, "iris": 150, "wine": 178}
MADE = tuple(name for name in NAMES if name not in REAL)
CJK = re.compile(r"[\u4e00-\u9fff]")

every_dataset = pytest.mark.parametrize("name", NAMES)
every_made = pytest.mark.parametrize("name", MADE)


def make(name, **knobs):
    """As from the sliders: every number a float, every knob given."""
    sliders = settings(DATASETS[name].make)
    assert knobs.keys() <= sliders.keys()
    return DATASETS[name].make(**{key: float(knobs.get(key, item.default)) for key, item in sliders.items()})


def same(one: Data, other: Data) -> bool:
    return all(np.array_equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def looks_right(name, data):
    record = DATASETS[name]
    assert data.inputs.shape == (len(data.targets), len(record.features))
    assert data.inputs.dtype == np.float64
    assert data.targets.dtype == (np.int64 if record.classes else np.float64)
    assert np.isfinite(data.inputs).all()
    assert np.isfinite(data.targets).all()
    assert data.classes == len(record.classes)
    if data.classes:
        assert set(data.targets) == set(range(data.classes))


# ---- the records -----------------------------------------------------------------------------------------------------


@every_dataset
def test_record(name):
    record = DATASETS[name]
    assert record.make.__module__ == f"datasets.{name}"
    hash(record)
    assert list(inspect.signature(record.make).parameters) == list(settings(record.make))
    assert record.source
    assert re.fullmatch(r"([A-I][1-9]\d?( |$))*", record.lecture)
    assert len(set(record.features)) == len(record.features)
    assert len(set(record.classes)) == len(record.classes) != 1


@every_dataset
def test_knobs(name):
    sliders = settings(DATASETS[name].make)
    assert next(iter(sliders)) == "size"
    assert list(sliders)[-1] == "seed"
    for key, item in sliders.items():
        assert item.knob.accepts(item.default)
        assert item.knob.symbol or key == "seed"
    size = sliders["size"].knob
    assert size.kind == sliders["seed"].knob.kind == "whole"
    assert size.high == REAL.get(name, 2000)


@every_dataset
def test_words(name):
    record = DATASETS[name]
    labels = [item.knob.label for item in settings(record.make).values()]
    for words in (record.name, record.about, *labels, *record.classes, *record.features):
        if not isinstance(words, Words):
            assert words in record.features  # a symbol needs no translation
            assert len(words) <= 2
            continue
        assert words.strip() == words != ""
        assert words.zh.strip() == words.zh != ""
        assert not CJK.search(words)
        assert CJK.search(words.zh) or words.isdigit()
    assert len(record.name) <= 40
    assert 1 <= record.about.count(". ") + 1 <= 4


@every_dataset
def test_window(name):
    record = DATASETS[name]
    if name in REAL:
        assert record.window == ()
        return
    inputs = make(name).inputs
    low, high = np.array(record.window).T
    assert low.shape == (inputs.shape[1],)
    inside = ((low <= inputs) & (inputs <= high)).all(axis=1)
    assert inside.mean() >= 0.99
    assert (np.ptp(inputs, axis=0) > 0.5 * (high - low)).all()  # and it is not far too large


def test_order_of_the_menu():
    ranks = [(bool(record.classes), not record.lecture, record.name) for record in DATASETS.values()]
    assert ranks == sorted(ranks)
    assert NAMES[0] == "line_with_outliers"


# ---- the data --------------------------------------------------------------------------------------------------------


@every_dataset
def test_defaults(name):
    looks_right(name, make(name))
    assert same(make(name), DATASETS[name].make())


@every_dataset
def test_knobs_at_both_ends(name):
    for key, item in settings(DATASETS[name].make).items():
        for end in (item.knob.low, item.knob.high):
            looks_right(name, make(name, **{key: end}))


@every_dataset
def test_size(name):
    size = settings(DATASETS[name].make)["size"].knob
    for value in (size.low, size.low + 1, size.high - 1, size.high):
        knobs = {"far": 0} if "far" in settings(DATASETS[name].make) else {}
        data = make(name, size=value, **knobs)
        assert len(data.targets) == value
        looks_right(name, data)
        if data.classes:
            counts = np.bincount(data.targets)
            whole = np.bincount(make(name, size=size.high, **knobs).targets)
            assert (np.abs(counts - value * whole / size.high) <= 1).all()


@every_dataset
def test_the_seed_decides(name):
    assert same(make(name), make(name))
    assert not np.array_equal(make(name).inputs, make(name, seed=1).inputs)
    assert make(name, seed=1).inputs.shape == make(name).inputs.shape


@every_dataset
def test_the_seed_leaves_numpys_own_alone(name):
    np.random.seed(0)
    before = np.random.get_state()[1].copy()
    make(name)
    assert np.array_equal(np.random.get_state()[1], before)


@every_dataset
def test_nobody_can_spoil_the_next_ones_data(name):
    data = make(name)
    data.inputs[:] = np.nan
    data.targets[:] = -1
    looks_right(name, make(name))


@every_made
def test_more_examples_leave_the_first_ones_where_they_are(name):
    knobs = {key: 0 for key in ("outliers", "far") if key in settings(DATASETS[name].make)}
    few, many = (make(name, size=size, **knobs) for size in (20, 50))
    assert np.array_equal(few.inputs, many.inputs[:20])
    assert np.array_equal(few.targets, many.targets[:20])


# What the formula says without noise: how far the examples are from it.
EXACT = {
    "rhythms": lambda x, y: (
        x[:, 2:] + x[:, :-2] - 2 * np.cos(2 * math.pi / np.array([5, 7]))[y, None] * x[:, 1:-1]
    ),  # what a wave satisfies
    "sawteeth": lambda x, y: (
        (np.diff(x, axis=1) * (1 - 2 * y[:, None]) - 1 / 4) * (np.diff(x, axis=1) * (1 - 2 * y[:, None]) + 7 / 4)
    ),  # up by 1/4, or down by 7/4; backwards for class 1
    "parity": lambda x, y: y - x.sum(axis=1) % 2,
    "line_with_outliers": lambda x, y: y - (1 + 2 * x[:, 0]),
    "piecewise_linear": lambda x, y: (
        y - sum(c * np.clip((x[:, 0] + 2 - 2 * i) / 2 + 0.5, 0, 1) for i, c in enumerate((2, -3, 1)))
    ),  # three hard sigmoids
    "sine": lambda x, y: y - np.sin(x[:, 0]),
    "unequal_features": lambda x, y: y - (1 + 2 * x[:, 0] + 0.03 * x[:, 1]),
    "two_moons": lambda x, y: np.hypot(*(x - np.where(y[:, None], (1, 0.5), (0, 0))).T) - 1,
    "spirals": lambda x, y: np.sin(
        (np.arctan2(*x.T[::-1]) - 3 * math.pi * np.hypot(*x.T) - math.pi * y) / 2  # the angle, up to whole turns
    ),
    "xor": lambda x, y: np.abs(x[:, 0] - x[:, 1]) - y,
    "blobs": lambda x, y: x - 2 * np.array([(0, 1), (-math.sqrt(0.75), -0.5), (math.sqrt(0.75), -0.5)])[y],
    "two_gaussians_and_far_points": lambda x, y: x - np.array([(-1, 0), (1, 0)])[y],
}


@every_made
def test_no_noise_means_the_formula(name):
    calm = {key: 0 for key in ("noise", "spread", "outliers", "far") if key in settings(DATASETS[name].make)}
    inputs, targets, _ = make(name, **calm)
    np.testing.assert_allclose(EXACT[name](inputs, targets), 0, atol=1e-12)


@every_made
def test_noise_moves_the_same_examples(name):
    (key,) = {"noise", "spread"} & settings(DATASETS[name].make).keys()
    calm, some, twice = (make(name, **{key: value}) for value in (0, 0.1, 0.2))
    for one, two, none in zip(some[:2], twice[:2], calm[:2], strict=True):
        np.testing.assert_allclose(two - none, 2 * (one - none), atol=1e-12)
    moved = some.inputs[:, 0] - calm.inputs[:, 0] if some.classes else some.targets - calm.targets
    assert np.std(moved) == pytest.approx(0.1, rel=0.2)


def test_outliers():
    line = make("line_with_outliers", outliers=0)
    for share in (0.1, 0.25, 0.4):
        data = make("line_with_outliers", outliers=share, distance=7)
        off = data.targets - line.targets
        assert np.count_nonzero(off) == 100 * share
        np.testing.assert_allclose(off[off != 0], -7 * np.sign(data.inputs[off != 0, 0]))


def test_outliers_turn_the_least_squares_line_only():
    x, y, _ = make("line_with_outliers")
    square = LinearRegression().fit(x, y).coef_[0]
    slopes = np.linspace(-1, 4, 501)
    absolute = slopes[np.argmin([np.abs(r - np.median(r)).mean() for r in (y - slope * x[:, 0] for slope in slopes)])]
    assert abs(absolute - 2) < 0.15
    assert square < 1.6


def test_one_and_two_hard_sigmoids_are_not_enough():
    """A hard sigmoid has one slope on one interval: two give (a, b, b), (a, a, b), (a, a + b, b) or (a, b, a)."""
    x, y, _ = make("piecewise_linear", noise=0)
    slopes = [np.polyfit(x[part, 0], y[part], 1)[0] for part in (x[:, 0] < -1, abs(x[:, 0]) < 1, x[:, 0] > 1)]
    np.testing.assert_allclose(slopes, (1, -1.5, 0.5))
    left, middle, right = slopes
    assert not np.isclose([left, middle, left + right, left], [middle, right, middle, right]).any()


@pytest.mark.parametrize("ratio", [1, 30, 1000])
def test_unequal_features_make_a_narrow_valley(ratio):
    data = make("unequal_features", size=2000, ratio=ratio)
    raw = np.linalg.eigvalsh(np.cov(data.inputs.T))
    assert raw[-1] / raw[0] == pytest.approx(ratio**2, rel=0.1)
    round_one = np.linalg.eigvalsh(np.cov(standardised(split(data, 0, 0)).train.inputs.T))
    assert round_one[-1] / round_one[0] < 1.2


def test_truth_table():
    inputs, targets, _ = make("xor", size=4, noise=0)
    assert dict(zip(map(tuple, inputs.tolist()), targets.tolist(), strict=True)) == {
        (0, 0): 0,
        (0, 1): 1,
        (1, 0): 1,
        (1, 1): 0,
    }


def test_no_line_solves_the_crooked_ones():
    right = {
        name: LogisticRegression(C=1e6).fit(*make(name)[:2]).score(*make(name)[:2])
        for name in ("xor", "spirals", "two_moons")
    }
    assert right["xor"] < 0.8
    assert right["spirals"] < 0.8
    assert 0.8 < right["two_moons"] < 0.95


def test_blobs_share_their_covariance():
    inputs, targets, _ = make("blobs", size=2000, spread=0.7, correlation=-0.5)
    for group in range(3):
        expected = 0.49 * np.array([[1, -0.5], [-0.5, 1]])
        np.testing.assert_allclose(np.cov(inputs[targets == group].T), expected, atol=0.06)


def test_far_points_pull_least_squares_and_not_the_logistic_loss():
    plain, pulled = make("two_gaussians_and_far_points", far=0), make("two_gaussians_and_far_points")
    assert np.array_equal(plain.inputs, pulled.inputs[:100])
    assert (pulled.targets[100:] == 1).all()
    assert (pulled.inputs[100:, 0] > 5).all()  # right already, for the boundary x1 = 0

    def right(model, data, signs):
        model.fit(data.inputs, 2 * data.targets - 1 if signs else data.targets)
        found = model.predict(plain.inputs)
        return np.mean((found > (0 if signs else 0.5)) == plain.targets)

    assert right(LinearRegression(), plain, True) > 0.97
    assert right(LinearRegression(), pulled, True) < 0.9
    assert right(LogisticRegression(C=1e3), pulled, False) > 0.97


@pytest.mark.parametrize("name", REAL)
def test_real_data_are_those_of_scikit_learn(name):
    from sklearn import datasets as theirs

    oracle = getattr(theirs, f"load_{name}")(**({"scaled": False} if name == "diabetes" else {}))
    data = make(name, size=REAL[name])
    inputs = data.inputs * (16 if name == "digits" else 1)
    mine, whole = (np.column_stack(pair) for pair in ((inputs, data.targets), (oracle.data, oracle.target)))
    assert np.array_equal(mine[np.lexsort(mine.T)], whole[np.lexsort(whole.T)])  # each once, in another order


@pytest.mark.parametrize("name", REAL)
def test_a_subset_takes_each_example_once(name):
    knob = settings(DATASETS[name].make)["size"].knob
    whole, part = make(name, size=knob.high), make(name, size=knob.low)
    assert np.array_equal(part.inputs, whole.inputs[: len(part.targets)])


def test_menu_and_data_need_neither_scikit_learn_s_second_nor_a_network():
    script = """
import sys
from datasets import DATASETS
assert "sklearn" not in sys.modules
def forbid(event, details):
    if event.startswith(("socket.connect", "socket.getaddrinfo", "urllib")):
        raise AssertionError(event)
sys.addaudithook(forbid)
for name, record in DATASETS.items():
    assert len(record.make().targets)
assert "sklearn" not in sys.modules  # its tables are read as they lie there
"""
    subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parent.parent, check=True, timeout=120)


# ---- split -----------------------------------------------------------------------------------------------------------


def rows(data):
    return np.column_stack([data.inputs, data.targets])


def numbered(counts):
    """Examples that are known by their first input; ``counts`` of each class, or of none for regression."""
    targets = np.repeat(np.arange(len(counts)), counts).astype(np.int64)
    inputs = np.stack([np.arange(len(targets)), targets], axis=1).astype(float)
    return Data(inputs, targets, len(counts))


@every_dataset
@pytest.mark.parametrize("share", [0, 0.2, 0.5, 0.9])
def test_split_covers_each_example_once(name, share):
    data = make(name)
    train, test = split(data, share, 3)
    assert len(test.targets) == round(share * len(data.targets))
    both, whole = np.concatenate([rows(train), rows(test)]), rows(data)
    assert np.array_equal(both[np.lexsort(both.T)], whole[np.lexsort(whole.T)])
    assert train.targets.dtype == test.targets.dtype == data.targets.dtype
    assert train.classes == test.classes == data.classes


@pytest.mark.parametrize("name", CLASSED)
@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.9])
def test_split_keeps_the_classes_in_proportion(name, share):
    data = make(name)
    train, test = split(data, share, 0)
    counts = np.bincount(data.targets)
    for part, fraction in ((train, 1 - share), (test, share)):
        assert (np.abs(np.bincount(part.targets, minlength=data.classes) - fraction * counts) <= 1).all()


@given(
    counts=st.lists(st.integers(1, 30), min_size=1, max_size=5), share=st.floats(0, 0.9), seed=st.integers(0, 999_999)
)
def test_any_split(counts, share, seed):
    data = numbered(counts)
    train, test = split(data, share, seed)
    assert len(train.targets) >= 1
    assert sorted([*train.inputs[:, 0], *test.inputs[:, 0]]) == list(range(sum(counts)))
    for part in (train, test):
        assert np.array_equal(part.inputs[:, 1], part.targets)  # inputs and targets stay together
    tested = len(test.targets) / len(data.targets)
    for group, count in enumerate(counts):
        assert abs(np.sum(test.targets == group) - tested * count) <= 1.5


def test_split_is_the_seeds():
    data = numbered([30, 20])
    assert same(split(data, 0.3, 7).train, split(data, 0.3, 7).train)
    assert not same(split(data, 0.3, 7).train, split(data, 0.3, 8).train)


def test_split_shuffles():
    """The classes neither stand in blocks nor take turns."""
    data = numbered([500, 500])
    train, _ = split(data, 0, 0)
    changes = np.mean(np.diff(train.targets) != 0)
    assert 0.4 < changes < 0.6
    assert abs(np.corrcoef(train.inputs[:, 0], np.arange(1000))[0, 1]) < 0.1


def test_a_larger_share_keeps_those_chosen_before():
    data = numbered([40, 30, 7])
    chosen = [set(split(data, share, 1).test.inputs[:, 0]) for share in (0.1, 0.3, 0.6, 0.9)]
    assert all(small < large for small, large in pairwise(chosen))


def test_one_example_is_for_training():
    train, test = split(numbered([1]), 0.9, 0)
    assert (len(train.targets), len(test.targets)) == (1, 0)
    assert test.inputs.shape == (0, 2)


@pytest.mark.parametrize("share", [1, 0.91, -0.1, math.nan, math.inf, -math.inf])
def test_a_share_that_makes_no_sense(share):
    with pytest.raises(ValueError, match=rf"test is {share}; it must be from 0 to 0\.9"):
        split(numbered([5, 5]), share, 0)


def test_nothing_to_split():
    with pytest.raises(ValueError, match="no examples"):
        split(Data(np.zeros((0, 2)), np.zeros(0)), 0.5, 0)


# ---- standardised ----------------------------------------------------------------------------------------------------


@every_dataset
def test_standardised(name):
    before = split(make(name), 0.3, 0)
    after = standardised(before)
    inputs = after.train.inputs
    constant = np.ptp(before.train.inputs, axis=0) == 0
    assert constant.any() == (name == "digits")
    np.testing.assert_allclose(inputs[:, ~constant].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(inputs[:, ~constant].std(axis=0), 1, rtol=1e-12)
    oracle = StandardScaler().fit(before.train.inputs)
    for mine, raw in zip(after, before, strict=True):
        np.testing.assert_allclose(
            mine.inputs[:, ~constant], oracle.transform(raw.inputs)[:, ~constant], rtol=1e-9, atol=1e-12
        )
        assert np.array_equal(mine.inputs[:, constant], raw.inputs[:, constant])
        assert np.array_equal(mine.targets, raw.targets)
        assert np.isfinite(mine.inputs).all()


def test_the_test_examples_have_no_say():
    whole = split(make("wine"), 0.5, 0)
    other = whole._replace(test=whole.test._replace(inputs=1000 * whole.test.inputs))
    assert np.array_equal(standardised(whole).train.inputs, standardised(other).train.inputs)


def test_a_constant_feature_is_left_alone():
    inputs = np.stack([np.full(10, 0.1), np.arange(10.0)], axis=1)  # the mean of ten 0.1 is not 0.1
    parts = split(Data(inputs, np.zeros(10)), 0.3, 0)
    parts.test.inputs[:, 0] = 5
    train, test = standardised(parts)
    assert (train.inputs[:, 0] == 0.1).all()
    assert (test.inputs[:, 0] == 5).all()


def test_one_training_example_or_no_test_example():
    for parts in (split(numbered([2]), 0.5, 0), split(numbered([5]), 0, 0)):
        for data in standardised(parts):
            assert np.isfinite(data.inputs).all()


def test_parity_is_the_sum_of_the_bits_and_the_whole_table():
    data = make("parity")
    assert len({*map(tuple, data.inputs.astype(int).tolist())}) == len(data.inputs) == 256
    np.testing.assert_array_equal(data.targets, data.inputs.sum(axis=1) % 2)
    for left_out in range(8):  # seven bits tell nothing of the class
        seven = np.delete(data.inputs, left_out, axis=1)
        pairs = {}
        for bits, kind in zip(map(tuple, seven), data.targets, strict=True):
            pairs.setdefault(bits, set()).add(int(kind))
        assert all(kinds == {0, 1} for kinds in pairs.values())
