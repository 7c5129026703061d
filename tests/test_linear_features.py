"""Past values, if-conditions, grids: what is shown is what scikit-learn, NumPy and brute force say."""

import itertools

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from test_pages import charts, drawn
from test_pages import visit as visit_page

from engine.measures import cases, enumeration
from engine.measures.windows import LONGEST, TESTED, daily_views, windowed
from lessons import LESSONS
from settings.normalisation import Normalisation
from views.kit.text import CATALOGUE

WORDS = CATALOGUE["normalisation"]


def visit(link, lang="en"):
    return visit_page(link, lang, "normalisation")


# ---- past values -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("window", [1, 7, 56])
def test_windows_are_linear_regressions(window):
    series = daily_views(400, 0.3, 5)
    found = windowed(series, window)
    rows = np.array([series[day - window : day][::-1] for day in range(LONGEST, 400)])
    learned = found.first_tested - LONGEST
    assert learned == 400 - LONGEST - round(TESTED * 400)
    model = LinearRegression().fit(rows[:learned], series[LONGEST:][:learned])
    said = model.predict(rows)
    np.testing.assert_allclose(found.predicted, said, atol=1e-8)
    wrong = (said - series[LONGEST:]) ** 2
    assert found.train[window - 1] == pytest.approx(np.sqrt(wrong[:learned].mean()))
    assert found.test[window - 1] == pytest.approx(np.sqrt(wrong[learned:].mean()))
    np.testing.assert_array_equal(found.truth, series[LONGEST:])
    assert (np.diff(found.train) < 1e-9).all()  # more features never fit worse


def test_a_clean_period_is_predicted_by_a_window_of_it():
    """Without noise and drift seven days are enough for a week."""
    series = np.tile([1.0, 2, 3, 4, 5, -3, -4], 60)
    found = windowed(series, 7)
    assert found.test[5] < 1e-9 or found.test[6] < 1e-9
    assert found.test[0] > 1
    assert found.test[6] < 1e-9


def test_too_few_days():
    with pytest.raises(ValueError, match="window must lie between 1 and 56, not 57"):
        windowed(daily_views(400, 0.3), 57)
    with pytest.raises(ValueError, match="100 days are too few"):
        windowed(daily_views(100, 0.3), 7)
    windowed(daily_views(280, 1.0), 56)  # the least that the slider has


# ---- if-conditions ---------------------------------------------------------------------------------------------------


def test_cases_are_a_line_for_each_kind():
    given = cases.examples(90, 0.5)
    own = cases.fitted("own", given)
    learned = 63
    for kind, line in enumerate(own.lines):
        here = given.kind[:learned] == kind
        slope, shift = np.polyfit(given.x[:learned][here], given.y[:learned][here], 1)
        np.testing.assert_allclose(line, [shift, slope], rtol=1e-9)
    one = cases.fitted("one", given)
    slope, shift = np.polyfit(given.x[:learned], given.y[:learned], 1)
    np.testing.assert_allclose(one.lines, [[shift, slope]] * 3, rtol=1e-9)
    parallel = cases.fitted("own_b", given).lines
    assert np.ptp(parallel[:, 1]) < 1e-9 < np.ptp(parallel[:, 0])
    assert own.train < cases.fitted("own_b", given).train < one.train


def test_delta_features_are_indicators():
    names, rows = cases.features("own", np.array([2.0, 3.0]), np.array([0, 2]))
    assert names == ("δ₁", "δ₂", "δ₃", "δ₁ x", "δ₂ x", "δ₃ x")
    np.testing.assert_array_equal(rows, [[1, 0, 0, 2, 0, 0], [0, 0, 1, 0, 0, 3]])
    exact = cases.fitted("own", cases.examples(90, 0.0))
    np.testing.assert_allclose(exact.lines, cases.KINDS, atol=1e-9)


# ---- enumerate or descend --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("d", "per_axis"), [(1, 7), (2, 5), (3, 4)])
def test_the_grid_is_tried_whole(d, per_axis):
    x, y = enumeration.surface(d)
    every = np.array([*itertools.product(enumeration.values(per_axis), repeat=d)])
    found = enumeration.raced(d, per_axis)
    assert found.points == len(every) == per_axis**d
    assert found.best == pytest.approx(np.mean((every @ x.T - y) ** 2, axis=1).min())
    residual = LinearRegression().fit(x, y).predict(x) - y
    assert found.lowest == pytest.approx(np.mean(residual**2)) and found.lowest <= found.best
    last = enumeration.losses(x, y, found.path[-1:])[0]
    assert last <= found.best
    if found.steps:
        assert enumeration.losses(x, y, found.path[-2:-1])[0] > found.best


def test_a_grid_that_is_too_large_is_only_counted():
    found = enumeration.raced(12, 21)
    assert found.points == 21**12
    assert np.isnan(found.best)
    x, y = enumeration.surface(12)
    assert enumeration.losses(x, y, found.path[-1:])[0] <= found.lowest + 0.1 * enumeration.NOISE**2
    assert found.steps < enumeration.STEPS


# ---- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("topic", "count"), [("window", 2), ("cases", 1), ("grid", 2)])
def test_every_topic_is_drawn(topic, count, lang):
    page = visit(f"linear={topic}&net=depth~0", lang)
    assert len(charts(page)) == count
    assert not page.warning
    assert CATALOGUE["normalisation"][f"linear_{topic}"].within(lang)


def test_sliders_reach_their_ends():
    for link in ("past=56&days=280&past_noise=1", "past=1&days=1000&past_noise=0"):
        errors, days = charts(visit(f"linear=window&net=depth~0&{link}"))
        assert len(drawn(errors, "line")) == 2 and len(drawn(days, "line")) == 2
    assert len(charts(visit("linear=grid&net=depth~0&per_axis=21"))) == 2


def test_what_the_demonstrations_say():
    found = windowed(daily_views(Normalisation().days, Normalisation().past_noise), 7)
    said = [(1, 1.26, 1.23), (7, 0.88, 0.90), (28, 0.32, 0.42), (56, 0.28, 0.44)]
    stages = LESSONS["a_window_of_past_values"].stages
    assert [stage.settings.past for stage in stages] == [window for window, *_ in said]
    for stage, (window, train, test) in zip(stages, said, strict=True):
        assert (found.train[window - 1], found.test[window - 1]) == pytest.approx((train, test), abs=0.005)
        assert f"{train:.2f}" in stage.about and f"{test:.2f}" in stage.about and f"{test:.2f}" in stage.about.zh
    given = cases.examples(90, Normalisation().cases_noise)
    for name, wrong in (("one", (4.5, 5.3)), ("own_b", (0.89, 0.90)), ("own", (0.24, 0.23))):
        model = cases.fitted(name, given)
        assert (model.train, model.test) == pytest.approx(wrong, abs=0.05 if name == "one" else 0.007)
    two, four, many = (enumeration.raced(d, 11) for d in (2, 4, 12))
    assert (two.points, four.points, two.steps) == (121, 14641, 6)
    assert two.best == pytest.approx(0.089, abs=5e-4) and many.points > 1e12 and max(four.steps, many.steps) < 10
    coarse = enumeration.raced(2, 5)
    assert (coarse.points, coarse.best, coarse.lowest) == (
        25, pytest.approx(0.30, abs=5e-3), pytest.approx(0.087, abs=5e-4),
    )  # fmt: skip
