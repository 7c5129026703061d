"""Many descents at once: each ends where it ends alone, to the last bit."""

import numpy as np
import pytest

from engine.surfaces.descent import descend
from engine.surfaces.many import CALL, Many, ends
from landscapes import LANDSCAPES


@pytest.mark.parametrize(
    ("surface", "rule", "low", "high"),
    [("himmelblau", "momentum", 1e-3, 0.1), ("rosenbrock", "adam", 1e-3, 1.0), ("booth", "gradient_descent", 0.01, 1)],
)
def test_a_lane_ends_where_it_ends_alone(surface, rule, low, high):
    rng = np.random.default_rng(0)
    window = np.array(LANDSCAPES[surface].window)
    starts, rates = rng.uniform(window[:, 0], window[:, 1], (200, 2)), np.geomspace(low, high, 200)
    seen = ends(Many(surface, rule, starts, 1100, {"learning_rate": rates}, target=1e-3))
    assert (seen.diverged_at >= 0).any() == (rule != "adam")
    for lane in range(0, 200, 8):
        path = descend(surface, rule, starts[lane], 1100, learning_rate=rates[lane], terms=False)
        assert path.diverged_at == seen.diverged_at[lane]
        below = np.flatnonzero(path.loss[: max(path.diverged_at, 0) or None] <= 1e-3)
        assert seen.reached[lane] == (below[0] if below.size else -1)
        row = path.diverged_at if path.diverged_at >= 0 else -1
        np.testing.assert_array_equal(path.params[row], seen.params[lane])
        np.testing.assert_array_equal(path.loss[row], seen.loss[lane])


def test_noise_schedules_knobs_and_stops_are_those_of_a_single_run():
    many = Many(
        "himmelblau", "momentum", (0.5, 0.5), 200, {"learning_rate": 0.002}, schedule="cosine", noise=3.0, seed=7,
        stop=np.arange(201),
    )  # fmt: skip
    path = descend("himmelblau", "momentum", (0.5, 0.5), 200, learning_rate=0.002, schedule="cosine", noise=3.0, seed=7)
    np.testing.assert_array_equal(ends(many).params, path.params)


def test_what_differs_from_lane_to_lane_is_that_lanes():
    """Noise and schedules of their own: made within the program, and not from a table."""
    noise, warmup = np.array([0.0, 1.0, 2.0]), np.array([0.0, 10.0, 50.0])
    many = Many(
        "himmelblau", "adam", (0.5, 0.5), np.array([90, 100, 110]), {"learning_rate": 0.01}, schedule="cosine",
        schedule_knobs={"warmup": warmup}, noise=noise, seed=7,
    )  # fmt: skip
    for number, end in enumerate(ends(many).params):
        own = {"noise": noise[number], "schedule_knobs": {"warmup": warmup[number]}}
        path = descend(
            "himmelblau", "adam", (0.5, 0.5), 90 + 10 * number, learning_rate=0.01, schedule="cosine", seed=7, **own
        )
        np.testing.assert_allclose(end, path.params[-1], rtol=1e-12)


def test_a_chaotic_run_has_the_same_bits_with_its_terms_and_from_one_start_or_many():
    starts = np.random.default_rng(1).uniform(-5, 5, (40, 2))
    paths = [descend("himmelblau", "rmsprop", starts, 300, terms=terms, learning_rate=0.3) for terms in (False, True)]
    alone = descend("himmelblau", "rmsprop", starts[7], 300, learning_rate=0.3)
    found = ends(Many("himmelblau", "rmsprop", starts, 300, {"learning_rate": 0.3})).params
    for path in paths:
        np.testing.assert_array_equal(path.params[:, -1], found)
    np.testing.assert_array_equal(alone.params[-1], found[7])


def test_a_path_that_ends_early_or_leaves_in_between_is_seen_though_nobody_looks_at_each_step():
    """A hundred rates around the one at which gradient descent on a parabola diverges, and one path that is at rest."""
    rates = np.append(np.linspace(0.9, 2.2, 100), 0.5)  # on x²/2 + …: it diverges beyond 2
    starts = np.vstack([np.tile((1.0, 0.0), (100, 1)), (0.0, 0.0)])
    seen = ends(Many("narrow_valley", "gradient_descent", starts, 700, {"learning_rate": rates}, {"condition": 1.0}))
    for lane in (0, 50, 84, 85, 90, 99, 100):
        path = descend(
            "narrow_valley", start=starts[lane], steps=700, knobs={"condition": 1.0}, learning_rate=rates[lane]
        )
        assert seen.diverged_at[lane] == path.diverged_at
        np.testing.assert_array_equal(seen.params[lane], path.params[path.diverged_at])


def test_a_budget_counts_gradients():
    seen = ends(Many("himmelblau", "sam", (0.5, 0.5), 100, {"learning_rate": 0.001}, budget=np.array([10.0, 200.0])))
    assert seen.evaluations.tolist() == [10.0, 200.0]


def test_more_lanes_than_a_call_holds_keep_their_order():
    starts = np.linspace((-1.0, -1.0), (1.0, 1.0), CALL + 7)
    seen = ends(Many("booth", "gradient_descent", starts, 3, {"learning_rate": 0.01}))
    few = ends(Many("booth", "gradient_descent", starts[[0, CALL, -1]], 3, {"learning_rate": 0.01}))
    np.testing.assert_array_equal(seen.params[[0, CALL, -1]], few.params)


def test_a_start_of_the_wrong_shape_is_told():
    with pytest.raises(ValueError, match="start must have shape"):
        ends(Many("booth", start=(1.0, 2.0, 3.0), optimizer="adam"))
