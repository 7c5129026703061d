"""A study is a value like an experiment: its link carries it, and what is looked at follows the surface."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.curvature.points import inspect
from engine.link import choice
from engine.surfaces.escape import step_out, way_out
from engine.surfaces.study import (
    SIDES,
    TAU,
    Study,
    followed,
    found_on,
    looked_at,
    places_of,
    push,
    snapped,
    telling,
    usual_push,
    valley_at,
)
from landscapes import LANDSCAPES

HIMMELBLAU = choice(LANDSCAPES, "himmelblau")
TOY = choice(LANDSCAPES, "toy_network")
SURFACE = LANDSCAPES["himmelblau"]
reach = push(SURFACE)

studies = st.builds(
    Study,
    point=st.none() | st.tuples(*2 * [st.floats(-6, 6)]),
    tolerance=st.none() | st.floats(TAU.low, TAU.high),
    reach=st.none() | st.floats(reach.low, reach.high),
    leave=st.sets(st.sampled_from(SIDES)).map(lambda sides: tuple(side for side in SIDES if side in sides)),
    draw=st.integers(0, 999_999),
)


@given(studies)
def test_link(study):
    assert Study.from_link(study.to_link(), SURFACE) == (study, ())


def test_what_is_usual_is_not_written():
    assert Study().to_link() == ""


@pytest.mark.parametrize(
    ("link", "field"),
    [
        ("at=1", "at"),
        ("at=1~x", "at"),
        ("tau=-1", "τ"),
        ("tau=nan", "τ"),
        ("reach=1e9", "reach"),
        ("leave=up", "leave"),
        ("draw=1.5", "draw"),
    ],
)
def test_what_cannot_be_taken_leaves_a_notice(link, field):
    study, notices = Study.from_link(link, SURFACE)
    assert study == Study()
    assert [notice.field for notice in notices] == [field]


def test_the_first_look_is_at_the_lowest_saddle():
    assert telling(HIMMELBLAU) == pytest.approx((3.385154, 0.073852), abs=1e-6)
    assert looked_at(HIMMELBLAU, Study()).kind == "saddle"
    assert telling(choice(LANDSCAPES, "booth")) == pytest.approx((1, 3))
    assert telling(choice(LANDSCAPES, "shelf")) in {
        tuple(point) for point in places_of(found_on(choice(LANDSCAPES, "shelf"))).tolist()
    }


def test_tolerance_moves_the_verdict():
    study = Study(point=(0.0, 0.0))
    assert looked_at(TOY, study).kind == "saddle"
    assert looked_at(TOY, replace(study, tolerance=1.9)).kind == "saddle"
    assert looked_at(TOY, replace(study, tolerance=2.1)).kind == "degenerate"


def test_any_point_may_be_looked_at():
    at = looked_at(HIMMELBLAU, Study(point=(1.0, 1.0)))
    assert at.kind == "sloped"
    np.testing.assert_allclose(at.hessian, inspect("himmelblau", (1.0, 1.0)).hessian)


def test_snapping():
    assert snapped(HIMMELBLAU, (2.9, 2.1)) == pytest.approx((3, 2), abs=1e-8)
    x, y = snapped(TOY, (1.0, 1.02))
    assert x * y == pytest.approx(1, abs=1e-6)  # onto the valley
    valley = valley_at(TOY, np.array([1.0, 1.0]))
    assert valley is not None
    assert valley.kind == "minimum"
    assert valley_at(TOY, np.array([0.0, 0.0])) is None


def test_a_critical_point_is_followed_when_a_knob_moves():
    before, after = choice(LANDSCAPES, "rosenbrock"), choice(LANDSCAPES, "rosenbrock", a=1.1)
    assert followed(Study(point=(1.0, 1.0)), before, after).point == pytest.approx((1.1, 1.21), abs=1e-8)
    elsewhere = Study(point=(0.5, 0.5))
    assert followed(elsewhere, before, after) == elsewhere


def test_another_surface_is_looked_at_anew():
    assert followed(Study(point=(1.0, 1.0), tolerance=1.0, leave=("here",)), HIMMELBLAU, TOY) == Study()


def test_who_looks_at_a_maximum_goes_on_looking_at_a_maximum():
    before, after = (choice(LANDSCAPES, "flat_and_sharp", shift=shift) for shift in (0.5, 0.0))
    maxima = [point.point for point in found_on(before).points if point.kind == "maximum"]
    study = followed(Study(point=tuple(map(float, maxima[0]))), before, after)
    assert looked_at(after, study).kind in ("maximum", "sloped")


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_usual_push_fits_the_window_and_goes_down(name):
    surface, chosen = LANDSCAPES[name], choice(LANDSCAPES, name)
    for point in found_on(chosen).points[:20]:
        length = usual_push(surface, point, **chosen.numbers)
        assert push(surface).low < length < push(surface).high
        out = way_out(point)
        if out is not None:
            changes = [step_out(surface, point, side * out, length, **chosen.numbers).change for side in (-1, 1)]
            assert max(changes) < 0


def test_what_is_far_outside_is_refused():
    for far in ("1e999~0", "1e300~0", "2000~0"):
        study, notices = Study.from_link(f"at={far}", SURFACE)
        assert study.point is None
        assert [notice.problem for notice in notices] == ["window"]
    assert Study.from_link("at=100~-100", SURFACE)[0].point == (100, -100)
