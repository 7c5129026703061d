"""Verdicts in words: what a point is, and how that is known."""

import numpy as np

from engine.curvature.points import CriticalPoint
from engine.curvature.valleys import Valley
from engine.curvature.winding import circle
from engine.link import Choice
from engine.surfaces.experiment import inside
from engine.surfaces.study import SAME, Study, found_on, kink_at, nearest, valley_at
from landscapes import LANDSCAPES
from views.kit.text import number, text

ROUNDING = 1e-12  # a gradient norm that is called 0
NEARBY = 1e-2  # of the window: so close to a critical point a verdict speaks of it


def kind_key(kind: str) -> str:
    """The name under which the catalogue has a verdict."""
    return kind.replace(" ", "_")


def verdict(chosen: Choice, study: Study, here: CriticalPoint) -> str:
    """The verdict as a sentence or two."""
    outside = "" if inside(tuple(here.point), LANDSCAPES[chosen.name]) else text("atlas.outside")
    return f"{outside} {_judged(chosen, study, here)}".strip()


def _judged(chosen: Choice, study: Study, here: CriticalPoint) -> str:
    step = float(np.linalg.norm(here.newton_step)) if np.isfinite(here.eigenvalues).all() else np.nan
    if here.kind == "sloped" and uphill_without_curvature(here):
        return text("atlas.verdict_level_nowhere", norm=number(here.gradient_norm))
    if here.kind == "not smooth":
        return _bent(chosen, here)
    if here.kind == "sloped":
        return text(f"atlas.verdict_{kind_key(here.kind)}", norm=number(here.gradient_norm), step=number(step))
    found, (row, far) = found_on(chosen), nearest(chosen, tuple(here.point))
    known = far <= SAME
    exact = known or here.gradient_norm < ROUNDING
    if here.zero == len(here.eigenvalues):
        if study.tolerance is not None and np.abs(here.eigenvalues).max() > 0:
            return text("atlas.verdict_within", tau=number(study.tolerance))
        if not known and found.plain > 0:
            return text("atlas.verdict_plain", norm=number(here.gradient_norm))
    slope = text("atlas.slope_zero") if exact else text("atlas.slope_small", norm=number(here.gradient_norm))
    around = valley_at(chosen, here.point) if here.kind == "degenerate" else None
    if around:
        return text("atlas.verdict_in_valley", slope=slope, what=valley_word(around), form=form(around))
    if here.kind == "degenerate" and not exact and 0 <= row < len(found.points) and far < NEARBY:
        return text(
            "atlas.verdict_beside", slope=slope, far=number(float(np.linalg.norm(found.points[row].point - here.point)))
        )
    flat = here.kind == "degenerate" and not np.abs(here.eigenvalues).max() > here.tolerance
    return text("atlas.verdict_flat" if flat and exact else f"atlas.verdict_{here.kind}", slope=slope)


def _bent(chosen: Choice, here: CriticalPoint) -> str:
    """Where there is no H: what the search has measured around the place."""
    kink, around = kink_at(chosen, here.point), valley_at(chosen, here.point, SAME)
    if kink:
        return text(f"atlas.verdict_kink_{kink.kind}", places=2 * len(circle(len(here.point))), turns=kink.turns)
    if around:
        return text("atlas.verdict_on_edge", what=valley_word(around), form=form(around))
    return text("atlas.verdict_not_smooth")


def uphill_without_curvature(here: CriticalPoint) -> bool:
    """Whether a good part of the slope lies along directions whose curvature counts as 0."""
    flat = np.abs(here.eigenvalues) <= here.tolerance
    return bool(np.linalg.norm((here.eigenvectors.T @ here.gradient) * flat) > 1e-3 * here.gradient_norm)


def form(valley: Valley) -> str:
    """Curve or surface."""
    return text(f"atlas.form_{valley.dimension}")


def valley_word(valley: Valley) -> str:
    """What a continuum is, in a few words."""
    return text(f"atlas.in_valley_{valley.kind}")


def ended_on(chosen: Choice, end: CriticalPoint) -> tuple[str, str]:
    """The verdict of an end, as its sign and in a few words: where H cannot tell, the valley that was found there."""
    around = valley_at(chosen, end.point) if end.kind == "degenerate" else None
    if around:
        return f"valley_{around.kind}", valley_word(around)
    return kind_key(end.kind), text(f"verdict.{kind_key(end.kind)}")
