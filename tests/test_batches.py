"""The page of batches as Streamlit runs it, and what its demonstrations say, in numbers."""

import json
from dataclasses import replace

import numpy as np
import pytest
from test_networks_page import parts
from test_pages import again, charts, drawn
from test_pages import visit as visit_page
from test_serve import fetch
from test_wire import unpacked

from engine.measures.batch_noise import noise
from engine.measures.sweep import VALUES, sweep, variants, with_batch
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.objective import objective
from engine.networks.training import finish, train
from engine.surfaces.experiment import lane
from lessons import LESSONS
from settings.batches import Batches
from tests.sheets import BY_LINK, answered, check_sheet, fields, refusals, sentences
from views.batches import paths as batch_paths
from views.batches import sweeps as batch_sweeps
from views.kit.addresses import ROOT
from views.kit.seeds import median
from views.kit.text import CATALOGUE
from views.session import linked

WORDS = CATALOGUE["batches"]
SMALL = "data=two_moons~size~40&net=depth~1~width~3~steps~30"


def visit(link=SMALL, lang="en"):
    return visit_page(link, lang, "batches")


def pictures(page):
    """The charts as they are sent."""
    return [part.proto.bytes for part in page.get("bidi_component") if part.proto.component_name.endswith("_plot")]


def table(page):
    """Rows of cells of the table under the paths."""
    (told,) = [said for said in sentences(page) if said["key"] == "batch_told"]
    return [told["head"], *told["rows"]]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_first_visit(lang):
    """Paths, both losses, cloud and spread, without a click."""
    page = visit(lang=lang)
    assert not page.warning
    paths, by_updates, by_epochs, cloud, spread = charts(page)
    (ground,) = drawn(paths, "heat")
    assert len(ground["columns"][1]) == ground["nx"] * ground["ny"]
    assert len(drawn(paths, "line")) == len(drawn(by_updates, "line")) == len(drawn(by_epochs, "line")) == 3
    assert [each["symbol"] for each in drawn(cloud, "marks")] == ["circle", "square", "cross", "cross"]  # and the means
    assert [each["end"] for each in drawn(cloud, "line")] == ["arrow"]  # g from 0
    assert cloud["equal"]
    assert len(drawn(spread, "line")) == 2
    assert table(page)[0][0] == WORDS["batch"].within(lang)


def test_the_counters():
    """28 points are learned from: 30 updates of 1, 4 and 28 in an epoch."""
    rows = {row[0]: row[1:4] for row in table(visit())[1:]}
    assert rows == {"all 28": ["1", "30", "30"], "batch 8": ["4", "30", "7.5"], "batch 1": ["28", "30", "1.07"]}
    rows = {row[0]: row[1:4] for row in table(visit(f"{SMALL}&equal=epochs&epochs=5&sizes=all-4"))[1:]}
    assert rows == {"all 28": ["1", "5", "5"], "batch 4": ["7", "35", "5"]}


def test_the_choice_of_batches_stands_in_the_link():
    page = visit(f"{SMALL}&sizes=2-all")
    assert [row[0] for row in table(page)[1:]] == ["all 28", "batch 2"]
    shown = fields(page)["sizes"]
    assert (shown["kind"], shown["value"]) == ("some", "all-2")
    assert [name for name, _ in shown["options"]] == [
        "all",
        "16",
        "8",
        "4",
        "2",
        "1",
    ]  # 28 examples have no batch of 32
    assert [shown.value for shown in visit(f"{SMALL}&sizes=").info] == [WORDS["no_size"]]


def test_another_place_of_the_path():
    first, last = visit(), visit(f"{SMALL}&moment=100")
    arrows = [drawn(charts(page)[3], "line")[0]["columns"][0] for page in (first, last)]
    assert not np.array_equal(*arrows)
    assert pictures(first)[1] == pictures(last)[1]


@pytest.mark.parametrize("net", ["depth~1~norm~batch", "depth~0~test~0~standardise~0", "width~256~depth~9"])
def test_networks_of_all_kinds(net):
    page = visit(f"data=two_moons~size~40&net=width~3~steps~20~{net}&sizes=all-8")
    assert len(page.warning) == ("256" in net)
    assert len(charts(page)) == (0 if page.warning else 5)


def test_all_that_diverges():
    page = visit("data=sine~size~10&net=depth~0~steps~500&rule=gradient_descent~learning_rate~5&sizes=all")
    assert len(charts(page)) == 5
    assert table(page)[1][4].startswith("diverged at")


def test_a_time_waits_and_is_measured(monkeypatch):
    monkeypatch.setattr(batch_sweeps, "doubling", lambda points: (1, 64))
    page = visit(f"{SMALL}&topic=time&wide=8")
    assert not charts(page)
    page.button(key="timing_run").click()
    again(page)
    update, epoch = charts(page)
    assert len(drawn(update, "marks")) == len(drawn(epoch, "marks")) == 2  # each repeat, and the least
    assert any("on one core; least of 7 repeats" in shown.value for shown in page.caption)
    page.button[-1].click()  # measure again: it waits for nobody's old numbers
    again(page)
    assert not charts(page)


def test_a_sweep_of_the_penalty():
    page = visit(f"{SMALL}&topic=sweep&sweep=decay&trials=2")
    if not charts(page):
        page.button(key="batches_run").click()
        again(page)
    accuracy, loss, sharpness = charts(page)
    assert len(drawn(accuracy, "marks")) == len(drawn(loss, "marks")) == 4  # seeds and median, for training and test
    assert len(drawn(sharpness, "marks")) == 2
    names = ["0", "10⁻⁴", "3×10⁻⁴", "0.001", "0.003", "0.01", "0.03", "0.1"]
    assert [name for _, name in accuracy["x"]["ticks"]] == names
    (told,) = [said["note"] for said in sentences(page)]
    assert told.startswith(WORDS["about_decay"])
    assert "Best median test accuracy" in told


@pytest.mark.parametrize(("wide", "net"), [(128, "depth~2"), (32, "depth~64~width~4")])
def test_a_network_that_is_too_large_for_all_digits_is_told(wide, net):
    page = visit(f"data=two_moons~size~40&net={net}&topic=time&wide={wide}")
    assert len(page.warning) == 1
    assert not charts(page)


def test_the_lesson_times_networks_that_can_be_trained():
    for stage in LESSONS["an_update_costs_hardly_more"].stages:
        assert batch_sweeps._all_digits(stage.net, stage.settings.wide).trouble is None


def test_values_that_are_too_large_are_left_out(monkeypatch):
    monkeypatch.setitem(VALUES, "width", (1, 2, 128))
    page = visit("data=two_moons~size~40&net=depth~3~width~3~steps~5&topic=sweep&sweep=width&trials=2")
    (told,) = [shown.value for shown in page.info]
    assert told.startswith("Left out: 128.")
    page.button(key="batches_run").click()
    again(page)
    assert charts(page)[0]["x"]["ticks"] == [[0, "1"], [1, "2"]]


def test_lost_seeds_are_worse_than_all():
    """Of four seeds: where one is lost the middle moves, where half are the picture has none."""
    rows = np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, np.nan], [1.0, 2.0, np.nan, np.nan], [np.nan] * 4])
    np.testing.assert_array_equal(median(rows, np.inf), [2.5, 2.5, np.nan, np.nan])
    np.testing.assert_array_equal(median(rows, 0.0), [2.5, 1.5, 0.5, np.nan])


def test_progress_is_told_while_it_trains():
    """Once the programs are there, each report has the trainings so far."""
    net = NetworkExperiment.on("two_moons", lane("gradient_descent"), batch=1, steps=50_000)
    trainings = [so_far for _, so_far in batch_paths._trained([net, replace(net, batch=2)])]
    known = trainings.index(next(filter(None, trainings)))
    assert len(trainings) > known + 4
    assert [so_far is None for so_far in trainings] == [True] * known + [False] * (len(trainings) - known)
    assert [len(so_far) for so_far in (trainings[known], trainings[-1])] == [1, 2]


def test_the_place_on_the_path_is_not_taken_for_a_part_of_the_study():
    page = visit(f"{SMALL}&moment=50")
    assert fields(page)["moment"]["value"] == 50
    assert not page.warning
    assert not page.info


def test_a_sweep_of_batches_waits():
    page = visit(f"{SMALL}&topic=sweep&span=3")
    assert not charts(page)
    assert page.button(key="batches_run")
    assert any(WORDS["about_batch"] in shown.value for shown in page.caption)


# ---- by its link -----------------------------------------------------------------------------------------------------

LINKS = {
    "paths": f"{SMALL}&sizes=all-4&equal=epochs&epochs=5&moment=50",
    "paths of another optimizer": f"{SMALL}&rule=gradient_descent&rule=adam&racer=1&sizes=8",
    "paths that diverge": "data=sine~size~10&net=depth~0~steps~500&rule=gradient_descent~learning_rate~5&sizes=all",
    "no size": f"{SMALL}&sizes=",
    "surfaces": f"{SMALL}&topic=surfaces&pair=2",
    "surfaces of few examples": "data=sine~size~10&net=test~0.5~depth~0~steps~30&topic=surfaces&pair=2",
    "a sweep": f"{SMALL}&topic=sweep&sweep=decay&trials=2",
    "too large": "data=two_moons~size~40&net=width~256~depth~9",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", LINKS)
def test_an_address_gives_what_the_page_shows(name, lang):
    page = visit(LINKS[name], lang)
    for waits in [button for button in page.button if button.key == "batches_run"]:
        waits.click()
        again(page)
    header, floats, headers = answered(f"{LINKS[name]}&lang={lang}", "batches")
    check_sheet(page, header, floats)
    boxes = [shown.value for shown in [*page.info, *page.warning]]
    assert header["places"][-len(boxes) :] == boxes or not boxes
    assert headers["content-location"] == f"batches?{header['link']}"
    same, *_ = answered(f"{header['link']}&lang={lang}", "batches")
    assert same == header


def test_an_edit_is_of_the_network_or_of_what_the_page_asks_for():
    edits = ["net.depth", 3], ["moment", 100], ["sizes", "all-1"], ["net.lanes.0.rule.learning_rate", 0.3]
    header, *_ = answered("&".join([SMALL, *(f"edit={json.dumps(edit)}" for edit in edits)]), "batches")
    assert header["link"] == (
        "data=two_moons~size~40&net=depth~3~width~3~steps~30&rule=gradient_descent~learning_rate~0.3"
        "&rule=momentum~learning_rate~0.1&rule=adam~learning_rate~0.01"
        "&sizes=all-1&moment=100"
    )
    page = visit(header["link"])
    assert header["said"] == sentences(page)
    panel, *_ = answered(header["link"], "batches_panel")
    values = {field["path"]: field["value"] for group in panel["groups"] for field in group["fields"]}
    assert values == {path: field["value"] for path, field in fields(page).items() if path in values}
    assert (values["moment"], values["sizes"], values["net.depth"]) == (100, "all-1", 3)


def test_sizes_that_no_longer_suit_the_data_go():
    link = (
        f"data=two_moons~size~400&net=depth~1~width~3~steps~30&sizes=all-64-1&edit={json.dumps(['net.knobs.size', 40])}"
    )
    header, _, headers = answered(link, "batches")
    assert refusals(headers) == {}
    assert header["link"].endswith("&sizes=all-1")
    assert [row[0] for said in header["said"] for row in said["rows"]] == ["all 28", "batch 1"]


@pytest.mark.parametrize("value", ["32", "all~1", 3, None, ["all"], {"a": 1}, "2-2-7"])
def test_sizes_that_cannot_be_are_refused(value):
    header, _, headers = answered(f"{SMALL}&edit={json.dumps(['sizes', value])}", "batches")
    assert "sizes" in refusals(headers)
    assert "sizes" not in header["link"]


def test_what_is_long_waits_at_its_address():
    header, *_ = answered("data=two_moons~size~400&net=depth~2~width~64~steps~5000", "batches")
    assert header["seconds"] > 1
    assert "lanes" not in header


def test_long_work_comes_in_parts_and_grows(monkeypatch):
    """The shares, what there is of the curves, and at last what the page shows."""
    link = SMALL.replace("steps~30", "steps~20000") + "&sizes=8-4"
    monkeypatch.setattr(linked, "AUTOMATIC", 0.0)
    status, _, body = fetch(f"/{ROOT}/batches?{link}&long=1", BY_LINK)
    assert status == 200
    told = [*parts(body)]
    shares = [json.loads(part)["share"] for part in told if part[:1] == b"{"]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    *grown, (whole, floats) = [unpacked(part) for part in told if part[:1] != b"{"]
    assert all(
        {chart["key"] for chart in each["charts"]} <= {chart["key"] for chart in whole["charts"]} for each, _ in grown
    )
    check_sheet(visit(link), whole, floats)


# ---- demonstrations --------------------------------------------------------------------------------------------------


def test_one_update_one_batch_one_epoch():
    net = LESSONS["one_update_one_batch_one_epoch"].net
    assert [updates_per_epoch(net.points, batch) for batch in (0, 8, 1)] == [1, 18, 140]
    part = net.examples.train

    def trained(each):
        return finish(train(replace(each.plan, rows=400), *part[:2]))

    shakes = []
    for batch in (0, 8, 1):
        path = trained(replace(net, batch=batch)).path[0]
        shakes.append(float(np.mean(np.linalg.norm(np.diff(path, 2, axis=0), axis=1))))  # from a step to the next one
    assert shakes[2] > 1.5 * shakes[1] > 15 * shakes[0]
    ends = [trained(with_batch(net, batch, 30)).objective[0, 0, -1] for batch in (0, 8, 1)]
    assert ends[0] > 5 * ends[1] > 5 * ends[2]
    assert [with_batch(net, batch, 30).steps for batch in (0, 8, 1)] == [30, 540, 4200]
    assert LESSONS["one_update_one_batch_one_epoch"].stages[1].settings == Batches(equal="epochs")
    assert Batches().epochs == 30


def test_a_batch_is_a_noisy_sample():
    net = LESSONS["a_batch_is_a_noisy_sample"].net
    part = net.examples.train
    start = finish(train(replace(net.plan, steps=1), *part[:2])).path[0, 0]
    data = {"inputs": part.inputs, "targets": part.targets, "decay": 0.0}
    *_, (_, found) = noise(objective(net.architecture, net.criterion, net.classes), start, (1, 8), **data)
    one, eight = found.clouds
    assert one.spread / found.norm == pytest.approx(3.8, abs=0.05)
    assert 1 - one.downhill == pytest.approx(1 / 3, abs=0.05)
    assert 1 - eight.downhill == pytest.approx(1 / 8, abs=0.02)
    assert max(one.distance, eight.distance) < 1e-14
    assert LESSONS["a_batch_is_a_noisy_sample"].stages[1].settings == Batches(moment=100)
    end = finish(train(net.plan, *part[:2])).path[0, -1]
    *_, (_, late) = noise(objective(net.architecture, net.criterion, net.classes), end, (1, 8), **data)
    assert late.norm / found.norm == pytest.approx(0.1, abs=0.01)
    one, eight = late.clouds
    assert one.spread / late.norm == pytest.approx(140, abs=5)
    assert eight.spread / late.norm == pytest.approx(48, abs=2)


def swept(net, setting, values, seeds=8):
    *_, (_, found) = sweep(variants(replace(net, seeds=seeds), setting, values, 100), setting, values)
    return found


def test_neither_one_example_nor_all():
    found = swept(LESSONS["neither_one_example_nor_all"].net, "batch", (1, 4, 32, 0))
    one, four, many, everything = np.median(found.test_accuracy, axis=1)
    assert four > 0.95 > 0.9 > max(one, many, everything)
    assert found.updates[-1] == 100
    sharpness = np.median(found.sharpness, axis=1)
    assert sharpness[2] > 10 * sharpness[1]


def test_a_little_decay():
    found = swept(LESSONS["a_little_decay_generalises_best"].net, "decay", (0.0, 0.003, 0.1), 4)
    none, little, much = np.median(found.test_loss, axis=1)
    assert little < none < much
    assert none / little == pytest.approx(1.85, abs=0.15)
    train_loss, sharpness = np.median(found.train_loss, axis=1), np.median(found.sharpness, axis=1)
    assert train_loss[0] < train_loss[1] < train_loss[2] == pytest.approx(np.log(2), abs=1e-3)
    assert sharpness[0] > sharpness[1] > sharpness[2]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_surface_for_each_batch(lang):
    page = visit(f"{SMALL}&topic=surfaces", lang)
    assert not page.warning
    over, losses, norms = charts(page)
    colours = {each["colour"] for each in drawn(over, "line")}
    assert len(colours) == 2 and len(drawn(over, "line")) > 6  # level lines of both, and both paths
    assert len(drawn(losses, "line")) == len(drawn(norms, "line")) == 3
    assert "‖∇L²‖" in sentences(page)[-1]["note"]
    assert fields(visit(f"{SMALL}&topic=surfaces&pair=32", lang))["pair"]["value"] == "4"  # there are 28


def test_no_two_batches_of_one_example():
    page = visit("data=two_moons~size~10&net=depth~0~test~0.9&topic=surfaces")
    assert page.info[0].value == WORDS["pair_few"]
    wild = visit("data=sine&net=depth~0&rule=gradient_descent~learning_rate~10&topic=surfaces")
    assert "10" in wild.warning[0].value
