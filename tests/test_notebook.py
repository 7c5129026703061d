"""What a notebook shows of a path and of a point is what they hold."""

import re

import numpy as np

from engine import critical_points, descend, inspect
from engine.notebook import ROWS


def cells(html):
    """The rows of a table, each as its cells."""
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)]


def test_a_path_is_one_row():
    path = descend("booth", "momentum", start=(0.0, 0.0), steps=300, learning_rate=0.01)
    html = path._repr_html_()
    assert "<caption>300 steps</caption>" in html
    head, row = cells(html)
    shown = dict(zip(head, row, strict=True))
    assert (shown["start"], shown["loss there"]) == ("(0, 0)", "74")
    assert shown["last θ"] == f"({path.params[-1, 0]:.6g}, {path.params[-1, 1]:.6g})"
    assert shown["last loss"] == f"{path.loss[-1]:.6g}"
    assert shown["lowest loss, at step"] == f"{path.loss.min():.6g} at {path.loss.argmin()}"
    assert shown["diverged"] == ""


def test_of_a_path_that_diverged_the_last_finite_row_is_shown():
    lost = descend("booth", start=(0.0, 0.0), steps=500, learning_rate=10.0)
    shown = dict(zip(*cells(lost._repr_html_()), strict=True))
    assert shown["diverged"] == f"at step {lost.diverged_at}"
    assert shown["last loss"] == f"{lost.loss[lost.diverged_at - 1]:.6g}"
    nowhere = descend("booth", start=(np.nan, 0.0), steps=5)
    assert cells(nowhere._repr_html_())[1][-1] == "at the start"
    nowhere.figure()


def test_many_starts_are_a_row_each_and_some_are_left_out():
    starts = np.random.default_rng(0).uniform(-1, 1, (ROWS + 5, 2))
    many = descend("booth", start=starts, steps=4, learning_rate=0.01)
    rows = cells(many._repr_html_())
    assert len(rows) == ROWS + 2
    assert rows[-1] == ["… 5 more"]
    assert len({trace.legendgroup for trace in many.figure().data}) == ROWS


def test_the_figure_of_a_path_holds_its_rows():
    path = descend("rosenbrock", "adam", steps=50, learning_rate=0.05)
    loss, norm, way = path.figure().data
    np.testing.assert_array_equal(loss.y, path.loss)
    np.testing.assert_array_equal(norm.y, path.gradient_norm)
    np.testing.assert_array_equal(np.stack([way.x, way.y], axis=1), path.params)
    assert len(descend(lambda point: point @ point, start=np.ones(5), steps=3).figure().data) == 2


def test_a_point_shows_its_verdict_and_its_numbers():
    saddle = next(point for point in critical_points("himmelblau") if point.kind == "saddle")
    html = saddle._repr_html_()
    assert "<caption>saddle</caption>" in html
    shown = dict(cells(html)[1:])
    assert shown["loss"] == f"{saddle.loss:.6g}"
    assert shown["positive, zero, negative"] == "1, 0, 1"
    bars, *cuts = saddle.figure().data
    np.testing.assert_array_equal(bars.y, saddle.eigenvalues)
    for cut, value in zip(cuts, saddle.eigenvalues, strict=True):
        np.testing.assert_allclose(cut.y - saddle.loss, value / 2 * np.array(cut.x) ** 2, atol=1e-9)


def test_of_many_eigenvalues_both_ends_are_drawn():
    point = inspect(lambda at: np.arange(40.0) @ at**2, np.zeros(40))
    bars, *cuts = point.figure().data
    assert [*bars.x] == [f"λ{number}" for number in (1, 2, 3, 4, 5, 6, 35, 36, 37, 38, 39, 40)]
    assert len(cuts) == ROWS


def test_where_nothing_is_known_nothing_is_drawn():
    point = inspect("ackley", (0.0, 0.0))
    assert point.kind == "not smooth"
    assert "not smooth" in point._repr_html_()
    assert np.isnan(point.figure().data[0].y).all()
