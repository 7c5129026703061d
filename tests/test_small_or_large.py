"""The table of small against large batches: each number is what its own measure says."""

from dataclasses import replace

import numpy as np
import pytest
from test_pages import again
from test_pages import visit as visit_page

from engine.measures.batch_noise import noise
from engine.measures.small_or_large import compared, medians
from engine.measures.sweep import sweep, variants
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import initial
from engine.surfaces.experiment import lane
from lessons import LESSONS
from views.batches import versus
from views.kit.text import CATALOGUE

SMALL = NetworkExperiment.on(
    "two_moons", lane("gradient_descent", learning_rate=0.2), knobs={"size": 60}, width=4, depth=1, seeds=3
)


def whole(net, small, epochs):
    *shares, (done, found) = compared(net, small, epochs)
    assert done == 1
    assert all(0 <= share <= 1 for share, _ in shares)
    assert np.all(np.diff([share for share, _ in shares]) >= 0)
    return found


def test_each_number_is_its_own_measure():
    found = whole(SMALL, 8, 10)
    assert found.timing.batches == (1, 8, 42)
    assert found.timing.per_epoch == [42, 6, 1]
    make, data = SMALL.surface()
    *_, (_, alone) = noise(make, initial(SMALL.architecture, 0), (8,), **data)
    assert found.noise.clouds[0].spread == alone.clouds[0].spread
    *_, (_, swept) = sweep(variants(SMALL, "batch", (8, 0), 10), "batch", (8, 0))
    for name in ("train_loss", "test_accuracy", "sharpness"):
        np.testing.assert_array_equal(getattr(found.swept, name), getattr(swept, name))
        assert medians(found.swept, name, 0.0) == pytest.approx(tuple(np.median(getattr(swept, name), axis=1)))
    assert found.swept.epochs == (10, 10)


def test_what_cannot_be_compared():
    with pytest.raises(ValueError, match="a batch of the 42 examples holds 1 to 41 of them, not 42"):
        next(compared(SMALL, 42, 10))
    assert whole(replace(SMALL, norm="batch"), 8, 2).timing.batches == (8, 42)  # never one example alone


def test_lost_seeds_count_as_worst():
    wild = replace(SMALL, lanes=(lane("gradient_descent", learning_rate=10.0),), data=NetworkExperiment.on("sine").data)
    found = whole(replace(wild, activation="linear"), 8, 40)
    assert medians(found.swept, "train_loss", np.inf) == (np.inf, np.inf)


def test_what_the_demonstration_says():
    stage = LESSONS["small_or_large_batches"].stages[0]
    small, net = int(stage.settings.small), replace(stage.net, seeds=stage.settings.trials)
    assert (small, net.points, stage.settings.span) == (4, 280, 100)
    found = whole(net, small, stage.settings.span)
    assert found.swept.updates == (7000, 100)
    for name in ("train_loss", "test_loss"):
        few, many = medians(found.swept, name, np.inf)
        assert many > 10 * few


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page(lang, monkeypatch):
    monkeypatch.setattr("views.session.work.AUTOMATIC", 60.0)
    monkeypatch.setattr("views.session.work.PATIENCE", 60.0)
    page = visit_page("data=two_moons~size~40&net=depth~1~width~3&topic=table&span=3&trials=2", lang, "batches")
    words = CATALOGUE["batches"]
    (told,) = [part.value for part in page.markdown if "|" in part.value]
    for name in ("serial", "update", "epoch", "noise", "train_loss", "test_accuracy", "sharpness"):
        assert words[f"notes_{name}"].within(lang) in told
    assert told.count("**") >= 10
    assert not page.warning


def test_a_page_that_waits_measures_nothing(monkeypatch):
    monkeypatch.setattr("views.session.work.AUTOMATIC", 0.0)
    page = visit_page("data=two_moons~size~40&net=depth~1~width~3&topic=table&span=4&trials=2", "en", "batches")
    assert not [part for part in page.markdown if "|" in part.value]
    page.button(key="versus_run").click()
    assert [part for part in again(page).markdown if "|" in part.value]


def test_bold_is_the_better_one():
    found = whole(SMALL, 8, 10)
    rows = versus._rows(found, SMALL, 8)
    table = versus._table(found, SMALL, 8)
    for row, line in zip(rows, table.splitlines()[2:], strict=True):
        small, large = line.split("|")[2:4]
        if small.strip("* ") != large.strip("* "):
            assert ("**" in small) == ((row.small < row.large) == row.less)
            assert ("**" in small) != ("**" in large)
