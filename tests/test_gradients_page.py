"""The page of gradients as Streamlit runs it."""

import numpy as np
import pytest
from test_pages import again, charts, drawn
from test_pages import visit as visit_page

from engine.measures.layer_gradients import logit_gradient
from views.kit.text import CATALOGUE

WORDS = CATALOGUE["gradients"]
BELOW = 3  # charts: two of the matrices, and one of the memory
SMALL = "net=depth~1~width~3&layers=4"


def visit(link=SMALL, lang="en"):
    return visit_page(link, lang, "gradients")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_first_visit(lang):
    page = visit(lang=lang)
    shown = "".join(part.value for part in page.markdown)
    for title in ("depth_title", "check_title", "softmax_title"):
        assert WORDS[title].within(lang) in shown
    assert not page.warning
    *depths, _, _ = charts(page)[:-BELOW]
    assert [len(drawn(chart, "line")) for chart in depths] == [4, 4, 4]


def test_the_chosen_activation_joins_in():
    page = visit("net=depth~1~width~3~activation~softplus&layers=4")
    assert len(charts(page)) == 4 + 2 + BELOW


def test_a_deeper_network_by_its_slider():
    page = visit()
    page.slider(key="layers").set_value(5)
    again(page)
    assert page.query_params["layers"] in ("5", ["5"])
    assert page.slider(key="layers").value == 5


def test_a_network_that_cannot_be_afforded_is_refused():
    page = visit("net=depth~1~width~200&layers=10")
    assert "20000" in page.warning[0].value
    assert len(charts(page)) == 2 + BELOW  # the check and softmax are there


def test_a_variant_that_cannot_be_afforded_is_left_out():
    page = visit("layers=64&net=width~17")
    (warning,) = page.warning  # gain and shift make a normalised network larger
    assert WORDS["variant_batch"] in warning.value and "20000" in warning.value
    assert WORDS["variant_plain"] not in warning.value
    if page.get("button") and any(button.key == "depth_run" for button in page.button):
        page.button(key="depth_run").click()
        again(page)
    assert [len(drawn(chart, "line")) for chart in charts(page)[:3]] == [2, 2, 2]


def test_zero_weights_pass_nothing_on():
    page = visit("net=depth~1~width~3~scheme~zero&layers=4")
    assert page.info[0].value == WORDS["all_zero"]  # the classes are balanced: even the last layer's cancels


def test_softmax_follows_its_sliders():
    page = visit(f"{SMALL}&z1=3&z2=1&z3=-2&class=2")
    found = logit_gradient((3.0, 1.0, -2.0), 1)
    heights = [bars["columns"][1] for bars in drawn(charts(page)[-1 - BELOW], "bars")]
    np.testing.assert_allclose(heights, [found.probabilities, found.target, found.gradient], rtol=1e-6)


def test_after_training():
    page = visit("net=depth~1~width~3~steps~20&layers=4&after=1")
    assert page.toggle(key="after").value
    assert len(charts(page)) == 5 + BELOW
    page.toggle(key="after").set_value(False)
    again(page)
    assert "after" not in page.query_params


def test_a_training_that_diverges_leaves_nothing_to_check():
    page = visit("net=depth~1~width~3~steps~200~decay~10&rule=gradient_descent~learning_rate~10&layers=4&after=1")
    assert [part.value for part in page.warning] == [WORDS["diverged"]]
