"""Maps: a cell is the run that is replayed, names are those of closed forms, figures those of known sets."""

import json
import struct
import zlib
from dataclasses import replace

import jax
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from scipy import stats

from engine import Experiment, hessian, lane, run
from engine.maps.axes import NAMES, axes_of
from engine.maps.figures import dimension, edge_of, figures, uncertainty
from engine.maps.grid import Map, places_of, seen
from engine.maps.lattice import SIDE
from engine.maps.measures import MEASURES, measures_of
from engine.maps.measures.base import DIVERGED, MOVING, TIE
from engine.maps.theory import theories
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.study import Study
from lessons import LESSONS
from settings.maps import FIRST, Maps
from views.maps.picture import asked, described, tile
from views.session.said import Said

BOTH = replace(FIRST, steps=150)


def said(experiment):
    return Said(experiment, Study(), NetworkExperiment())


RATES = ("rule.learning_rate", "rule.momentum")


@pytest.mark.parametrize("axes", [("start.0", "start.1"), RATES])
def test_a_cell_is_the_run_that_is_replayed(axes):
    """To the last bit: the place, and every measure of it."""
    here = Map(BOTH, *axes)
    found = seen(here)
    across, up = here.lattice.centres
    measured = {name: measure.of(found) for name, measure in measures_of("surface").items()}
    for cell in np.random.default_rng(0).choice(SIDE**2, 200 if axes != RATES else 40, replace=False):
        paths = dict(run(here.behind(float(across[cell % SIDE]), float(up[cell // SIDE]))))
        losses = []
        for row, number in enumerate(here.lanes):
            path, ends = paths[number], found.ends[row]
            last = path.diverged_at if path.diverged_at >= 0 else -1
            np.testing.assert_array_equal(path.params[last], ends.params[cell])
            np.testing.assert_array_equal(path.loss[last], ends.loss[cell])
            assert (measured["basin"][row, cell] == DIVERGED) == (path.diverged_at >= 0)
            lived = path.loss[: path.diverged_at] if path.diverged_at >= 0 else path.loss
            below = np.flatnonzero(lived <= BOTH.tolerance)
            np.testing.assert_array_equal(measured["steps"][row, cell], below[0] if below.size else np.nan)
            lost = path.diverged_at if path.diverged_at >= 0 else np.nan
            np.testing.assert_array_equal(measured["divergence"][row, cell], lost)
            np.testing.assert_array_equal(measured["loss"][row, cell], path.loss[-1] if last < 0 else np.nan)
            losses.append(path.loss[-1] if last < 0 else np.inf)
        if measured["winner"][0, cell] >= 0:
            assert losses[int(measured["winner"][0, cell])] == min(losses)
        else:
            assert abs(losses[0] - losses[1]) <= 1e-11 or min(losses) == np.inf


def test_basins_of_a_double_well_are_its_halves():
    """Small steps of gradient descent never cross the ridge between two wells that mirror each other."""
    experiment = Experiment.on("double_well", lane("gradient_descent", learning_rate=0.02), steps=600)
    here = Map(experiment)
    found = seen(here)
    verdicts = MEASURES["basin"].of(found)[0].reshape(SIDE, SIDE)
    minima = [(at, place.point[0]) for at, place in enumerate(found.places) if place.kind == "minimum"]
    assert len(minima) == 2
    left, right = (at for at, _ in sorted(minima, key=lambda each: each[1]))
    expected = np.where(here.lattice.centres[0] < 0, left, right)
    assert (verdicts == expected).all()


def test_basins_of_himmelblau_are_those_of_a_descent_written_by_hand():
    """Its gradient on paper, NumPy alone, its four minima from print (Himmelblau 1972); cells at an edge may differ by
    rounding."""
    experiment = Experiment.on("himmelblau", lane("gradient_descent", learning_rate=0.01), steps=300)
    found = seen(Map(experiment))
    verdicts = MEASURES["basin"].of(found)[0]
    x, y = found.map.lattice.cells
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(300):
            a, b = x**2 + y - 11, x + y**2 - 7
            x, y = x - 0.01 * (4 * x * a + 2 * b), y - 0.01 * (2 * a + 4 * y * b)
    minima = np.array([(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)])
    away = np.hypot(x[:, None] - minima[:, 0], y[:, None] - minima[:, 1])
    lost = ~np.isfinite(away).all(axis=1)
    named = np.array([place.point for place in found.places])
    same = [
        not lost[cell] and np.allclose(named[int(code)], minima[away[cell].argmin()], atol=1e-4)
        if code >= 0 else lost[cell] or away[cell].min() > 0.01
        for cell, code in enumerate(verdicts)
    ]  # fmt: skip
    assert np.mean(same) > 0.999


def test_on_a_parabola_every_start_ends_at_the_minimum_below_the_limit_and_none_above():
    for rate, expected in ((1.9, 0), (2.1, DIVERGED)):  # λmax = 1
        rule = lane("gradient_descent", learning_rate=rate)
        experiment = Experiment.on("narrow_valley", rule, knobs={"condition": 4.0}, steps=500)
        assert (MEASURES["basin"].of(seen(Map(experiment))) == expected).all()


def test_the_edge_of_stability_is_where_the_formula_has_it():
    """Heavy ball on a quadratic: what is above 2(1 + λ)/λmax diverges, what is below it does not; the edge is
    within one cell."""
    experiment = Experiment.on("booth", lane("momentum", learning_rate=0.1), steps=3000)
    here = Map(experiment, *RATES, window=(0.01, 10.0, 0.0, 0.9))
    lost = MEASURES["divergence"].of(seen(here))[0].reshape(SIDE, SIDE)
    (theory,) = theories(here)
    rates, factors = here.lattice.centres
    limit = np.interp(factors, *np.array(theory.line).T[::-1])
    cell = rates[1] / rates[0]
    for row, most in zip(lost, limit, strict=True):
        assert np.isnan(row[rates < most]).all()
        assert np.isfinite(row[rates > most * cell**1.01]).all()
    assert theory.best


def test_an_adaptive_rule_is_told_the_limit_with_the_sigma_of_its_end():
    """2(1 + β₁)/(1 − β₁) over the largest eigenvalue of H/σ, H by hand; nothing for a rule that has no such limit."""
    experiment = Experiment.on("narrow_valley", lane("adam", learning_rate=0.1), start=(-9.0, 1.0), steps=100)
    here = Map(experiment, "rule.learning_rate", "rule.b1")
    (theory,) = theories(here)
    ((_, path),) = run(experiment)
    curvature = np.linalg.eigvalsh(hessian("narrow_valley", path.params[-1]) / np.sqrt(np.outer(*[path.scale[-1]] * 2)))
    decays = np.array(theory.line)[:, 1]
    expected = 2 * (1 + decays) / (1 - decays) / curvature[-1]
    assert theory.at == "end" and np.array(theory.line)[:, 0] == pytest.approx(expected, rel=1e-6)
    lion = replace(experiment, lanes=(lane("lion", learning_rate=0.1),))
    assert theories(Map(lion, "rule.learning_rate", "rule.b1")) == ()


def test_a_sweep_is_a_map_with_one_axis():
    """Its cells are those of a map of two, in a row, and the limit is where its runs begin to diverge."""
    experiment = Experiment.on("booth", lane("gradient_descent", learning_rate=0.1), steps=3000)
    here = Map(experiment, "rule.learning_rate", "none", (0.01, 10.0, 0.0, 1.0))
    lost = MEASURES["divergence"].of(seen(here))[0]
    assert lost.shape == (SIDE,) and here.lattice.centres[1].shape == (1,)
    (theory,) = theories(here)
    rates, limit = here.lattice.centres[0], theory.line[0][0]
    assert np.isnan(lost[rates < limit]).all() and np.isfinite(lost[rates > limit]).all()
    at = int(np.argmax(rates > 0.05))
    ((_, path),) = run(here.behind(float(rates[at]), 0.5))
    np.testing.assert_array_equal(path.params[-1], seen(here).ends[0].params[at])


def test_ties_are_ties_and_costly_steps_are_counted():
    twins = Experiment.on(
        "booth", lane("gradient_descent", learning_rate=0.05), lane("gradient_descent", learning_rate=0.05)
    )
    assert (MEASURES["winner"].of(seen(Map(replace(twins, steps=20)))) == TIE).all()
    dear = Experiment.on(
        "booth", lane("gradient_descent", learning_rate=0.01), lane("sam", learning_rate=0.01), steps=20
    )
    found = seen(Map(dear))
    assert (found.fair[1].evaluations <= 20).all() and (found.ends[1].evaluations == 40).all()


def test_what_changes_the_surface_names_no_points():
    experiment = Experiment.on("rosenbrock", lane("gradient_descent", learning_rate=1e-3), steps=5)
    here = Map(experiment, "knob.a", "start.0")
    assert places_of(experiment, here.axes) == ()
    assert set(np.unique(MEASURES["basin"].of(seen(here)))) <= {MOVING, -2.0, -3.0, DIVERGED}


# ---- figures ---------------------------------------------------------------------------------------------------------


def koch(cells):
    """Koch's snowflake as a set of filled cells."""
    points = np.exp(2j * np.pi * np.arange(4) / 3)[::-1]
    for _ in range(7):
        step = np.diff(points) / 3
        tips = points[:-1] + step + step * np.exp(-1j * np.pi / 3)
        points = np.append(
            np.stack([points[:-1], points[:-1] + step, tips, points[:-1] + 2 * step], 1).ravel(), points[-1]
        )
    places = np.linspace(-1.3, 1.3, cells)
    inside = np.zeros((cells, cells), dtype=int)
    ends = np.stack([points[:-1], points[1:]], 1)
    for row, y in enumerate(places):
        a, b = ends.imag.T
        cut = (a <= y) != (b <= y)
        (x0, x1), (y0, y1) = ends[cut].real.T, ends[cut].imag.T
        crossings = np.sort(x0 + (y - y0) / (y1 - y0) * (x1 - x0))
        inside[row] = np.searchsorted(crossings, places) % 2
    return inside


def test_a_line_has_dimension_one_and_kochs_curve_ln4_over_ln3():
    straight = np.zeros((512, 512), dtype=int)
    straight[:, 200:] = 1
    found = figures(straight)
    assert found.dimension.value == pytest.approx(1, abs=1e-9)
    assert found.uncertainty.value == pytest.approx(1, abs=0.05)
    assert [each.share for each in found.shares] == [312 / 512, 200 / 512]
    curve = figures(koch(1024))
    assert curve.dimension.value == pytest.approx(np.log(4) / np.log(3), abs=0.06)
    assert curve.uncertainty.value == pytest.approx(2 - np.log(4) / np.log(3), abs=0.06)


def test_boxes_are_counted_as_scipy_fits_them():
    """Another count, of the set of boxes that cells lie in, and another line through it."""
    edge = edge_of(koch(512))
    rows, columns = np.nonzero(edge)
    sizes = 2 ** np.arange(7)
    counts = [len({*zip((rows // size).tolist(), (columns // size).tolist(), strict=True)}) for size in sizes]
    line = stats.linregress(np.log(sizes), np.log(counts))
    found = dimension(edge)
    assert found.value == pytest.approx(-line.slope, rel=1e-12) and found.error == pytest.approx(line.stderr, rel=1e-9)


def test_one_colour_has_no_edge():
    empty = np.zeros((64, 64), dtype=bool)
    assert np.isnan(dimension(empty).value) and np.isnan(uncertainty(empty.astype(int)).value)
    assert figures(empty.astype(int)).entropy == 0


# ---- what is asked for -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("across", "up", "window", "problem"),
    [
        ("noise", "noise", (), "same"),
        ("rule.rho", "start.0", (), "axis"),
        ("start.0", "start.1", (1.0, 1.0, 0.0, 1.0), "window"),
        ("rule.learning_rate", "start.1", (0.0, 1.0, 0.0, 1.0), "window"),
        ("start.0", "start.1", (1.0, 1.0 + 1e-14, 0.0, 1.0), "fine"),
        ("", "", (), ""),
    ],
)
def test_bad_wishes_are_told(across, up, window, problem):
    here = Map(BOTH, across, up, window)
    assert here.problem == problem
    assert here.axes[0].name != here.axes[1].name
    assert all(np.isfinite(middles).all() for middles in here.lattice.centres)


def test_too_long_a_map_is_refused_and_loses_nothing():
    long = asked(said(replace(BOTH, steps=100_000)), Maps(), "en")
    assert long.map.seconds > 20
    assert header_of(described(long))["refused"]


@trials(max_examples=25, deadline=None)
@given(
    across=st.sampled_from(sorted(NAMES)),
    up=st.sampled_from([*sorted(NAMES), "none"]),
    measure=st.sampled_from(sorted(MEASURES)),
    over=st.sampled_from(["surface", "network"]),
    output=st.floats(0, 1000),
    whose=st.integers(0, 8),
    zoom=st.one_of(st.just(()), st.tuples(*[st.floats(-1e300, 1e300, allow_nan=False)] * 4)),
)
def test_links_round_trip(across, up, measure, over, output, whose, zoom):
    place = {"whose": whose, "zoom": tuple(map(float, zoom)), "over": over, "output": float(output)}
    wish = Maps(across=across, up=up, measure=measure, **place)
    assert Maps.read(wish.written(), NetworkExperiment()) == (wish, ())


def header_of(body):
    raw = zlib.decompress(body)
    size = struct.unpack("<I", raw[:4])[0]
    return json.loads(raw[4 : 4 + size])


def test_a_tile_holds_all_measures_of_all_lanes():
    of = asked(said(replace(BOTH, steps=20)), Maps(zoom=(-1.0, 1.0, -1.0, 1.0)), "en")
    *_, (share, body) = tile(of)
    header = header_of(body)
    once = [["basin", 2, 1], ["steps", 2, 1], ["loss", 2, 2], ["divergence", 2, 1], ["winner", 1, 1]]
    assert share == 1 and header["rows"] == once
    assert len(zlib.decompress(body)) > 4 * 11 * SIDE**2
    assert len(header["across"]) == SIDE


def test_who_takes_a_point_keeps_the_map():
    here = Map(BOTH, *RATES)
    moved = here.behind(0.37, 0.5)
    assert Map(moved, *RATES).base == here.base and Map(moved, *RATES).lattice.shown == here.lattice.shown


# ---- what the demonstrations say -------------------------------------------------------------------------------------


def map_of(name, stage=0, side=SIDE):
    """The map that a demonstration opens, and its wish."""
    shown = LESSONS[name].stages[stage]
    return shown.settings.map_of(shown.experiment, shown.net, side), shown.settings


@pytest.mark.parametrize("name", [name for name, lesson in LESSONS.items() if lesson.page == "maps"])
def test_demonstrations_ask_for_maps_that_are_there(name):
    for stage in range(len(LESSONS[name].stages)):
        here, asks = map_of(name, stage)
        assert here.problem == "" and here.seconds < 2
        assert asks.across in ("", here.axes[0].name) and asks.up in ("", here.axes[1].name)


def test_basins_fray_with_momentum():
    here, _ = map_of("basins_with_and_without_momentum", side=256)
    plain, frayed = (figures(row.reshape(256, 256).astype(int)) for row in MEASURES["basin"].of(seen(here)))
    assert plain.dimension.value == pytest.approx(1, abs=0.05) and frayed.dimension.value == pytest.approx(
        1.66, abs=0.1
    )
    lost = {each.label: each.share for each in frayed.shares}[DIVERGED]
    assert lost == pytest.approx(0.1, abs=0.02) and DIVERGED not in {each.label for each in plain.shares}
    small = MEASURES["basin"].of(seen(map_of("basins_with_and_without_momentum", 1)[0]))
    assert (small >= 0).all()


def test_one_coefficient_changes_the_winner():
    shares = []
    for stage in range(3):
        here, _ = map_of("one_coefficient_changes_the_winner", stage)
        shares.append((MEASURES["winner"].of(seen(here)) == 1).mean())
    assert shares[0] < 0.01 and shares[1] == pytest.approx(0.2, abs=0.04) and shares[2] == 1


def test_momentum_rolls_farther_over_three_humps():
    here, _ = map_of("momentum_rolls_farther_over_three_humps")
    found = seen(here)
    (rows,) = MEASURES["basin"].of(found).reshape(1, SIDE, SIDE)
    left, middle, right = np.argsort([place.point[0] for place in found.places if place.kind == "minimum"])
    borders = np.count_nonzero(np.diff(rows), axis=1)
    assert borders[0] == 2 and list(dict.fromkeys(rows[0])) == [left, middle, right]
    assert borders[-1] > 10 > borders[SIDE // 2]
    by = dict(zip(here.lattice.centres[1].round(2), rows, strict=True))
    for place, own, limit in ((0, left, 0.6), (-1, right, 0.75)):
        assert {row[place] for factor, row in by.items() if factor < limit - 0.06} == {own}
        assert next(row[place] for factor, row in by.items() if factor >= limit) == middle


def test_a_third_of_newtons_starts_end_at_no_minimum():
    found = seen(map_of("newton_has_basins_of_saddles")[0])
    newton, free = MEASURES["basin"].of(found)
    minima = [at for at, place in enumerate(found.places) if place.kind == "minimum"]
    assert 1 - np.isin(newton, minima).mean() == pytest.approx(1 / 3, abs=0.05)
    assert np.isin(free, minima).all()


def test_the_fewest_steps_grow_with_the_condition_number():
    here, _ = map_of("the_longer_the_valley_the_more_steps")
    steps = MEASURES["steps"].of(seen(here))[0].reshape(SIDE, SIDE)
    assert [np.nanmin(steps[row]) for row in (20, 40, 63)] == [20, 129, 939]
    assert here.lattice.centres[1][[20, 40, 63]] == pytest.approx([9, 79, 950], rel=0.02)
    assert np.isnan(steps[:, here.lattice.centres[0] > 2]).all()


def best(name):
    """Of each row of a map that shows the loss, the number across with the least one; and the losses."""
    here, _ = map_of(name)
    losses = MEASURES["loss"].of(seen(here))[0].reshape(SIDE, SIDE)
    return here.lattice.centres[0][np.nanargmin(losses, axis=1)], losses


def test_noise_wants_a_smaller_rate():
    rates, _ = best("noise_wants_a_smaller_rate")
    assert rates[[0, -1]] == pytest.approx([0.17, 0.02], rel=0.1)
    assert np.corrcoef(np.arange(SIDE), np.log(rates))[0, 1] < -0.9


def test_a_rate_should_fall_neither_too_slowly_nor_too_fast():
    here, _ = map_of("how_fast_the_rate_should_fall")
    rates, losses = best("how_fast_the_rate_should_fall")
    row = int(np.abs(here.lattice.centres[1] - 25).argmin())
    assert rates[row] == pytest.approx(0.7, abs=0.15) and np.nanmin(losses[row]) < 1e-4
    assert np.nanmin(losses[-1]) == pytest.approx(0.03, abs=0.005) and np.nanmin(losses[0]) > 0.04


def test_the_best_rate_of_momentum_is_just_before_the_edge():
    here, _ = map_of("one_rate_swept", side=384)  # as the page has it, so many to a decade
    plain, moved, adam = MEASURES["loss"].of(seen(here))
    rates = here.lattice.centres[0]
    assert 0.0033 / 2 < rates[np.nanargmin(moved)] < 0.0033
    assert np.isnan(moved[rates > 0.0033]).all() and np.isfinite(moved[rates < 0.003]).all()
    assert np.isfinite(adam).all() and rates[np.nanargmin(adam)] > 200 * rates[np.nanargmin(moved)]
    assert np.nanmin(moved) < np.nanmin(plain)


def test_nesterovs_edge_is_the_lower_one():
    here, _ = map_of("nesterov_has_a_lower_edge")
    ends = [theory.line[-1][0] for theory in theories(here)]
    assert ends == pytest.approx([2 * 1.95, 2 * 1.95 / 2.9])
    for lost, theory in zip(MEASURES["divergence"].of(seen(here)), theories(here), strict=True):
        limit = np.interp(here.lattice.cells[1], *np.array(theory.line).T[::-1])
        assert np.isnan(lost[here.lattice.cells[0] < limit]).all()


# ---- nothing compiles ------------------------------------------------------------------------------------------------


def test_no_move_compiles():
    """A thousand pans, zooms and slider moves: other data for the same programs."""
    counted = []
    rng = np.random.default_rng(1)
    seen(Map(BOTH))
    jax.monitoring.register_event_duration_secs_listener(
        lambda event, *_, **__: counted.append(event) if event.endswith("backend_compile_duration") else None
    )
    able = list(axes_of(BOTH))
    for _ in range(1000):
        across, up = rng.choice(able, 2, replace=False)
        rate, factor = 10 ** rng.uniform(-4, -1), rng.uniform(0, 0.9)
        lanes = (lane("gradient_descent", learning_rate=rate), lane("momentum", learning_rate=rate, momentum=factor))
        experiment = replace(BOTH, lanes=lanes, steps=int(rng.integers(1, 4)), start=tuple(rng.uniform(-5, 5, 2)))
        low, width = rng.uniform(0.001, 0.4), rng.uniform(1e-6, 0.5)
        here = Map(experiment, across, up, (low, low + width, low, low + width), side=8)
        assert len(seen(here).ends) == 2
    assert counted == []
