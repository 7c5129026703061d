"""Backpropagation in matrices, and what it must remember: against automatic differentiation and by hand."""

from math import isqrt

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from test_pages import again, charts, drawn
from test_pages import visit as visit_page

from engine.measures import remembered as memory
from engine.measures.matrix_form import MOST, matrix_form
from engine.measures.remembered import DEPTHS, EXAMPLES, PASSES, WAYS, WIDTH, gradient, kept, measured, remembered
from lessons import LESSONS
from views.kit.text import CATALOGUE

WORDS = CATALOGUE["gradients"]
SMALL = "net=depth~1~width~3&layers=4"
PARTS = "depth", "check", "matrices", "memory"


@pytest.mark.parametrize(("rows", "seed"), [(2, 0), (6, 3), (MOST, 99)])
def test_the_matrix_form_is_the_gradient(rows, seed):
    form = matrix_form(rows, seed)
    assert form.x.shape == (rows, 5) and form.shares.shape == form.target.shape == (rows, 3)
    assert form.gradient.shape == form.automatic.shape == (5, 3)
    assert form.difference < 1e-14 < np.abs(form.automatic).max()
    np.testing.assert_allclose(form.shares.sum(axis=1), 1)
    np.testing.assert_array_equal(form.target.sum(axis=1), 1)

    def loss(theta):  # written down once more
        logits = form.x @ theta
        return -jnp.mean(jnp.sum(form.target * jax.nn.log_softmax(logits, axis=1), axis=1))

    theta = np.random.default_rng(seed).standard_normal(15).reshape(5, 3)
    np.testing.assert_allclose(jax.grad(loss)(theta), form.gradient, atol=1e-14)


def test_the_ways_have_one_gradient():
    every = [gradient(way, 16) for way in WAYS]
    for other in every[1:]:
        np.testing.assert_allclose(other, every[0], rtol=1e-12, atol=1e-18)
    weights, columns = memory.data(16)

    def unrolled(weights):
        given = columns
        for place in range(16):
            given = jnp.tanh(weights[place] @ given)
        return jnp.mean(given**2)

    np.testing.assert_allclose(every[0], jax.grad(unrolled)(weights), rtol=1e-9, atol=1e-16)


def test_memory_grows_with_the_depth_or_its_root():
    unit = WIDTH * EXAMPLES  # what one layer hands on
    assert kept("layers", 64) - kept("layers", 16) == (64 - 16) * unit  # the input of every layer
    assert kept("segments", 64) - kept("segments", 16) == (8 - 4) * unit
    each = (kept("all", 64) - kept("all", 16)) / (64 - 16) / unit
    assert 2 <= each <= 4  # its input, and what tanh′ needs
    for depth in DEPTHS:
        found = remembered(depth)
        assert found.peak[0] == found.kept[0]
        assert found.kept[2] <= found.kept[1] <= found.kept[0]
        assert found.peak[2] == found.kept[2] + kept("all", isqrt(depth))
    deep = remembered(64)
    assert deep.peak[2] < deep.peak[1] < deep.peak[0] / 2


def test_the_compiler_sets_aside_what_was_counted():
    *_, (done, found) = measured(36)
    assert done == 1 and [each.way for each in found] == list(WAYS)
    counted = remembered(36)
    for each, peak in zip(found, counted.peak, strict=True):
        assert each.megabytes == pytest.approx(8 * peak / 1e6, rel=0.6)
        assert each.milliseconds > 0
    assert found[0].megabytes > 2 * found[1].megabytes > 2 * found[2].megabytes * 0.9


# ---- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_part_that_is_asked_for_is_on_top(lang):
    for part, title in zip(PARTS, ("depth_title", "check_title", "matrix_title", "memory_title"), strict=True):
        page = visit_page(f"{SMALL}&part={part}", lang, "gradients")
        titles = [each.value for each in page.markdown if each.value.startswith("**")]
        assert titles[0] == f"**{WORDS[title].within(lang)}**"
        assert not page.warning


def test_shapes_are_written_beside_the_matrices():
    page = visit_page(f"{SMALL}&part=matrices&rows=12", "en", "gradients")
    factors, product = charts(page)[:2]
    notes = [each["text"] for chart in (factors, product) for each in drawn(chart, "note")]
    assert {"5 × 12", "12 × 3", "5 × 3"} <= set(notes)
    windows = [each["window"] for chart in (factors, product) for each in drawn(chart, "heat")]
    sizes = [[x1 - x0, y1 - y0] for x0, x1, y0, y1 in windows]
    np.testing.assert_allclose(sizes, [[12, 5], [3, 12], [3, 5], [3, 5]])


def test_memory_is_measured_on_a_click():
    page = visit_page(f"{SMALL}&part=memory&memory_depth=4", "en", "gradients")
    assert not [part for part in page.markdown if WORDS["aside"] in part.value]
    page.button(key="memory_measure").click()
    (told,) = [part.value for part in again(page).markdown if WORDS["aside"] in part.value]
    assert told.count("|") == 4 * (2 + len(WAYS))


def test_what_the_demonstrations_say():
    for stage, said in zip(LESSONS["going_back_needs_memory"].stages, ((24.7, 4.4), (6.3, 2.3)), strict=True):
        found = remembered(int(stage.settings.memory_depth))
        assert (8 * found.peak[0] / 1e6, 8 * found.peak[2] / 1e6) == pytest.approx(said, abs=0.05)
        assert all(f"{number} MB" in stage.about and f"{number} MB" in stage.about.zh for number in said)
    assert PASSES == {"all": 3, "layers": 4, "segments": 4}
