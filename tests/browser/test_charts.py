"""What is painted of declared charts: lines and bars lie where the numbers are, in their colour and dash."""

import numpy as np
import pytest

from engine.measures.layer_gradients import logit_gradient
from engine.measures.logistic import steepness
from views.kit.charts import STRETCHES, VARIANTS

from .conftest import Visit
from .test_painted import passes, ruler, strokes
from .test_painted import watched as watched  # a fixture


@pytest.fixture
def visit(watched, address):
    visitor = Visit(watched, address)
    yield visitor
    visitor.leave()
    assert not visitor.complaints, visitor.complaints


def chart(visit, page, query, key):
    visit.page.goto(f"{visit.address}/{page}?{query}&lang=en")
    canvas = visit.page.locator(f'[class*="st-key-{key}-"] .plot[data-painted] canvas.ground')
    canvas.wait_for(timeout=60_000)
    return canvas


def test_lines(visit):
    """Each slope of the two losses, at −10, −9, …, 10."""
    parts = chart(visit, "classification", "why=gradient", "steepness").evaluate("canvas => canvas.painted")
    x, y = ruler(parts)
    logits = np.linspace(-10.0, 10.0, 21)
    for place, name in enumerate(("mse", "cross_entropy")):
        dash = STRETCHES["solid" if place == 0 else "dash"]
        lines = [each for each in strokes(parts, VARIANTS[place], dash, (2.5,)) if len(each) > 2]  # not the legend's
        assert len(lines) == 1
        passes(lines[0], np.column_stack([x(logits), y(np.asarray(steepness(name, logits)))]))


def test_bars(visit):
    """softmax, one-hot and the gradient at z = (3, 1, −2), class 2."""
    query = "net=depth~1~width~3&layers=4&z1=3&z2=1&z3=-2&class=2"
    canvas = chart(visit, "gradients", query, "softmax_bars")
    parts = canvas.evaluate("canvas => canvas.painted")
    x, y = ruler(parts)
    found = logit_gradient((3.0, 1.0, -2.0), 1)
    for place, heights in enumerate((found.probabilities, found.target, found.gradient)):
        of_colour = [part for part in parts if part["kind"] == "fillRect" and part["colour"] == VARIANTS[place]]
        bars = [part for part in of_colour if part["wide"] != 14]  # not the legend's
        assert len(bars) == 3
        for number, (bar, height) in enumerate(zip(bars, heights, strict=True), 1):
            ends = sorted([float(y(0)), float(y(height))])
            np.testing.assert_allclose([bar["y"], bar["y"] + bar["high"]], ends, atol=1)
            np.testing.assert_allclose(bar["x"] + bar["wide"] / 2, x(number + (place - 1) * 0.26), atol=1)
    label = canvas.get_attribute("aria-label")
    assert "class 0.5 … 3.5" in label
    assert "one-hot" in label
