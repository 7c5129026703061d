"""A race by its link: what the page sends, without a visit; edits, long runs, and addresses that make no sense."""

import asyncio
import json
import struct
import threading
from contextlib import AsyncExitStack
from dataclasses import replace
from urllib.parse import parse_qs, quote, unquote, urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from test_experiment import experiments
from test_pages import pictured as page_picture
from test_pages import visit
from test_serve import fetch, fetching
from test_wire import unpacked

from engine.shelf import Shelf
from engine.surfaces.experiment import Experiment, default, lane, run
from lessons import LESSONS
from views.compare import picture
from views.kit.addresses import ROOT
from views.kit.text import CATALOGUE
from views.networks import stage
from views.server import answers, flights
from views.server.gate import GATE, Who
from views.session.edits import edited

APP = Starlette(routes=answers.routes())
QUICK = Experiment.on("booth", lane("adam", learning_rate=0.1), lane("momentum", learning_rate=0.02), steps=40)
LONG = Experiment.on("booth", lane("gradient_descent", learning_rate=1e-3), lane("newton"), steps=100_000)


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """No picture is kept."""
    monkeypatch.setattr(picture, "PICTURES", Shelf(most=50, room=10_000_000))
    monkeypatch.setattr("views.compare.answers.PICTURES", picture.PICTURES)


def ask(link, *edits, more=""):
    said = "".join(f"&edit={quote(json.dumps(each))}" for each in edits)
    return fetch(f"/{ROOT}/race?{link}{said}{more}", APP)


def refused(headers):
    return json.loads(unquote(headers["lab-refused"]))


@pytest.mark.parametrize("name", [name for name, lesson in LESSONS.items() if lesson.page == "compare"])
def test_an_address_gives_what_the_page_sends(name):
    experiment = LESSONS[name].experiment
    (data,) = [
        part.proto.bytes
        for part in visit(experiment.to_link()).get("bidi_component")
        if part.proto.id.endswith("-compare")
    ]
    said, floats = page_picture(data)
    status, headers, body = ask(experiment.to_link())
    header, same = unpacked(body)
    assert status == 200
    assert header.items() <= said.items()
    np.testing.assert_array_equal(same, floats)
    assert headers["content-location"] == f"race?{experiment.to_link()}"


def test_the_same_link_is_worked_out_once_and_may_be_kept():
    first = ask(QUICK.to_link())
    again = ask("&".join(reversed(QUICK.to_link().split("&"))))  # no picture depends on the order of the fields
    assert first[2] == ask(QUICK.to_link())[2]
    assert "immutable" in first[1]["cache-control"]
    assert again[0] == 200
    assert picture.PICTURES.works == 2  # the reversed one has its runs in another order


def test_who_asks_at_the_same_time_waits_for_one_piece_of_work(monkeypatch):
    begun, go, run_it = threading.Event(), threading.Event(), picture.running

    def slowly(experiment):
        begun.set()
        go.wait(10)
        yield from run_it(experiment)

    monkeypatch.setattr(picture, "running", slowly)

    async def scene():
        address = f"/{ROOT}/race?{QUICK.to_link()}"
        asking = [asyncio.create_task(fetching(address, APP, lab_visitor=name)) for name in ("one", "other")]
        await asyncio.to_thread(begun.wait, 10)
        await asyncio.sleep(0.1)
        go.set()
        return [body for _, _, body in await asyncio.gather(*asking)]

    first, second = asyncio.run(scene())
    assert first == second
    assert picture.PICTURES.works == 1


def test_what_the_table_prints_stands_at_the_frames_of_the_picture():
    bursting = LESSONS["burst"].experiment
    shown, _ = unpacked(ask(bursting.to_link())[2])
    printed, _ = unpacked(fetch(f"/{ROOT}/moment?{bursting.to_link()}", APP)[2])
    assert [racer["frames"] for racer in printed["lanes"]] == [racer["frames"] for racer in shown["lanes"]]


def test_the_table_of_a_long_run_is_not_worked_out_unasked(monkeypatch):
    """Its picture brings it along; the address alone begins nothing, whether that picture is kept or not."""
    ask(LONG.to_link(), more="&long=1")
    monkeypatch.setattr(picture, "race", lambda experiment: pytest.fail("a long run"))
    status, headers, body = fetch(f"/{ROOT}/moment?{LONG.to_link()}", APP)
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert unpacked(body)[0]["lanes"] == []


def test_who_has_it_already_is_told_so():
    tag = ask(QUICK.to_link())[1]["etag"]
    status, _, body = asyncio.run(fetching(f"/{ROOT}/race?{QUICK.to_link()}", APP, if_none_match=tag))
    assert (status, body) == (304, b"")


# ---- edits -----------------------------------------------------------------------------------------------------------

NUMBERS = st.sampled_from([0.1, 3, "0.5", "abc", 1e9, -1, None, [1, 1], [0.5, -0.25]])
PATHS = st.sampled_from([
    "start", "start.0", "steps", "noise", "seed", "tolerance", "lanes.add", "lanes.0.copy", "lanes.0.remove",
    "lanes.1.remove", "lanes.0.shown", "lanes.0.rule.learning_rate", "lanes.1.schedule", "schedule_all", "nonsense",
])  # fmt: skip
VALUES = st.one_of(NUMBERS, st.sampled_from(["adam", "lion", "cosine", "nobody", True, False]))


@settings(max_examples=150)
@given(st.lists(st.tuples(PATHS, VALUES), max_size=6))
def test_edits_by_address_are_the_edits_of_a_page(changes):
    """Any sequence gives the same experiment as one after the other in Python, and its canonical link."""
    experiment, troubles = QUICK, set()
    for path, value in changes:
        try:
            experiment = edited(experiment, path, value)
        except ValueError:
            troubles.add(path)
    query = urlencode([("edit", json.dumps(each)) for each in changes])
    asked, told, _ = answers._asked(f"{QUICK.to_link()}&{query}", answers_of("race"))
    assert asked == experiment
    assert set(told) == troubles
    assert Experiment.from_link(asked.to_link()) == (asked, ())


def answers_of(name):
    from views.compare.answers import ANSWERS

    return ANSWERS[name]


def test_an_edit_that_is_refused_says_why_and_leaves_the_rest():
    status, headers, body = ask(QUICK.to_link(), ["steps", "1e9"], ["lanes.0.rule.learning_rate", 0.2])
    assert status == 200
    assert refused(headers)["steps"]["problem"] == "range"
    header, _ = unpacked(body)
    assert header["steps"] == 40
    assert "adam~learning_rate~0.2" in header["link"]
    assert "{" + "field" + "}" in CATALOGUE["problem"]["range"]  # the page says it with these words


# ---- long runs -------------------------------------------------------------------------------------------------------


def parts(body):
    while body:
        (size,) = struct.unpack_from("<I", body)
        yield body[4 : 4 + size]
        body = body[4 + size :]


def test_a_long_run_waits_then_comes_in_parts_and_is_kept(monkeypatch):
    monkeypatch.setattr(flights, "TURN", 0.0)  # each chunk is told, however fast the machine is
    _, headers, body = ask(LONG.to_link())
    header, _ = unpacked(body)
    assert header["seconds"] == pytest.approx(LONG.seconds)
    assert header["lanes"] == []
    assert headers["cache-control"] == "no-store"
    *shares, last = parts(ask(LONG.to_link(), more="&long=1")[2])
    told = [json.loads(share)["share"] for share in shares]
    assert told == sorted(told)
    assert told
    assert 0 < told[0] < 1
    header, _ = unpacked(last)
    assert header["seconds"] is None
    assert [racer["outcome"]["final_loss"] for racer in header["lanes"]] == [
        float(trajectory.loss[-1]) for _, trajectory in run(LONG)
    ]
    assert ask(LONG.to_link())[2] == last  # also who has not asked for it gets what is there


def test_who_leaves_ends_the_work():
    ended = []

    def chunks():
        try:
            for done in range(10_000_000):
                yield done / 10_000_000, None
        finally:
            ended.append(True)

    def work():
        return picture.PICTURES.working("a link", chunks)

    async def leave():
        coming = flights.watched("a link", work, Who("one", "race"), patient=True)
        await anext(coming)
        await anext(coming)
        await coming.aclose()
        while flights._flights:
            await asyncio.sleep(0.001)

    asyncio.run(leave())
    assert ended == [True]
    assert picture.PICTURES.kept("a link") is None


def test_a_newer_long_run_of_the_same_visitor_ends_the_older_one_without_a_fault(monkeypatch):
    """Both wait behind others; the newer one takes the place of the older in the queue."""
    runs = [replace(LONG, steps=steps) for steps in (99_998, 99_999)]

    async def scene():
        async with AsyncExitStack() as stack:
            for number in range(GATE.places):
                await stack.enter_async_context(GATE.place(Who(str(number), "race")))
            asking = []
            for each in runs:
                address = f"/{ROOT}/race?{each.to_link()}&long=1"
                asking.append(asyncio.create_task(fetching(address, APP, lab_visitor="one")))
                await asyncio.sleep(0.05)
        return await asyncio.gather(*asking)

    older, newer = [list(parts(body)) for _, _, body in asyncio.run(scene())]
    assert older == []
    assert unpacked(newer[-1])[0]["link"] == runs[1].to_link()


# ---- addresses that make no sense ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "surface=nowhere", "steps=-1", "start=99~99", "run=eve", "run=adam~b1~7", "v=9", "edit=1", "edit=[1,2]",
        "edit=[" * 50, "edit=%00", "x" * 9000, "&".join(['edit=["steps",3]'] * 99), "surface=booth&steps=nan",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_answered_with_a_sentence(query):
    status, _, body = fetch(f"/{ROOT}/race?{query}", APP)
    assert status == 400
    assert 5 < len(body) < 200


LETTERS = st.sampled_from('abcdefgxyz0123456789~&=%+-.[]",é\x00')


@settings(max_examples=300)
@given(experiments(), st.data())
def test_a_mutated_address_is_never_a_fault(experiment, data):
    """None is worked on here: only read. What can be read is an experiment in range."""
    query = list(default().to_link() if data.draw(st.booleans()) else experiment.to_link())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(query) - 1))
        query[at : at + data.draw(st.integers(0, 3))] = data.draw(st.lists(LETTERS, max_size=3))
        query = query or ["x"]
    try:
        asked, _, _ = answers._asked("".join(query), answers_of("race"))
    except ValueError as error:
        assert str(error)
    else:
        assert Experiment.from_link(asked.to_link()) == (asked, ())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_words_of_a_language_are_fetched_once(lang):
    status, headers, body = fetch(f"/{ROOT}/words?lang={lang}", APP)
    told = json.loads(body)
    assert status == 200
    assert "immutable" in headers["cache-control"]
    assert told["stage"] == {key: words.within(lang) for key, words in CATALOGUE["stage"].items()}
    assert told["surfaces"].keys() == told["about"].keys()
    assert fetch(f"/{ROOT}/words?lang=fr", APP)[0] == 400


def test_pictures_have_no_words():
    """What two languages would have to be told differently is not in it: one picture for all."""
    header, _ = unpacked(ask(QUICK.to_link())[2])
    said = json.dumps(header, ensure_ascii=False)
    words = [*CATALOGUE["happened"].values(), *CATALOGUE["verdict"].values(), *CATALOGUE["stage"].values()]
    long = [word for word in words if " " in word and len(word) > 12 and "{" not in word]
    assert len(long) > 30
    assert not [word for word in long if word in said or word.zh in said]
    assert parse_qs(header["link"])["surface"] == ["booth"]


# ---- critical points -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_atlas_by_its_link_is_what_the_page_sends(lang):
    link = "v=1&surface=himmelblau&start=-4~0.5&run=gradient_descent~learning_rate~0.01&at=3~2&leave=here"
    (data,) = [
        part.proto.bytes
        for part in visit(link, lang, to="critical_points").get("bidi_component")
        if part.proto.id.endswith("-critical_points")
    ]
    said, floats = page_picture(data)
    status, _, body = fetch(f"/{ROOT}/atlas?{link}&lang={lang}", APP)
    header, same = unpacked(body)
    assert status == 200
    assert header.items() <= said.items()
    np.testing.assert_array_equal(same, floats)
    assert said["here"]["verdict"] == header["here"]["verdict"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in header["here"]["verdict"]) == (lang == "zh")


def test_who_looks_at_a_point_goes_on_looking_at_it_when_the_surface_is_bent():
    """As the page does it: the saddle of the tilted double well moves with the tilt, and the link follows."""
    link = "v=1&surface=tilted_double_well"
    header, _ = unpacked(fetch(f"/{ROOT}/atlas?{link}&edit={quote(json.dumps(['critical', [0.0]]))}", APP)[2])
    before = header["here"]["exact"]
    knob = next(iter(Experiment.from_link(link)[0].landscape.numbers))
    turned = quote(json.dumps([f"knobs.{knob}", 0.15]))
    after, _ = unpacked(fetch(f"/{ROOT}/atlas?{header['link']}&edit={turned}", APP)[2])
    assert after["here"]["kind"] == header["here"]["kind"]
    assert after["here"]["exact"] != before
    assert after["here"]["norm"] == pytest.approx(0, abs=1e-9)


# ---- trainings -------------------------------------------------------------------------------------------------------


def test_a_training_by_its_link_is_what_the_page_sends():
    link = "data=xor&net=steps~40~width~4"
    (data,) = [
        part.proto.bytes
        for part in visit(link, to="networks").get("bidi_component")
        if part.proto.id.endswith("-networks")
    ]
    said, floats = page_picture(data)
    stage.PICTURES._kept.clear()
    status, _, body = fetch(f"/{ROOT}/learning?{link}", APP)
    header, same = unpacked(body)
    assert status == 200
    assert header.items() <= said.items()
    np.testing.assert_array_equal(same, floats)
    assert len(stage.PICTURES._kept) == 1


@pytest.mark.parametrize("net", ["steps~100000~width~48~depth~4", "width~64~depth~6", "batch~1~norm~batch"])
def test_a_training_that_is_long_or_impossible_is_not_begun_by_an_address(net):
    status, headers, body = fetch(f"/{ROOT}/learning?data=digits&net={net}", APP)
    assert (status, headers["cache-control"]) == (200, "no-store")
    header, floats = unpacked(body)
    assert header["seconds"] > 1 or header["seconds"] == 0
    assert header.keys() == {"link", "seconds"}
    assert not len(floats)


def test_lanes_on_other_surfaces_are_judged_on_theirs_and_not_drawn_on_this_one():
    racer = lane("gradient_descent", learning_rate=0.05)
    lanes = (racer.with_own("knobs.a", 1.25), racer, racer.with_own("start", (1.0, 0.5)))
    bent = Experiment.on("rosenbrock", *lanes, steps=5)

    def drawn(experiment):
        return unpacked(picture.picture(experiment, picture.race(experiment)))[0]

    header = drawn(bent)
    assert [each["away"] for each in header["lanes"]] == [True, False, False]
    assert (header["ground"], header["grounds"]) == (1, [0, 1])
    assert [name["differs"][0]["knob"] for name in (header["lanes"][0]["name"], header["lanes"][2]["name"])] == [
        "rosenbrock.a", "own.start",
    ]  # fmt: skip
    alone = drawn(replace(bent.of_lane(0), lanes=(racer,)))
    assert header["lanes"][0]["outcome"] == alone["lanes"][0]["outcome"]
    other = drawn(replace(bent, ground=1))
    assert [each["away"] for each in other["lanes"]] == [False, True, True]
    assert other["scene"]["minima"] == alone["scene"]["minima"] != header["scene"]["minima"]
    assert other["scene"]["url"] == alone["scene"]["url"]
