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


def verdict(chosen: Choice, study: Study, point: CriticalPoint) -> str:
    """The verdict as a sentence or two."""
    outside = "" if inside(tuple(point.point), LANDSCAPES[chosen.name]) else text("atlas.outside")
    return f"{outside} {_judged(chosen, study, point)}".strip()


def _judged(chosen: Choice, study: Study, point: CriticalPoint) -> str:
    step = float(np.linalg.norm(point.newton_step)) if np.isfinite(point.eigenvalues).all() else np.nan
    if point.kind == "sloped" and uphill_without_curvature(point):
        return text("atlas.verdict_level_nowhere", norm=number(point.gradient_norm))
    if point.kind == "not smooth":
        return _bent(chosen, point)
    if point.kind == "sloped":
        return text(f"atlas.verdict_{kind_key(point.kind)}", norm=number(point.gradient_norm), step=number(step))
    critical, (row, far) = found_on(chosen), nearest(chosen, tuple(point.point))
    known = far <= SAME
    exact = known or point.gradient_norm < ROUNDING
    if point.zero == len(point.eigenvalues):
        if study.tolerance is not None and np.abs(point.eigenvalues).max() > 0:
            return text("atlas.verdict_within", tau=number(study.tolerance))
        if not known and critical.plain > 0:
            return text("atlas.verdict_plain", norm=number(point.gradient_norm))
    slope = text("atlas.slope_zero") if exact else text("atlas.slope_small", norm=number(point.gradient_norm))
    around = valley_at(chosen, point.point) if point.kind == "degenerate" else None
    if around:
        return text("atlas.verdict_in_valley", slope=slope, what=valley_word(around), form=form(around))
    if point.kind == "degenerate" and not exact and 0 <= row < len(critical.points) and far < NEARBY:
        away = float(np.linalg.norm(critical.points[row].point - point.point))
        return text("atlas.verdict_beside", slope=slope, far=number(away))
    flat = point.kind == "degenerate" and not np.abs(point.eigenvalues).max() > point.tolerance
    return text("atlas.verdict_flat" if flat and exact else f"atlas.verdict_{point.kind}", slope=slope)


def _bent(chosen: Choice, point: CriticalPoint) -> str:
    """Where there is no H: what the search has measured around the place."""
    kink, around = kink_at(chosen, point.point), valley_at(chosen, point.point, SAME)
    if kink:
        return text(f"atlas.verdict_kink_{kink.kind}", places=2 * len(circle(len(point.point))), turns=kink.turns)
    if around:
        return text("atlas.verdict_on_edge", what=valley_word(around), form=form(around))
    return text("atlas.verdict_not_smooth")


def uphill_without_curvature(point: CriticalPoint) -> bool:
    """Whether a good part of the slope lies along directions whose curvature counts as 0."""
    flat = np.abs(point.eigenvalues) <= point.tolerance
    return bool(np.linalg.norm((point.eigenvectors.T @ point.gradient) * flat) > 1e-3 * point.gradient_norm)


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
