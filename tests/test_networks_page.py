"""The page of networks as Streamlit runs it: what the picture is given, and what is told."""

import json
from dataclasses import replace
from urllib.parse import parse_qs

import numpy as np
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from test_network_experiment import ADAM, GD, HOT, MOMENTUM, NEWTON, SMALL, trained_on
from test_pages import APP, address, again, fields, sent, told, worded
from test_race import parts
from test_serve import fetch
from test_wire import unpacked

from engine.networks.experiment import NUMBERS, NetworkExperiment
from engine.networks.plane import plane_for, shadows
from engine.networks.planes import PLANES
from engine.networks.together import Learned
from engine.networks.verdict import KINDS, Commonest, Verdict
from engine.surfaces.experiment import default, lane
from engine.surfaces.study import Study
from tests.web.declare import misfits
from views.kit.addresses import ROOT
from views.kit.text import CATALOGUE
from views.networks.stage import PICTURES, LearningPicture, happened
from views.server import flights
from views.server.answers import routes
from views.session import trained, work
from views.session.trained import key_of
from views.session.visit import Said, Visit

WORDS = CATALOGUE["networks"]
APART = replace(SMALL, lanes=(GD, GD.with_own("depth", 2)), view="hidden")
LINE = NetworkExperiment.on("sine", GD, HOT, ADAM, MOMENTUM, knobs={"size": 40}, depth=1, width=3, steps=60)


def open_page(net, lang="en", to="networks", **more):
    """A fresh visit to the page with the link of a network."""
    page = AppTest.from_file(APP, default_timeout=120)
    page.query_params["lang"] = lang
    for name, values in parse_qs(net if isinstance(net, str) else net.to_link()).items():
        page.query_params[name] = values
    for name, value in more.items():
        page.session_state[name] = value
    page.switch_page(f"pages/{to}.py")
    return again(page)


def has_picture(page):
    return any(part.proto.id.endswith("-networks") for part in page.get("bidi_component"))


def table(block, floats):
    """Columns by their names, (frames,) each."""
    frames, found, at = block["frames"], {}, block["offset"]
    for name, count in block["columns"]:
        parts, at = floats[at : at + count * frames].reshape(count, frames).astype(float), at + count * frames
        found[name] = parts[0] * 10.0 ** parts[1] if name in block["decimals"] else parts[0]
    return found


# ---- what the picture is given ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_visit(lang):
    page = open_page(SMALL, lang)
    assert not page.warning
    assert told(page) == []
    header, _ = sent(page, "networks")
    assert header["language"] == lang
    assert header["words"]["surface"] == WORDS["surface"].within(lang)
    assert [racer["label"] for racer in header["lanes"]] == [racer.rule.name.within(lang) for racer in SMALL.lanes]
    assert [racer["number"] for racer in header["lanes"]] == [0, 1, 2]
    assert header["steps"] == 60
    assert header["per_epoch"] == [1, 1, 1]
    assert [name for name, _ in header["planes"]] == list(PLANES)
    assert [words for _, words in header["planes"]] == [plane.name.within(lang) for plane in PLANES.values()]
    assert [cell["name"] for cell in header["cells"]] == ["train", "test", "accuracy", "test_accuracy", "norm", "gap"]
    assert [curve["name"] for curve in header["curves"]] == ["train", "accuracy", "norm", "rate", "gap"]
    title = {"en": "accuracy (dots: test)", "zh": "准确率（点线：测试）"}[lang]
    assert header["words"]["curve_accuracy_dotted"] == title
    assert header["views"] == ["data", "hidden"]
    assert f"{SMALL.size}" in header["told"]
    assert "28" in header["told"]
    assert "12" in header["told"]
    assert page.selectbox(key="data").value == "two_moons"


def test_the_curves_are_the_training():
    header, floats = sent(open_page(SMALL), "networks")
    training = trained_on(SMALL)
    for number, racer in enumerate(header["lanes"]):
        found = table(racer["curves"], floats)
        assert found["steps"].tolist() == training.steps.tolist()
        for name, wanted in [
            ("train", training.train_loss[number, 0]), ("test", training.test_loss[number, 0]),
            ("accuracy", training.train_accuracy[number, 0]), ("test_accuracy", training.test_accuracy[number, 0]),
            ("norm", training.gradient_norm[number, 0]), ("rate", training.learning_rate[number]),
        ]:  # fmt: skip
            np.testing.assert_allclose(found[name], wanted, rtol=3e-4, err_msg=name)
            if name == "rate":
                continue
            for printed, true in zip(found[f"{name}_told"], wanted * (100 if "accuracy" in name else 1), strict=True):
                unit = 10.0 ** (np.floor(np.log10(true)) - (2 if 1e-3 <= true < 1e5 else 1)) if true else 1.0
                assert abs(printed - true) <= 0.5001 * unit, "as the table prints it"
        assert not any(name.endswith(("_low", "_high")) for name in found)


@pytest.mark.parametrize("plane", ["filter", "line"])
def test_the_path_lies_on_the_plane_with_its_true_loss_and_that_of_its_shadow(plane):
    net = replace(SMALL, plane=plane)
    header, floats = sent(open_page(net), "networks")
    training = trained_on(SMALL)
    shown = plane_for(net, training)
    assert header["scene"]["flat"] == (plane == "line")
    assert header["scene"]["window"] == pytest.approx(shown.window)
    for number, racer in enumerate(header["lanes"]):
        found, beside = table(racer["path"], floats), shadows(shown, training.path[number])
        places = shown.plane.shadow(training.path[number])
        np.testing.assert_allclose(found["across"], places[:, 0], rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(
            found["up"], beside.losses if plane == "line" else places[:, 1], rtol=1e-5, atol=1e-6
        )
        np.testing.assert_allclose(found["gap"], training.objective[number, 0, training.path_rows], rtol=1e-5)
        np.testing.assert_allclose(found["shadow"], beside.shadow_losses, rtol=1e-5)
        x, y = header["scene"]["start"]
        assert (x, y) == pytest.approx((places[0, 0], training.objective[0, 0, 0] if plane == "line" else places[0, 1]))


def test_epochs_of_batches():
    header, floats = sent(open_page(replace(SMALL, batch=8, lanes=(GD,))), "networks")
    assert header["per_epoch"] == [4]  # 28 examples: 8, 8, 8 and 4
    assert "per epoch: 4" in header["told"]
    assert table(header["lanes"][0]["curves"], floats)["steps"][-1] == 60


def test_several_seeds_give_bands():
    net = replace(SMALL, seeds=4, lanes=(GD, ADAM))
    header, floats = sent(open_page(net), "networks")
    training = trained_on(net)
    assert training.train_loss.shape[1] == 4
    for number, racer in enumerate(header["lanes"]):
        found = table(racer["curves"], floats)
        for name, values in [("train", training.train_loss), ("test_accuracy", training.test_accuracy)]:
            low, middle, high = np.quantile(values[number], [0.25, 0.5, 0.75], axis=0)
            np.testing.assert_allclose(found[f"{name}_low"], low, rtol=3e-4)
            np.testing.assert_allclose(found[name], middle, rtol=3e-4)
            np.testing.assert_allclose(found[f"{name}_high"], high, rtol=3e-4)
        assert (found["train_low"] < found["train_high"]).any()


def test_numbers_have_no_accuracy():
    header, _ = sent(open_page(replace(LINE, lanes=(GD,))), "networks")
    assert [cell["name"] for cell in header["cells"]] == ["train", "test", "norm", "gap"]
    assert [curve["name"] for curve in header["curves"]] == ["train", "norm", "rate", "gap"]
    assert header["views"] == ["data"]
    assert header["fit"]["kind"] == "curve"


@pytest.mark.parametrize(("share", "trained", "tested"), [(0.0, 40, 0), (0.9, 4, 36)])
def test_the_share_for_the_test(share, trained, tested):
    header, _ = sent(open_page(replace(SMALL, test=share, lanes=(GD,))), "networks")
    dots = ["test", "test_accuracy"] if tested else []
    assert [cell["name"] for cell in header["cells"] if "test" in cell["name"]] == dots
    assert [curve["beside"] for curve in header["curves"] if curve["beside"]] == [*dots, "shadow"]
    (examples,) = header["fit"]["examples"]
    assert examples["trained"] == trained
    assert len(examples["targets"]) == trained + tested


def test_fifty_layers_of_sigmoids_train():
    net = replace(SMALL, depth=50, width=2, activation="sigmoid", lanes=(GD,), steps=10)
    header, floats = sent(open_page(net), "networks")
    (racer,) = header["lanes"]
    curves = table(racer["curves"], floats)
    assert np.isfinite(curves["train"]).all()
    assert np.isfinite(curves["norm"]).all()
    assert racer["diverged"] == -1


def test_what_is_set_aside_keeps_its_number():
    net = replace(SMALL, lanes=(GD, replace(MOMENTUM, shown=False), ADAM))
    lanes = sent(open_page(net), "networks")[0]["lanes"]
    assert [(racer["number"], racer["label"]) for racer in lanes] == [(0, "Gradient descent"), (2, "Adam")]


# ---- what is told ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_learning_rate_of_100_diverges_and_the_others_go_on(lang):
    header, floats = sent(open_page(LINE, lang), "networks")
    training = trained_on(LINE)
    lost = int(training.diverged_at[1, 0])
    assert lost > 0
    assert [racer["diverged"] for racer in header["lanes"]] == [-1, lost, -1, -1]
    assert header["lanes"][1]["happened"] == WORDS["diverged"].within(lang).format(step=lost)
    paths = [table(racer["path"], floats) for racer in header["lanes"]]
    assert [len(path["steps"]) for path in paths] == [61, lost + 1, 61, 61]
    assert np.isfinite(paths[0]["gap"]).all()
    for number in (0, 2, 3):
        curves = table(header["lanes"][number]["curves"], floats)
        assert curves["train"][-1] < curves["train"][0]
    x0, x1, *_ = header["scene"]["window"]
    assert x1 - x0 < 1000
    alive = sent(open_page(replace(LINE, lanes=(GD, ADAM, MOMENTUM)), lang), "networks")[0]["told"]
    assert header["told"] == alive  # what diverged is no part of the movement that the plane shows


def test_all_diverged():
    header, floats = sent(open_page(replace(LINE, lanes=(HOT,))), "networks")
    assert header["lanes"][0]["happened"].startswith("diverged at update")
    assert "%" not in header["told"]
    assert table(header["lanes"][0]["path"], floats)["steps"][0] == 0


def test_how_many_seeds_diverged():
    """A decay of 10 and a rate beyond 2/20, its limit."""
    net = replace(SMALL, lanes=(lane("gradient_descent", learning_rate=1.0),), decay=10.0, seeds=4)
    header, _ = sent(open_page(net), "networks")
    lost = trained_on(net).diverged_at[0]
    assert (lost > 0).all()
    assert header["lanes"][0]["happened"] == WORDS["diverged_some"].format(count=4, seeds=4, step=lost.min())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("net", "plane"),
    [
        (replace(LINE, lanes=(GD, HOT)), "line"),
        (replace(LINE, lanes=(GD, HOT)), "solutions"),
        (replace(SMALL, lanes=(GD, GD)), "line"),
        (replace(SMALL, lanes=(GD,), scheme="zero"), "filter"),
        (replace(SMALL, lanes=(GD,), scheme="zero"), "layer"),
    ],
    ids=["line", "solutions", "twins", "filter", "layer"],
)
def test_a_plane_that_there_is_not_is_told_and_the_paths_own_is_shown(net, plane, lang):
    """With its own names along its axes, and the wish stays."""
    header, _ = sent(open_page(replace(net, plane=plane), lang), "networks")
    assert header["told"] == PLANES[plane].missing.within(lang)
    assert header["plane"] == plane
    own, _ = sent(open_page(replace(net, plane="pca"), lang), "networks")
    assert header["scene"] == own["scene"]
    assert header["scene"]["names"] == [PLANES["pca"].along.within(lang), PLANES["pca"].across.within(lang)]
    assert not header["scene"]["flat"]


def test_eigenvalues_are_told():
    header, _ = sent(open_page(replace(SMALL, plane="eigen")), "networks")
    assert "eigenvalues of H" in header["told"]
    assert header["scene"]["names"] == [PLANES["eigen"].along, PLANES["eigen"].across]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_verdict_has_its_sentence(lang, monkeypatch):
    """With each number that it names; of several seeds also of how many it is true."""
    monkeypatch.setattr("views.kit.text.language", lambda: lang)
    for kind in KINDS.keys() - {"diverged"}:
        for seeds in (1, 8):
            found = Commonest(Verdict(kind, 20, 0.25, 0.5), min(seeds, 5), seeds)
            monkeypatch.setattr("views.kit.learning.commonest", lambda *_, found=found: found)
            said = happened(Learned(0, SMALL, None, 0))
            assert "{" not in said
            for name, number in {"step": "20", "low": "0.25", "end": "0.5", "share": "50"}.items():
                assert (number in said) >= (f"{{{name}}}" in WORDS[kind]), (kind, said)
            assert ("5" in said and "8" in said) or seeds == 1


def test_of_several_seeds_one_thing_is_said_and_of_how_many():
    header, _ = sent(open_page(replace(SMALL, lanes=(GD,), seeds=3)), "networks")
    assert header["lanes"][0]["happened"].endswith("of 3 seeds)")


# ---- bad settings ----------------------------------------------------------------------------------------------------

BAD = {
    "batch": (replace(SMALL, batch=29), {"value": "29", "allowed": "28"}),
    "large": (replace(SMALL, width=256, depth=3), {"allowed": "20000"}),
    "lonely": (replace(SMALL, norm="batch", batch=1), {}),
    "dense": (replace(SMALL, lanes=(NEWTON,), depth=2, width=20), {"value": "501", "allowed": "400"}),
    "idle": (replace(SMALL, lanes=(replace(GD, shown=False),)), {}),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("problem", BAD)
def test_what_cannot_be_trained_is_told_and_the_panel_stays(problem, lang):
    net, values = BAD[problem]
    page = open_page(net, lang)
    field = NEWTON.rule.name.within(lang)
    wanted = CATALOGUE["problem"][problem].within(lang).format(**{"value": "", "allowed": "", "field": field, **values})
    assert [warning.value for warning in page.warning] == [wanted]
    assert not has_picture(page)
    paths = fields(page)
    assert {"net.width", "net.depth", "net.batch", "net.lanes.0.rule.learning_rate"} <= set(paths)
    assert paths["net.width"]["value"] == net.width


def panel_after(edits, lang="en"):
    """The panel after the browser has sent ``edits``."""

    def script(edits):
        from views.controls import network
        from views.session import visit

        visit.network()
        visit.take(edits)
        network.network_panel(visit.network(), compares=True, stops=True)

    page = AppTest.from_function(script, args=(edits,), default_timeout=60)
    page.query_params["lang"] = lang
    return again(page)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [("width", "0", "range"), ("width", "2.5", "whole"), ("depth", "65", "range"), ("test", "1", "range"),
     ("seeds", "", "number")],
)  # fmt: skip
def test_the_panel_refuses_with_a_sentence_at_the_field(path, value, problem, lang):
    page = panel_after([{"path": f"net.{path}", "value": value}], lang)
    field = fields(page)[f"net.{path}"]
    knob = NUMBERS[path]
    span = f"{knob.low:g} … {knob.high:g}"
    sentence = CATALOGUE["problem"][problem].within(lang)
    assert field["problem"] == sentence.format(field=CATALOGUE["net"][path].within(lang), value=value, allowed=span)
    assert field["value"] == getattr(NetworkExperiment, path)
    assert page.session_state["visit"].said.network == NetworkExperiment()


def test_edits_become_the_network_and_its_link():
    edits = [("data", "sine"), ("width", 4), ("lanes.0.rule.learning_rate", 0.5), ("activation", "relu")]
    page = panel_after([{"path": f"net.{path}", "value": value} for path, value in edits])
    wanted = replace(
        NetworkExperiment.on("sine", width=4, activation="relu"),
        lanes=(replace(GD, optimizer=GD.optimizer.with_values(learning_rate=0.5)), MOMENTUM, ADAM),
    )
    assert page.session_state["visit"].said.network == wanted
    assert address(page) == parse_qs(wanted.to_link()) | {"lang": ["en"]}
    assert fields(page)["net.width"]["value"] == 4


def test_another_data_set_from_the_menu():
    page = open_page(replace(SMALL, steps=20, lanes=(GD,)))
    page.selectbox(key="data").select("xor")
    again(page)
    assert sent(page, "networks")[0]["fit"]["names"]
    assert page.session_state["visit"].said.network.data.name == "xor"
    assert page.session_state["visit"].said.network.width == 3
    assert "data=xor" in page.session_state["visit"].link


def test_a_bad_link_is_told_and_the_rest_is_shown():
    page = open_page("data=two_moons~size~40&net=depth~1~width~0~steps~20~colour~red&rule=gradient_descent&rule=eve")
    lines = told(page)
    assert len(lines) == 3
    assert lines[0].startswith("width: 0")
    assert "red" in lines[1]
    assert "eve" in lines[2]
    assert page.session_state["visit"].said.network.steps == 20
    assert len(sent(page, "networks")[0]["lanes"]) == 1


# ---- long work -------------------------------------------------------------------------------------------------------


@pytest.fixture
def forgotten():
    """No training is remembered, and no picture of one."""

    def forget():
        work._shelves.pop("training", None)
        PICTURES._kept.clear()

    forget()
    yield
    forget()


def runs(page):
    return [button.key for button in page.button if button.key.endswith("_run")]


def by_address(net, more="&long=1", kind="learning"):
    """What the page asks for by itself."""
    return fetch(f"/{ROOT}/{kind}?{net.to_link()}&lang=en{more}", Starlette(routes=routes()))[2]


@pytest.fixture
def costly(monkeypatch):
    """A short training counts as long: its shorter part does not."""

    def longer_than(seconds):
        for where in (work, trained):
            monkeypatch.setattr(where, "AUTOMATIC", seconds)

    return longer_than


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_long_training_waits_for_the_click(lang, forgotten, costly):
    """In the picture; a shorter one is there meanwhile; the page knows of it once it has run."""
    net = replace(SMALL, lanes=(GD,), seeds=4)
    costly(0.9 * net.seconds)
    page = open_page(net, lang)
    header, _ = sent(page, "networks")
    assert header["seconds"] >= net.seconds  # with what has to be compiled
    assert header["link"] == net.to_link()
    assert header["waiting"]
    assert header["runnable"]
    shorter, _ = unpacked(by_address(net, "", "beginning"))
    assert shorter["part"] == "shorter"
    assert shorter["link"] == net.to_link()
    assert 0 < shorter["steps"] <= 60
    assert len(shorter["lanes"]) == 1
    told = worded("networks", shorter | {"language": lang})["waiting"]
    assert WORDS["shorter"].within(lang).format(steps=shorter["steps"]) in told
    assert not runs(page)
    assert "net.width" in fields(page)
    *_, whole = parts(by_address(net))
    assert unpacked(whole)[0]["seconds"] is None
    header, _ = sent(again(page), "networks")
    assert (header["seconds"], header["part"], header["steps"], header["waiting"]) == (None, "", 60, "")
    assert sent(open_page(replace(net, plane="filter"), lang), "networks")[0]["seconds"] is None  # the same training


def test_what_has_no_affordable_part_waits_alone():
    """Fewer updates would not make it short: the rows of its record are most of the work."""
    net = replace(SMALL, data=SMALL.data.with_values(size=2000.0), batch=1, steps=20_000, width=64, depth=4)
    page = open_page(net)
    header, _ = sent(page, "networks")
    assert (header["lanes"], header["fit"], header["scene"]) == ([], None, None)
    assert unpacked(by_address(net, "", "beginning"))[0]["lanes"] == []
    assert header["runnable"]
    assert str(round(header["seconds"]))[0] in header["waiting"]
    assert not runs(page)


@pytest.mark.parametrize("net", [SMALL, LINE, replace(SMALL, seeds=3, batch=8), APART])
def test_a_long_training_grows(net, forgotten, costly, monkeypatch):
    """What is shown meanwhile is what the whole has up to there, and says nothing that may not stay true."""
    net = replace(net, steps=2000)
    costly(0.0)
    monkeypatch.setattr(flights, "TURN", 0.0)
    monkeypatch.setattr("engine.networks.training.CELLS", 100 * max(net.batch, 1))  # so many updates at a time
    monkeypatch.setattr("engine.networks.training.CHUNK", 0.0)
    monkeypatch.setattr("views.session.growing.EVERY", 0.0)
    monkeypatch.setattr("views.session.growing.TIMES", 0.0)
    told = list(parts(by_address(net)))
    shares = [json.loads(part)["share"] for part in told if part.startswith(b"{")]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    *grown, whole = [unpacked(part) for part in told if not part.startswith(b"{")]
    assert len(grown) > 1
    assert [header["steps"] for header, _ in grown] == sorted(header["steps"] for header, _ in grown)
    last = [table(racer["curves"], whole[1]) for racer in whole[0]["lanes"]]
    for header, floats in grown:
        assert (header["part"], header["link"], header["scene"]) == ("so_far", net.to_link(), None)
        assert header["steps"] <= whole[0]["steps"]  # one of several parts may have ended
        assert header["seconds"] == pytest.approx(net.seconds)
        assert [*misfits(header, LearningPicture)] == []
        for racer, wanted in zip(header["lanes"], last, strict=True):
            found = table(racer["curves"], floats)
            rows = np.searchsorted(wanted["steps"], found["steps"][-1], "right")
            assert found["steps"][:rows].tolist() == wanted["steps"][:rows].tolist()
            assert (found["steps"][rows:] == found["steps"][-1]).all()
            assert found["steps"][-1] <= header["steps"]
            assert racer["path"] is None
            np.testing.assert_array_equal(found["train"][:rows], wanted["train"][:rows])
            assert racer["happened"] == "" or "diverged" in racer["happened"]
        assert all(steps[-1] <= header["steps"] for steps in header["fit"]["steps"])
    assert unpacked(by_address(net, ""))[0] == whole[0]


def test_what_was_seen_does_not_wait_again(forgotten, costly, monkeypatch):
    """Others have pushed it off the shelf."""
    net = replace(SMALL, lanes=(GD,), steps=58)
    page = open_page(net)
    assert sent(page, "networks")[0]["seconds"] is None
    work.shelf("training")._kept.clear()
    costly(0.0)
    assert sent(again(page), "networks")[0]["seconds"] is None


def test_what_is_only_looked_at_is_not_trained_again():
    for change in ({"plane": "eigen"}, {"view": "hidden"}):
        assert key_of(replace(SMALL, **change)) == key_of(SMALL)
    changes = [
        {"data": replace(SMALL, data=LINE.data).data}, {"lanes": (GD,)}, {"depth": 2}, {"width": 4},
        {"activation": "relu"}, {"norm": "layer"}, {"residual": 1}, {"dropout": 0.1}, {"scheme": "he"}, {"scale": 0.5},
        {"loss": "mse"}, {"batch": 8}, {"decay": 0.1}, {"steps": 61}, {"seeds": 2}, {"seed": 1}, {"test": 0.2},
        {"standardise": 0},
    ]  # fmt: skip
    assert len({key_of(replace(SMALL, **change)) for change in ({}, *changes)}) == 1 + len(changes)


def test_sliders_that_are_no_structure_do_not_compile(compiled):
    open_page(SMALL)
    rates = tuple(replace(racer, optimizer=racer.optimizer.with_values(learning_rate=0.123)) for racer in SMALL.lanes)
    compiled.clear()
    open_page(replace(SMALL, lanes=rates, decay=0.01, seed=7, scale=0.5))
    assert not compiled


def test_a_training_that_was_cancelled_leaves_the_page_usable(forgotten):
    """Short work, too: it does not begin again by itself, the settings are as they were, and a click trains."""
    net = replace(SMALL, lanes=(GD,), steps=59)
    here = Visit(Said(default(), Study(), NetworkExperiment()))
    here.work("training").cancelled = key_of(net)  # what the button of the progress leaves
    page = open_page(net, visit=here)
    assert not has_picture(page)
    assert page.session_state["visit"].said.network == net
    assert "net.width" in fields(page)
    page.button(key="training_run").click()
    assert has_picture(again(page))
