"""Two batches, two surfaces: what rests on one goes on on the other, and the picture's numbers are those."""

from dataclasses import replace

import numpy as np
import pytest

from engine.curvature.points import inspect
from engine.measures.batch_surfaces import ROWS, first_batches, surfaces, walk
from engine.networks.batches import Batches
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import initial
from engine.surfaces.experiment import lane
from lessons import LESSONS
from views.batches.surfaces import rate_of

LINE = NetworkExperiment.on("sine", lane("gradient_descent", learning_rate=0.1), depth=0, test=0.0)


def start(net):
    return initial(net.architecture, net.seed, net.scheme)


def test_the_batches_are_the_first_two_of_a_training():
    rows = first_batches(LINE, 8)
    np.testing.assert_array_equal(rows, Batches(LINE.points, 8, LINE.seed).take(2))
    assert len(set(rows.ravel().tolist())) == 16
    with pytest.raises(ValueError, match="two batches of 51 need 102 examples, and there are 100"):
        first_batches(LINE, 51)


def test_on_a_line_it_rests_where_least_squares_is():
    """Of each batch alone, to rounding; and where the first rests the second does not."""
    found = walk(LINE, start(LINE), 8, 0.1, 20)
    points = LINE.examples.train
    for number, row in enumerate((ROWS, 2 * ROWS)):
        some = first_batches(LINE, 8)[number]
        slope, shift = np.polyfit(points.inputs[some, 0], points.targets[some], 1)
        np.testing.assert_allclose(found.path[row], [slope, shift], atol=1e-9)
        assert found.norms[row, number] < 1e-9
        assert found.norms[row, 1 - number] > 0.1
    make, data = LINE.surface()
    for row in (0, ROWS, 2 * ROWS):  # the third column is of all examples
        here = inspect(make, found.path[row], **data)
        assert found.losses[row, 2] == pytest.approx(here.loss, rel=1e-12)
        assert found.norms[row, 2] == pytest.approx(here.gradient_norm, rel=1e-9, abs=1e-12)
    assert found.steps[[0, ROWS, -1]].tolist() == [0, 2000, 4000]


def test_two_parameters_hide_nothing():
    shown = surfaces(LINE, start(LINE), 8, 0.1, 5)
    assert shown.exact
    np.testing.assert_allclose(shown.plane.points(shown.plane.shadow(shown.walk.path)), shown.walk.path, atol=1e-9)
    deep = replace(LINE, depth=1, width=3)
    shown = surfaces(deep, start(deep), 8, 0.1, 5)
    assert not shown.exact
    ends = shown.walk.path[[0, ROWS, -1]]
    np.testing.assert_allclose(shown.plane.points(shown.plane.shadow(ends)), ends, atol=1e-9)
    assert all(relief.lines for relief in shown.reliefs)


def test_what_diverges_has_no_picture():
    assert surfaces(LINE, start(LINE), 8, 1e3, 5) is None


def test_the_same_examples_twice_are_one_surface():
    """All points lie on a line: each batch is satisfied where the other is."""
    exact = NetworkExperiment.on(
        "line_with_outliers", lane("gradient_descent"), knobs={"noise": 0, "outliers": 0}, depth=0, test=0.0
    )
    shown = surfaces(exact, start(exact), 16, 0.3, 20)
    assert shown.walk.norms[ROWS].max() < 1e-9


def test_what_the_demonstration_says():
    line, deep, large = LESSONS["every_batch_has_its_own_surface"].stages
    assert line.net == large.net
    norms = []
    for stage in (line, deep, large):
        net = stage.net
        found = walk(net, start(net), int(stage.settings.pair or 4), rate_of(net), net.steps // ROWS)
        norms.append(found.norms[ROWS])
    assert norms[0][0] < 1e-9 and norms[0][1] == pytest.approx(1.6, abs=0.05)
    assert norms[1][0] < 1e-3 and norms[1][1] == pytest.approx(0.8, abs=0.06)
    assert norms[2][0] < 1e-9 and norms[2][1] == pytest.approx(0.9, abs=0.05)
