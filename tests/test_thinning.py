"""A long run as it is drawn: no stroke that nobody took, no curve that goes where it was not, nothing lost."""

import numpy as np
import pytest

from engine import descend
from engine.surfaces.thinning import FINEST, between, frames, last_step, strokes

LOW, HIGH = np.array([-10.0, -10.0]), np.array([10.0, 10.0])
CELL = 2 * 20 / FINEST * np.sqrt(2)  # farthest apart that two places of a cell near the middle are, about


def drawn(found, places):
    """The strokes as pairs of places, (k, 2, 2)."""
    to = np.flatnonzero(found.drawn)
    return np.stack([places[found.steps[to - 1]], places[found.steps[to]]], axis=1)


def test_a_path_that_bounces_is_drawn_as_it_bounces():
    """E2: from +4 to −4 at every step, while it creeps along the valley. Thinned by steps it was a row of W and M."""
    path = descend(
        "narrow_valley", "gradient_descent", (-9.0, 4.0), 100_000, knobs={"condition": 1e4}, learning_rate=2.0
    ).params
    found = strokes(path, LOW, HIGH, 2500)
    lines = drawn(found, path)
    assert 200 < len(lines) < 2500
    assert np.abs(lines[:, 0, 0] - lines[:, 1, 0]).max() < CELL  # all upright
    np.testing.assert_allclose(np.abs(lines[:, :, 1]), 4.0, atol=1e-6)
    across = np.sort(lines[:, 0, 0])
    assert np.diff(across).max() < CELL  # and none is missing: together they cover what the path covers
    assert (across[0], across[-1]) == pytest.approx((-9, 0), abs=CELL)


@pytest.mark.parametrize("rate", [0.02, 0.5])
def test_a_path_that_creeps_is_one_line(rate):
    path = descend(
        "narrow_valley", "gradient_descent", (-9.0, 4.0), 20_000, knobs={"condition": 1e4}, learning_rate=rate
    ).params
    found = strokes(path, LOW, HIGH, 2500)
    assert found.drawn[1:].all() and not found.drawn[0]
    corners = path[found.steps]
    far = [np.linalg.norm(corners - place, axis=1).min() for place in path[::50]]
    assert max(far) < CELL


def test_what_goes_round_is_drawn_once_around():
    turn = 2 * np.pi * np.arange(20_000) * 0.00731
    circle = 5 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    lines = drawn(strokes(circle, LOW, HIGH, 2500), circle)
    assert len(lines) < 1500
    lengths = np.linalg.norm(lines[:, 0] - lines[:, 1], axis=1)
    assert lengths.max() < 2 * 5 * np.sin(np.pi * 0.00731) + 2 * CELL  # no chord across it
    angles = np.sort(np.arctan2(lines[:, 1, 1], lines[:, 1, 0]))
    assert np.diff(angles).max() < 0.1


def test_of_noise_some_strokes_are_drawn_as_they_were():
    path = np.random.default_rng(0).normal(size=(30_000, 2)) * 4
    found = strokes(path, LOW, HIGH, 1000)
    assert len(found.steps) <= 1001
    lines = drawn(found, path)
    steps = found.steps[found.drawn]
    before = np.linalg.norm(lines[:, 0] - path[steps - 1], axis=1)
    assert before.max() < 20 * CELL  # cells are as wide as they get
    assert steps[100] < 200  # the beginning is complete
    assert steps[-1] > 29_000


@pytest.mark.parametrize("end", [0, 1, 5, 999])
def test_all_steps_of_a_short_run(end):
    np.testing.assert_array_equal(frames(end, 1000), np.arange(end + 1))


def test_frames_of_a_long_run():
    kept = frames(100_000, 1000, (777, 55_555, -1, 200_000))
    assert len(kept) <= 1000
    assert {0, 777, 55_555, 99_999, 100_000} <= set(kept.tolist())
    assert (np.diff(kept) > 0).all()
    assert np.diff(kept).max() < 300
    assert (kept < 50).sum() > 20


def test_between_frames_nothing_is_lost():
    curve = np.sin(np.arange(10_001.0) * 2.2) * np.linspace(1, 3, 10_001)
    curve[7] = np.nan
    curve[5000] = 99.0
    kept = frames(10_000, 300)
    least, most = between(curve, kept)
    for i, (first, after) in enumerate(zip(kept, [*kept[1:], 10_001], strict=True)):
        part = curve[first:after]
        part = part[np.isfinite(part)]
        if part.size:
            assert (least[i], most[i]) == (part.min(), part.max())
    assert np.nanmax(most) == 99
    assert len(least) == len(kept)


def test_the_last_step_is_one_that_can_be_drawn():
    lost = descend("booth", "gradient_descent", (0.0, 0.0), 2000, learning_rate=1.0)
    assert lost.diverged_at >= 0
    assert np.isfinite(lost.params[last_step(lost)]).all()
    assert last_step(descend("booth", "gradient_descent", (0.0, 0.0), 50, learning_rate=0.01)) == 50
