"""Maps of networks: a cell is the training that is replayed, and that which others compute."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from engine import NetworkExperiment, lane, train
from engine.maps.figures import figures
from engine.maps.first import first_limits
from engine.maps.grid import seen
from engine.maps.measures import measures_of
from engine.maps.trained import FITTED, TrainingMap
from engine.networks.experiment import unsuited
from engine.networks.many import LATE, MOST
from engine.networks.network import initial, unravelled
from engine.networks.objective import constant_loss, objective
from engine.networks.training import finish
from lessons import LESSONS
from settings.maps import SMALL, Maps
from views.maps import trial
from views.maps.picture import asked
from views.maps.stage import _trainings_groups
from views.session.said import read

NET = NetworkExperiment.on(
    "sine", lane("gradient_descent", learning_rate=0.1), lane("adam", learning_rate=0.1),
    depth=1, width=4, subset=8, test=0.0, decay=1e-3, steps=60,
)  # fmt: skip
MAP = TrainingMap(NET, "rule.learning_rate", "output", (0.01, 30.0, 0.01, 30.0), side=16)


@pytest.fixture(scope="module")
def cells():
    found = seen(MAP)
    return found, {name: measure.of(found) for name, measure in measures_of("network").items()}


def test_a_cell_is_the_training_that_is_replayed(cells):
    """To the last bit; and every measure is that of its curve."""
    found, measured = cells
    across, up = MAP.lattice.cells
    limit = FITTED * constant_loss("mse", 0, 1, NET.examples.train.targets)
    kinds = set()
    for cell in np.random.default_rng(0).choice(len(across), 24, replace=False):
        here = MAP.behind(float(across[cell]), float(up[cell]))
        losses = []
        for row, number in enumerate(MAP.lanes):
            rows, path = here.run(number)
            ends = found.ends[row]
            assert rows.tolist() == list(range(NET.steps + 1))
            np.testing.assert_array_equal(path.params[-1], ends.params[cell])
            np.testing.assert_array_equal(path.loss[-1], ends.loss[cell])
            np.testing.assert_array_equal(path.gradient_norm[-1], ends.gradient_norm[cell])
            lost = path.diverged_at[-1]
            curve = path.loss.copy()
            curve[lost if lost >= 0 else len(curve) :] = np.inf
            below = np.flatnonzero(curve <= limit)
            np.testing.assert_array_equal(measured["fitted"][row, cell], below[0] if below.size else np.nan)
            np.testing.assert_array_equal(measured["divergence"][row, cell], lost if lost >= 0 else np.nan)
            np.testing.assert_array_equal(measured["loss"][row, cell], curve[-1] if lost < 0 else np.nan)
            sizes = np.minimum(curve / curve[0], MOST)
            converged = sizes[-LATE:].mean() < 1
            expected = -sizes.sum() if converged else (1 / sizes).sum()
            np.testing.assert_allclose(measured["trained"][row, cell], expected, rtol=1e-12)
            kinds.add((bool(converged), lost >= 0))
            losses.append(curve[-1])
        if measured["winner"][0, cell] >= 0:
            assert losses[int(measured["winner"][0, cell])] == min(losses)
    assert kinds >= {(True, False), (False, True)}


def test_two_learning_rates_are_two_for_a_hand_written_descent(cells):
    """Of gradient descent, each layer with its own."""
    found, _ = cells
    make, data = NET.surface()
    slope = jax.jit(jax.grad(make(**data)))
    across, up = MAP.lattice.cells
    is_last = {name: np.full(part.shape, name.endswith("_2"))
               for name, part in unravelled(NET.architecture, np.zeros(NET.size)).items()}  # fmt: skip
    last = np.concatenate([is_last[name].ravel() for name in is_last])
    for cell in (17, 100, 120):
        theta = initial(NET.architecture, NET.seed, NET.scheme)
        for _ in range(NET.steps):
            theta = theta - np.where(last, up[cell], across[cell]) * np.asarray(slope(theta))
        if np.isfinite(found.ends[0].loss[cell]):
            np.testing.assert_allclose(found.ends[0].params[cell], theta, rtol=1e-7, atol=1e-9)


def test_one_learning_rate_is_the_training_of_the_page_networks():
    """Another program does the same, to rounding."""
    here = TrainingMap(NET, "net.scale", "net.decay")
    taken = here.behind(0.5, 0.01)
    last = finish(train(taken.net.plan, *taken.net.examples.train[:2]))
    for row, number in enumerate(here.lanes):
        _, path = taken.run(number)
        np.testing.assert_allclose(path.loss, last.objective[row, 0], rtol=1e-6)


def test_what_a_map_cannot_train_is_told():
    assert TrainingMap(SMALL).problem == "" and TrainingMap(SMALL).trouble is None
    assert TrainingMap(replace(SMALL, batch=4)).aside and not TrainingMap(SMALL).aside
    large = TrainingMap(replace(SMALL, width=256, depth=3))
    assert large.trouble.problem == "large" and large.seconds == np.inf
    dense = TrainingMap(replace(SMALL, width=64, lanes=(lane("newton", learning_rate=1.0),)))
    assert dense.trouble.problem == "dense"
    assert not unsuited(SMALL)


def test_the_run_beside_is_had_by_its_link():
    wish = Maps(over="network", across="rule.learning_rate", up="output", output=0.3)
    of = trial.asked(read(NET.to_link())[0], wish, "en")
    told, columns = trial.trial(of)
    assert [each["number"] for each in told["lanes"]] == [0, 1] and told["steps"] == NET.steps
    assert len(columns) == 6 and all(len(column) <= NET.steps + 1 for column in columns)
    mapped = asked(read(NET.to_link())[0], wish, "en").map
    moved = mapped.behind(0.7, 0.02)
    assert moved.output == 0.02 and moved.base == mapped.base


# ---- what the demonstrations say -------------------------------------------------------------------------------------


def converged(name, stage=0, side=64):
    """Which trainings of a demonstration's map converge, (side, side), and the numbers along its axes."""
    shown = LESSONS[name].stages[stage]
    here = shown.settings.map_of(None, shown.net, side)
    return here.ends(0).trained.reshape(side, side) < 0, *here.lattice.centres


def test_the_edge_of_trainability_frays_the_closer_one_looks():
    edges = [converged("fractal_edge_of_trainability", stage)[0] for stage in (0, 2)]
    far, near = (figures(edge.astype(int)).dimension.value for edge in edges)
    assert far < 1.1 and near > 1.4


def test_larger_first_weights_want_a_smaller_rate():
    trained, rates, scales = converged("first_weights_and_the_rate")
    largest = np.array([rates[row].max() for row in trained])
    assert largest[0] == pytest.approx(0.8, abs=0.1) and largest[np.abs(scales - 10).argmin()] == pytest.approx(
        0.1, abs=0.02
    )


def test_momentum_bears_a_smaller_rate_in_a_network():
    trained, rates, factors = converged("momentum_bears_less_in_a_network")
    largest = np.array([rates[row].max() for row in trained])
    assert largest[0] == pytest.approx(0.4, abs=0.05)
    assert largest[np.abs(factors - 0.98).argmin()] == pytest.approx(0.2, abs=0.06)


def test_no_move_compiles(cells):
    counted = []
    jax.monitoring.register_event_duration_secs_listener(
        lambda event, *_, **__: counted.append(event) if event.endswith("backend_compile_duration") else None
    )
    rng = np.random.default_rng(1)
    able = list(MAP.able)
    for _ in range(100):
        across, up = rng.choice(able, 2, replace=False)
        low = rng.uniform(0.001, 0.4)
        lanes = tuple(
            replace(each, optimizer=each.optimizer.with_values(learning_rate=rng.uniform(0.01, 1)))
            for each in NET.lanes
        )
        moved = replace(NET, lanes=lanes, steps=int(rng.integers(1, 4)), scale=rng.uniform(0.1, 2), decay=0.1)
        here = TrainingMap(moved, across, up, (low, 2 * low, low, 2 * low), 8, rng.uniform(0.1, 1))
        assert len(seen(here).ends) == 2
    assert counted == []


def test_the_limit_at_the_first_weights_is_that_of_the_first_steps():
    """Along the line η/η' the largest factor at which gradient descent on the second-order model does not grow; and
    where a penalty makes the surface nearly quadratic, it is the edge that is measured."""
    (limit, _), across, up = _line(MAP), "rule.learning_rate", "output"
    own = NET.alone(0)
    part, theta = own.examples.train, initial(own.architecture, own.seed, own.scheme, own.scale)
    surface = objective(own.architecture, "mse")(part.inputs, part.targets, NET.decay)
    matrix = np.asarray(jax.hessian(surface)(theta))
    for rate, other in limit[[0, 40, 90, -1]]:
        rates = np.where(np.arange(theta.size) < theta.size - 5, rate, other)  # four weights and a bias at the end
        assert np.linalg.eigvals(np.eye(theta.size) - rates[:, None] * matrix).real.min() == pytest.approx(-1, abs=1e-9)
    turned, _ = _line(replace(MAP, across=up, up=across))
    np.testing.assert_allclose(turned[:, ::-1], limit)


def test_beyond_the_limit_of_the_first_weights_a_strong_penalty_is_not_borne():
    here = TrainingMap(SMALL, "rule.learning_rate", "net.decay", (0.01, 100.0, 0.01, 10.0), side=16)
    line, _ = _line(here)
    across, up = here.lattice.cells
    trained = measures_of("network")["trained"].of(seen(here))[0]
    limit = np.interp(up, line[:, 1], line[:, 0])
    assert (trained[across < limit] < 0).all()
    strong = up > 1
    assert (trained[strong & (across > 1.5 * limit)] > 0).all()


def test_no_limit_at_the_first_weights_is_drawn_where_none_is_known():
    """Adam's depends on its σ; a schedule changes the rate; a last layer with a fixed rate has no line through 0."""
    (theory,) = first_limits(MAP)
    assert theory.lane == 0
    assert not first_limits(replace(MAP, across="net.scale", up="net.decay"))
    assert not first_limits(replace(MAP, up="net.decay", output=0.1))
    planned = NetworkExperiment.on("sine", lane("gradient_descent", "cosine", learning_rate=0.1), depth=1, width=4)
    assert not first_limits(replace(MAP, net=planned))


def _line(map):
    """Of the first lane (S, 2), and λmax."""
    theory = first_limits(map)[0]
    return np.array(theory.line), theory.sharpest


def test_the_panel_has_a_field_for_the_last_layers_rate():
    groups = _trainings_groups(NET, Maps(over="network", output=0.3))
    (field,) = [each for group in groups for each in group["fields"] if each["path"] == "output"]
    assert field["value"] == 0.3 and field["zero"] == "same" and field["symbol"].endswith("η")
