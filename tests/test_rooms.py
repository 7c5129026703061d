"""A class in a room: every vote is counted once, whatever order messages come in; what is refused says why."""

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from benchmarks.rooms import alone, lesson
from rooms import house as housing
from rooms import votes
from rooms.house import ALPHABET, House
from rooms.refused import Refused
from rooms.room import ROUNDS, Room, Stop, again, at, enter, for_all, for_presenter, join, leave, mine, tallies, vote
from rooms.web import BODY, routes
from views.kit.text import CATALOGUE

ROOT = Path(__file__).parent.parent

SEATS = [f"seat-{number:016}" for number in range(4)]
HERE, THERE = Stop("whole", "valley"), Stop("whole", 2)
ROOM = at(Room("BCDFG", "secret"), HERE, '"which?"')


def seated(*seats):
    room = ROOM
    for seat in seats:
        room = join(room, seat)
    return room


# ---- the protocol ----------------------------------------------------------------------------------------------------

SEAT = st.integers(0, 2)
VOTE = st.tuples(st.just("vote"), SEAT, st.sampled_from("abc"), st.booleans())  # False: the message is under way
DELIVER = st.tuples(st.just("deliver"), st.integers(0, 7))  # late, or once more
RARELY = st.sampled_from([*[("enter", each) for each in ("closed", "distribution", "asking", "asking")], ("again",)])
ACT = st.one_of(VOTE, VOTE, DELIVER, DELIVER, st.tuples(st.sampled_from(["join", "join", "leave"]), SEAT), RARELY)


@settings(max_examples=300, deadline=None)
@given(st.lists(ACT, min_size=5, max_size=40))
def test_every_vote_is_counted_once_in_any_order(acts):
    """Against a book that is kept by hand: who sits, the last vote that each has, by rounds, and what is open."""
    room, sitting, rounds, is_open = ROOM, set(), [{}], True
    sent, heard = [], {}  # messages, and the newest number that was taken from each seat

    def deliver(seat, number, turn, choice):
        nonlocal room
        fits = seat in sitting and is_open and turn == len(rounds) - 1
        newer = number > heard.get(seat, 0)
        try:
            room = vote(room, SEATS[seat], number, 1, turn, json.dumps(choice))
        except Refused:
            assert newer or seat not in sitting
            assert not fits
            return
        assert fits or not newer
        if newer:
            heard[seat] = number
            rounds[-1][seat] = choice

    for act, *given_ in [("join", 0), ("join", 1), *acts]:
        if act == "join":
            room = join(room, SEATS[given_[0]])
            sitting.add(given_[0])
            heard.setdefault(given_[0], 0)
        elif act == "leave":
            room = leave(room, SEATS[given_[0]])
            sitting.discard(given_[0])
            heard.pop(given_[0], None)
            sent = [each for each in sent if each[0] != given_[0]]  # who comes back is somebody else
            if is_open:
                rounds[-1].pop(given_[0], None)
        elif act == "vote":
            seat, choice, arrives = given_
            sent.append((seat, 1 + sum(each[0] == seat for each in sent), len(rounds) - 1, choice))
            if arrives:
                deliver(*sent[-1])
        elif act == "deliver" and given_[0] < len(sent):
            deliver(*sent[given_[0]])
        elif act == "enter":
            room = enter(room, given_[0])
            is_open = given_[0] == "asking" or (is_open and given_[0] == "distribution")
        elif act == "again" and len(rounds) < ROUNDS:
            room, is_open = again(again(room, len(rounds)), len(rounds)), True
            rounds.append({})

    assert len(room.seats) == len(sitting)
    assert for_presenter(room)["voted"] == [*map(len, rounds)]
    counted = [{json.loads(value): count for value, count in each} for each in tallies(room.question)]
    assert counted == [{choice: [*each.values()].count(choice) for choice in each.values()} for each in rounds]
    assert room.size == 3 * sum(map(len, rounds))
    for seat in sitting:
        assert mine(room, SEATS[seat]) == rounds[-1].get(seat)


def refusal(act, *given_):
    with pytest.raises(Refused) as refused:
        act(*given_)
    return refused.value.code


def test_a_vote_can_change_until_the_reveal():
    room = vote(seated(SEATS[0]), SEATS[0], 1, 1, 0, '"a"')
    room = vote(enter(room, "distribution"), SEATS[0], 2, 1, 0, '"b"')
    assert mine(room, SEATS[0]) == "b"
    assert refusal(vote, enter(room, "closed"), SEATS[0], 3, 1, 0, '"c"') == "closed"
    revealed = enter(room, "revealed", '"b"')
    assert refusal(vote, revealed, SEATS[0], 3, 1, 0, '"c"') == "revealed"
    assert refusal(enter, revealed, "asking") == refusal(again, revealed, 1) == "revealed"
    assert not enter(revealed, "distribution").question.open


def test_who_leaves_takes_along_what_could_still_be_changed():
    room = vote(seated(*SEATS[:2]), SEATS[0], 1, 1, 0, '"a"')
    assert tallies(leave(room, SEATS[0]).question) == [[]]
    assert tallies(leave(enter(room, "closed"), SEATS[0]).question) == [[('"a"', 1)]]
    assert tallies(leave(again(room, 1), SEATS[0]).question) == [[('"a"', 1)], []]
    assert refusal(vote, leave(room, SEATS[0]), SEATS[0], 2, 1, 0, '"a"') == "no_seat"


def test_a_late_vote_counts_where_it_belongs_or_is_refused():
    room = at(seated(SEATS[0]), THERE, '"where?"')
    room = vote(room, SEATS[0], 1, 1, 0, '"a"')  # the presenter went on without closing
    assert for_presenter(room)["voted"] == [0]
    assert mine(at(room, HERE, '"which?"'), SEATS[0]) == "a"
    assert refusal(vote, again(at(room, HERE, '"which?"'), 1), SEATS[0], 2, 1, 0, '"b"') == "moved_on"
    assert refusal(vote, at(room, HERE, '"another?"'), SEATS[0], 2, 1, 0, '"b"') == "moved_on"


def test_nothing_of_votes_or_answer_is_told_before_its_time():
    room = vote(seated(*SEATS), SEATS[0], 1, 1, 0, '"a"')
    told = [for_all(enter(room, phase, '"the answer"')) for phase in ("asking", "closed", "distribution", "revealed")]
    assert [each.get("votes") for each in told] == [None, None, [[["a", 1]]], [[["a", 1]]]]
    assert [each.get("answer") for each in told] == [None, None, None, "the answer"]
    assert "votes" not in for_presenter(room)
    assert for_presenter(room)["seats"] == 4


def test_sketches_of_a_class_are_not_sent_to_a_class():
    sketches = [votes.ballot([[i / 7, i / 3 + number] for i in range(200)]) for number in range(8)]
    room = replace(ROOM, questions={HERE: replace(ROOM.question, rounds=(dict(enumerate(sketches)),))})
    assert for_all(enter(room, "distribution"))["votes"] is None
    assert len(for_all(enter(seated(*SEATS), "distribution"))["votes"]) == 1


def test_earlier_votes_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr("rooms.room.KEPT", 10)
    room = seated(SEATS[0])
    for number in range(1, 5):
        room = vote(at(room, Stop("deck", number), '"?"'), SEATS[0], number, number + 1, 0, '"abc"')
    assert [here.stop for here in room.questions] == [2, 3, 4]  # two of before, five bytes each, and the newest
    assert room.size == 15


# ---- what a vote may be ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["adam", True, -0.25, ["adam", "sgd"], [1.5, -2], [[0, 0], [1, 2.5], [3, 1e-7]]])
def test_a_vote_is_kept_as_it_was(value):
    assert json.loads(votes.ballot(value)) == value


@pytest.mark.parametrize(
    "value",
    ["", "x" * 65, None, {}, [], 1e31, 10**400, ["a", "a"], ["a", 1], [1, True], [[1, 2], [3]], [[[1, 2]]], ["a"] * 33],
)
def test_what_is_no_vote(value):
    assert refusal(votes.ballot, value) == "no_vote"


@pytest.mark.parametrize("text", [b"", b"NaN", b"[1, Infinity]", b"[" * 90_000, b"\xff", b"9" * 5000])
def test_what_is_no_json(text):
    assert refusal(votes.read, text) == "not_json"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(*[st.floats(-1e3, 1e3)] * 2), min_size=201, max_size=400))
def test_a_thinned_sketch_has_its_ends_and_stays_on_its_line(points):
    kept = votes.thinned(points)
    assert len(kept) <= votes.POINTS
    assert (tuple(kept[0]), tuple(kept[-1])) == (points[0], points[-1])
    for axis in (0, 1):
        values = [point[axis] for point in points]
        assert all(min(values) - 1e-9 <= point[axis] <= max(values) + 1e-9 for point in kept)


def test_a_straight_sketch_is_thinned_evenly():
    kept = votes.thinned([(i**2, 0.0) for i in range(1000)])
    assert [point[0] for point in kept] == pytest.approx([999**2 * i / 199 for i in range(200)])


# ---- the house -------------------------------------------------------------------------------------------------------


def in_house(act, **limits):
    """Run ``act(house, later)`` where time passes when it says so."""

    async def run():
        now = [0.0]
        house = House(lambda: now[0])

        def later(seconds):
            now[0] += seconds

        try:
            return await act(house, later)
        finally:
            for code in [*house.rooms]:
                house.end(code)

    return asyncio.run(run())


def test_codes_have_no_letters_that_look_alike():
    async def act(house, later):
        codes = {house.open().code for _ in range(50)}
        assert len(codes) == 50
        assert all(len(code) == 5 and set(code) <= set(ALPHABET) for code in codes)

    assert not set(ALPHABET) & set("AEIOULQ01")
    in_house(act)


def test_a_room_ends_when_nobody_uses_it():
    async def act(house, later):
        code, used = house.open().code, house.open().code
        later(housing.IDLE - 1)
        house.change(used, join, SEATS[0])
        later(1)
        house.tidy()
        assert refusal(house.find, code) == "ended"
        assert house.find(used).room.seats
        assert refusal(house.find, "XXXXX") == "unknown"

    in_house(act)


def test_a_full_house_lets_go_of_rooms_that_nobody_has_entered(monkeypatch):
    monkeypatch.setattr(housing, "ROOMS", 2)

    async def act(house, later):
        first = house.open().code
        house.change(first, join, SEATS[0])
        empty = house.open().code
        house.change(house.open().code, join, SEATS[0])
        assert refusal(house.find, empty) == "ended"
        assert refusal(house.open) == "house_full"
        assert house.find(first)

    in_house(act)


def test_a_seat_has_its_own_measure():
    async def act(house, later):
        code = house.open().code
        for seat in SEATS[:2]:
            house.change(code, join, seat)
        for _ in range(int(housing.BURST)):
            house.seated(code, SEATS[0])
        assert refusal(house.seated, code, SEATS[0]) == "too_fast"
        assert house.seated(code, SEATS[1])
        later(1.0)
        assert house.seated(code, SEATS[0])

    in_house(act)


def test_a_house_holds_so_many_bytes(monkeypatch):
    monkeypatch.setattr(housing, "BYTES", 4)

    async def act(house, later):
        code = house.open().code
        house.change(code, at, HERE, '"?"')
        for seat in SEATS[:2]:
            house.change(code, join, seat)
        house.change(code, vote, SEATS[0], 1, 1, 0, '"a"')
        assert refusal(house.change, code, vote, SEATS[1], 1, 1, 0, '"b"') == "house_full"
        house.change(code, vote, SEATS[0], 2, 1, 0, '"b"')

    in_house(act)


# ---- in words --------------------------------------------------------------------------------------------------------

OF_PRESENTER = {"not_presenter", "no_stop", "no_phase", "no_address", "no_more_rounds", "nothing_asked"}
SENT_AGAIN = {"no_seat", "too_fast", "not_json"}  # by follower.js, or never sent by it


def test_every_refusal_that_a_phone_shows_has_its_sentence():
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "rooms").glob("*.py"))
    codes = {code for call in re.findall(r"Refused\((.*?)[,)]", sources) for code in re.findall(r'"(\w+)"', call)}
    assert {"ended", "unknown", "revealed", "closed", "too_large"} <= codes
    assert codes - OF_PRESENTER - SENT_AGAIN <= CATALOGUE["room"].keys()


# ---- as a browser asks -----------------------------------------------------------------------------------------------


class Browser:
    """Asks an application without a network; ``asking`` with a body, ``hearing`` what is streamed."""

    def __init__(self, house, **headers):
        self.app, self.headers = Starlette(routes=routes(house)), headers

    def scope(self, method, path):
        path, _, query = path.partition("?")
        headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in self.headers.items()]
        return {
            "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path, "root_path": "",
            "raw_path": path.encode(), "query_string": query.encode(), "server": ("lab", 80), "headers": headers,
        }  # fmt: skip

    async def asking(self, method, path, body=b""):
        chunks = [body[at : at + 50_000] for at in range(0, len(body), 50_000)] or [b""]
        sent, read_ = [], []

        async def receive():
            read_.append(chunks.pop(0))
            return {"type": "http.request", "body": read_[-1], "more_body": bool(chunks)}

        async def send(message):
            sent.append(message)

        await self.app(self.scope(method, path), receive, send)
        self.unread = len(chunks)
        text = b"".join(message.get("body", b"") for message in sent[1:])
        kind = dict(sent[0]["headers"])[b"content-type"]
        return sent[0]["status"], json.loads(text) if kind == b"application/json" else text

    async def post(self, path, said, method="POST"):
        return await self.asking(method, path, json.dumps(said).encode())

    def hearing(self, path):
        """A queue of what is told, and the task that ends with it."""
        told, hung_up = asyncio.Queue(), asyncio.Event()

        async def receive():
            await hung_up.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            for line in message.get("body", b"").decode().splitlines():
                if line.startswith("data: "):
                    told.put_nowait(json.loads(line[6:]))

        return told, asyncio.create_task(self.app(self.scope("GET", path), receive, send)), hung_up


def test_a_lesson_as_browsers_speak_it(monkeypatch):
    monkeypatch.setattr(housing, "PAUSE", 0.0)

    async def act(house, later):
        presenter = Browser(house)
        _, opened = await presenter.asking("POST", "/room")
        path = f"/room/{opened['code']}"
        presenter.headers = {"lab_secret": opened["secret"]}
        student, other = (Browser(house, lab_seat=seat) for seat in SEATS[:2])
        _, sat = await student.asking("PUT", f"{path}/seat")
        assert sat == {"state": {"deck": "", "stop": "", "question": 0}, "number": 0, "mine": None}
        told, listening, hung_up = student.hearing(f"{path}/events")
        counts, watching, _ = presenter.hearing(f"{path}/events")
        assert (await told.get())["question"] == 0
        assert (await counts.get())["here"] in (0, 1)

        asked = {"kind": "choice", "text": "Which?", "choices": [["a", "A"]]}
        assert await presenter.post(f"{path}/at", {"deck": "whole", "stop": 3, "asked": asked}) == (200, {})
        heard = await told.get()
        assert (heard["stop"], heard["asked"], heard["phase"], heard["open"]) == (3, asked, "asking", True)
        ballot = {"question": 1, "round": 0, "number": 1, "value": "a"}
        assert await student.post(f"{path}/vote", ballot) == (200, {"number": 1})
        assert await student.post(f"{path}/vote", ballot) == (200, {"number": 1})
        while (count := await counts.get()).get("voted") != [1]:
            pass
        assert (count["here"], count["seats"]) == (1, 1)
        assert await presenter.asking("GET", f"{path}/votes") == (200, {"question": 1, "rounds": [[["a", 1]]]})
        assert told.empty()  # of a vote nobody else hears

        assert await other.post(f"{path}/vote", ballot) == (403, {"refused": "no_seat"})
        assert await other.post(f"{path}/phase", {"phase": "revealed"}) == (403, {"refused": "not_presenter"})
        assert (await other.asking("GET", f"{path}/votes"))[0] == 403
        await presenter.post(f"{path}/phase", {"phase": "revealed", "payload": {"answer": "a"}})
        assert (await told.get())["answer"] == {"answer": "a"}
        late = await student.post(f"{path}/vote", ballot | {"number": 2})
        assert late == (409, {"refused": "revealed"})

        hung_up.set()
        await listening
        while (count := await counts.get()).get("here") != 0:
            pass
        assert (await student.asking("PUT", f"{path}/seat"))[1]["mine"] == "a"  # comes back
        await presenter.asking("DELETE", path)
        await watching
        assert await student.asking("PUT", f"{path}/seat") == (410, {"refused": "ended"})
        assert not house.rooms

    in_house(act)


def test_a_million_points_are_refused_without_being_read():
    async def act(house, later):
        code = house.open().code
        student = Browser(house, lab_seat=SEATS[0])
        await student.asking("PUT", f"/room/{code}/seat")
        endless = b"[[0.5,0.5]," * 10**6
        refused = await student.asking("POST", f"/room/{code}/vote", endless)
        assert refused == (413, {"refused": "too_large", "most": BODY})
        assert student.unread > 200
        student.headers["content_length"] = str(len(endless))
        assert await student.asking("POST", f"/room/{code}/vote", endless) == refused
        del student.headers["content_length"]
        sketch = {"question": 1, "round": 0, "number": 1, "value": [[1, 2]] * (votes.MOST + 1)}
        assert await student.post(f"/room/{code}/vote", sketch) == (
            400,
            {"refused": "too_many_points", "most": votes.MOST},
        )

    in_house(act)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("vote", []),
        ("vote", {"number": 1.5, "question": 1, "round": 0, "value": "a"}),
        ("vote", {"number": True, "question": 1, "round": 0, "value": "a"}),
        ("vote", {"number": 1, "question": 1, "round": 0}),
        ("at", {"deck": None, "stop": 1}),
        ("at", {"deck": "x" * 300, "stop": 1}),
        ("phase", {"phase": "asking"}),
        ("phase", {"phase": ["revealed"]}),
        ("again", {}),
        ("again", {"round": 1}),
    ],
)
def test_bad_messages_are_refused_and_change_nothing(path, said):
    async def act(house, later):
        room = house.open()
        house.change(room.code, join, SEATS[0])
        anybody = Browser(house, lab_seat=SEATS[0], lab_secret=room.secret)
        status, refused = await anybody.post(f"/room/{room.code}/{path}", said)
        assert 400 <= status < 500
        assert refused["refused"]
        assert house.find(room.code).room == replace(room, seats={SEATS[0]: 0})

    in_house(act)


def test_the_address_is_drawn_for_phones():
    async def act(house, later):
        room = house.open()
        presenter = Browser(house, lab_secret=room.secret)
        status, drawn = await presenter.asking("GET", f"/room/{room.code}/qr?address=http://10.0.0.7/join?room=ABC")
        assert (status, drawn[:5]) == (200, b"<?xml")
        assert (await presenter.asking("GET", f"/room/{room.code}/qr"))[0] == 400

    in_house(act)


def test_a_small_class_at_a_process_of_its_own():
    """Joins, follows, votes, is cut off, sends some votes up to three times, and sketches: each vote counts once."""
    with alone() as running:
        told = asyncio.run(lesson(running.address, 12, 0.2, 0.1))
    assert told.voted == (12, 12, 12)
    assert len(told.shown) == len(told.joined) == 12
