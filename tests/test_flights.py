"""Work under way for who asks by an address: once for all who ask for the same, and as long as somebody waits."""

import asyncio

import pytest

from views.server import flights
from views.server.gate import GATE, Busy, Who

ONE, OTHER = Who("one", "race"), Who("other", "race")


@pytest.fixture(autouse=True)
def each_chunk_is_a_turn(monkeypatch):
    monkeypatch.setattr(flights, "TURN", 0.0)


class Count:
    """Work of some chunks; how often it was begun and ended, and what it has done."""

    def __init__(self, chunks=6, fault=None, grows=False):
        self.chunks, self.fault, self.grows = chunks, fault, grows
        self.begun, self.ended, self.done = 0, 0, 0

    def __call__(self):
        self.begun += 1
        try:
            for done in range(1, self.chunks):
                if self.fault:
                    raise self.fault
                self.done = done
                yield done / self.chunks, b"%d" % done if self.grows else None
            yield 1.0, b"whole"
        finally:
            self.ended += 1


def run(scene):
    async def whole():
        result = await scene()
        while flights._flights:  # who was the last to leave ended it
            await asyncio.sleep(0.001)
        return result

    return asyncio.run(asyncio.wait_for(whole(), 20))


async def seen(work, who, until=None):
    """What somebody sees who stays until a part."""
    parts = []
    coming = flights.watched("a link", work, who, patient=True)
    async for part in coming:
        parts.append(part)
        if len(parts) == until:
            break
    await coming.aclose()
    return parts


def test_all_who_ask_for_the_same_see_it_from_one_piece_of_work():
    work = Count(grows=True)

    async def scene():
        return await asyncio.gather(*(seen(work, Who(str(number), "race")) for number in range(8)))

    told = run(scene)
    assert (work.begun, work.ended) == (1, 1)
    assert {parts[-1] for parts in told} == {(1.0, b"whole")}
    assert all(b"1" not in [body for _, body in parts[1:]] for parts in told)
    assert len(told[0]) > 2, "it grew"


def test_who_joins_holds_no_place():
    """Eight wait, and as many turns are taken as one alone would have needed: nobody's wait is a turn."""
    work, turns = Count(chunks=20), []
    place = GATE.place

    def counted(who, patient=False):
        turns.append(who)
        return place(who, patient)

    async def scene():
        GATE.place = counted
        try:
            await asyncio.gather(*(seen(work, Who(str(number), "race")) for number in range(8)))
        finally:
            del GATE.place

    run(scene)
    assert len(turns) == 20
    assert set(turns) == {Who("0", "race")}


def test_when_the_first_leaves_the_work_goes_on_for_the_others():
    work = Count(chunks=30)

    async def scene():
        first = asyncio.create_task(seen(work, ONE, until=2))
        second = asyncio.create_task(seen(work, OTHER))
        await first
        return await second

    assert run(scene)[-1] == (1.0, b"whole")
    assert (work.begun, work.ended) == (1, 1)


def test_when_all_have_left_the_work_ends():
    work = Count(chunks=1_000_000)

    async def scene():
        await asyncio.gather(seen(work, ONE, until=2), seen(work, OTHER, until=2))

    run(scene)
    assert (work.begun, work.ended) == (1, 1)
    assert work.done < 1000
    assert GATE.free == GATE.places


def test_a_fault_is_told_to_all():
    work = Count(fault=ZeroDivisionError("ours"))

    async def scene():
        return await asyncio.gather(seen(work, ONE), seen(work, OTHER), return_exceptions=True)

    assert [type(fault) for fault in run(scene)] == [ZeroDivisionError, ZeroDivisionError]
    assert work.ended == 1


def test_work_without_a_picture_is_a_fault_and_not_a_wait():
    async def scene():
        return await asyncio.gather(seen(lambda: (each for each in ()), ONE), return_exceptions=True)

    assert [type(fault) for fault in run(scene)] == [ValueError]


def test_a_full_queue_refuses_who_asks_and_not_who_waits_with_patience(monkeypatch):
    """The work goes on in the name of the next one."""
    work, enter = Count(), GATE._enter

    async def full(who, patient):
        if not patient:
            raise Busy(7, 1)
        await enter(who, patient)

    monkeypatch.setattr(GATE, "_enter", full)

    async def hasty():
        async for _ in flights.watched("a link", work, ONE, patient=False):
            pass

    async def scene():
        return await asyncio.gather(hasty(), seen(work, OTHER), return_exceptions=True)

    refused, parts = run(scene)
    assert isinstance(refused, Busy)
    assert parts[-1] == (1.0, b"whole")


def test_of_what_was_not_fetched_the_newest_is_kept_and_a_picture_before_a_share():
    me = flights.Watcher(ONE, patient=True)
    for part in [flights.Part(0.1, None), flights.Part(0.2, b"a"), flights.Part(0.3, None), flights.Part(0.4, b"b")]:
        me.tell(part)
    assert me.news.get_nowait() == (0.4, b"b")
    assert me.news.empty()
