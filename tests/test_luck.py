"""The best of many coins: its expectation is exact, its private score is a coin's, and the page shows both, live."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.stats import binom
from test_pages import again, charts, drawn, sent, visit

from engine.measures.luck import MODELS, PRIVATE, PUBLIC, expected_best, scores
from lessons import LESSONS
from settings.diagnosis import Diagnosis
from tests.sheets import answered, sentences
from views.diagnosis import luck


@pytest.mark.parametrize(("models", "public"), [(1, 1), (1, 4), (2, 3), (3, 4), (5, 2)])
def test_the_expectation_by_going_through_all_coins(models, public):
    """All 2^(N m) ways in which they can fall."""
    coins = [sum(each) for each in product((0, 1), repeat=public)]
    bests = [max(each) for each in product(coins, repeat=models)]
    assert float(expected_best(models, public)) == pytest.approx(float(Fraction(sum(bests), len(bests) * public)))


@pytest.mark.parametrize("public", [10, 100, 1000])
def test_the_expectation_by_scipys_binomial(public):
    right = np.arange(public + 1)
    for models in (1, 10, 1000):
        chances = np.diff(binom.cdf(right, public, 0.5) ** models, prepend=0)
        assert float(expected_best(models, public)) == pytest.approx(chances @ right / public, rel=1e-9)
    many = expected_best([1, 10, 1000], public)
    assert many[0] == pytest.approx(0.5)
    assert (np.diff(many) > 0).all()


def test_the_best_is_as_good_as_expected_and_in_private_a_coin():
    """Over 100 draws, within four standard errors of the mean."""
    for models, public in ((1, 100), (30, 100), (1000, 100), (1000, 1000)):
        found = [scores(models, public, seed) for seed in range(100)]
        best = np.array([each.public[each.chosen] for each in found])
        again_ = np.array([each.private[each.chosen] for each in found])
        for told, wanted in ((best, float(expected_best(models, public))), (again_, 0.5)):
            assert abs(told.mean() - wanted) < 4 * told.std() / 10
        assert again_.std() == pytest.approx(np.sqrt(0.25 / PRIVATE), rel=0.35)


def test_fewer_are_the_first_of_more():
    whole, fewer = scores(MODELS, 200, 3), scores(40, 200, 3)
    np.testing.assert_array_equal(fewer.public, whole.public[:40])
    np.testing.assert_array_equal(fewer.private, scores(40, 77, 3).private)
    leaders = whole.chosen_of_first
    for count in (1, 2, 40, 999, MODELS):
        assert leaders[count - 1] == scores(count, 200, 3).chosen
    longer, shorter = (scores(40, public, 3).public * public for public in (31, 30))
    assert set(longer - shorter) <= {0, 1}


@pytest.mark.parametrize(("models", "public"), [(0, 10), (MODELS + 1, 10), (10, 0), (10, PUBLIC + 1)])
def test_what_there_is_not(models, public):
    with pytest.raises(ValueError, match="must lie between 1 and 1000, not"):
        scores(models, public, 0)


# ---- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page(lang):
    page = visit("question=luck&models=50&public=40&flips=2", lang, "diagnosis")
    found = scores(50, 40, 2)
    told = luck._verdict(found, Diagnosis(models=50, public=40, flips=2))
    (said,) = sentences(page)
    assert said["sentences"] == [told] or lang == "zh"
    assert f"{found.public[found.chosen]:.3g}" in said["sentences"][0]
    scatter, curve = charts(page)
    every, chosen = drawn(scatter, "marks")
    np.testing.assert_allclose(every["columns"], [found.public, found.private], rtol=1e-6)
    assert [column[0] for column in chosen["columns"]] == pytest.approx([
        found.public[found.chosen], found.private[found.chosen]
    ])  # fmt: skip
    expected, best, private = drawn(curve, "line")
    assert best["columns"][1][49] == pytest.approx(found.public[found.chosen])
    assert private["columns"][1][49] == pytest.approx(found.private[found.chosen])
    assert (np.diff(best["columns"][1]) >= 0).all()
    assert expected["columns"][1][-1] == pytest.approx(float(expected_best(MODELS, 40)))
    fields = sent(page, "panel")[0]["groups"][0]["fields"]
    assert [(field["path"], field["value"]) for field in fields] == [("models", 50), ("public", 40), ("flips", 2)]


def test_an_address_gives_what_the_page_shows_and_follows_an_edit():
    link = "question=luck&models=50&public=40&flips=2"
    page = visit(link, to="diagnosis")
    header, _, headers = answered(link, "luck")
    assert header["said"] == sentences(page)
    assert [{**chart, "series": 0} for chart in header["charts"]] == [{**chart, "series": 0} for chart in charts(page)]
    assert headers["content-location"] == f"luck?{link}"
    fewer, *_ = answered(f'{link}&edit=["models",7]', "luck")
    assert fewer["link"] == link.replace("50", "7")
    assert fewer["said"] != header["said"]
    (group,) = answered(fewer["link"], "luck_panel")[0]["groups"]
    assert [field["value"] for field in group["fields"]] == [7, 40, 2]


def test_the_guide_is_one_choice_away():
    page = visit("question=luck", to="diagnosis")
    assert not [part for part in page.get("bidi_component") if part.proto.id.endswith("-diagnosis")]
    page.button_group(key="question").set_value("guide")
    assert sent(again(page), "diagnosis")[0]["lanes"]


def test_the_script_prints_what_the_page_says(capsys):
    now = Diagnosis(models=1000, public=100)
    exec(luck.script_of(now), {})
    found = scores(1000, 100, 0)
    assert capsys.readouterr().out.split()[:4] == [
        "public", f"{found.public[found.chosen]:.6g},", "private", f"{found.private[found.chosen]:.6g}"
    ]  # fmt: skip
    rows = luck.csv_of(found).splitlines()
    assert len(rows) == 1001
    assert float(rows[1 + found.chosen].split(",")[1]) == found.public.max()


def test_what_the_demonstration_says():
    stages = [stage.settings for stage in LESSONS["the_best_of_many_coins"].stages]
    ends = [scores(each.models, each.public, each.flips) for each in stages]
    told = [(each.public[each.chosen], each.private[each.chosen]) for each in ends]
    assert np.round(told, 4).tolist() == [[0.64, 0.5], [0.53, 0.506], [1.0, 0.473], [0.55, 0.508]]
    leaders = ends[0].chosen_of_first
    assert np.abs(ends[0].private[leaders] - 0.5).max() < 0.05
