"""Verdicts in words: what a point is, and how that is known."""

import numpy as np

from engine.curvature import CriticalPoint
from engine.link import Choice
from engine.study import valley_at
from views.text import text


def kind_key(kind: str) -> str:
    """The name under which the catalogue has a verdict."""
    return kind.replace(" ", "_")


def verdict(chosen: Choice, here: CriticalPoint) -> str:
    """The verdict as a sentence."""
    if here.kind == "degenerate" and (around := valley_at(chosen, here.point)):
        return text("atlas.verdict_in_valley", what=text(f"atlas.in_valley_{around}"))
    if here.kind == "sloped":
        step = float(np.linalg.norm(here.newton_step))
        return text("atlas.verdict_sloped", norm=f"{here.gradient_norm:.3g}", step=f"{step:.3g}")
    if here.kind == "degenerate" and here.zero == len(here.eigenvalues):
        return text("atlas.verdict_flat")
    return text(f"atlas.verdict_{kind_key(here.kind)}")


def ended_on(chosen: Choice, end: CriticalPoint) -> str:
    """The verdict of an end in one or two words: where H cannot tell, the valley that the search has found there."""
    around = valley_at(chosen, end.point) if end.kind == "degenerate" else ""
    return text(f"atlas.in_valley_{around}") if around else text(f"verdict.{kind_key(end.kind)}")
