"""Who waits for a place, and for how long: counted in turns, never in seconds."""

import asyncio
import threading
import time

import pytest

from views.server.gate import Busy, Gate, Who


def run(scene):
    return asyncio.run(asyncio.wait_for(scene(), 20))


def test_as_many_work_as_there_are_places():
    async def scene():
        gate, at_work, most = Gate(2), 0, 0

        async def work(name):
            nonlocal at_work, most
            async with gate.place(Who(name, "race")):
                at_work += 1
                most = max(most, at_work)
                await asyncio.sleep(0)
                at_work -= 1

        await asyncio.gather(*(work(str(number)) for number in range(20)))
        return most, gate.free

    assert run(scene) == (2, 2)


def test_a_greedy_visitor_has_one_turn_while_each_other_has_one():
    """He asks forty times while five others ask once: the others are served as if he had asked once."""

    async def scene():
        gate, served = Gate(1), []

        async def ask(name):
            try:
                async with gate.place(Who(name, "race")):
                    served.append(name)
                    await asyncio.sleep(0)
            except Busy:
                pass

        async def greedy():
            async with asyncio.TaskGroup() as tasks:
                for _ in range(40):
                    tasks.create_task(ask("greedy"))
                    await asyncio.sleep(0)

        async with gate.place(Who("someone", "race")):
            others = [asyncio.create_task(ask(f"modest {number}")) for number in range(5)]
            drag = asyncio.create_task(greedy())
            for _ in range(60):
                await asyncio.sleep(0)
        await asyncio.gather(drag, *others)
        return served

    served = run(scene)
    assert served.count("greedy") == 1
    assert [name for name in served if name != "greedy"] == [f"modest {number}" for number in range(5)]


def test_the_newest_question_takes_the_place_of_the_older_in_the_queue():
    async def scene():
        gate, told = Gate(1), []

        async def ask(number, kind="race"):
            try:
                async with gate.place(Who("one", kind)):
                    told.append(number)
            except Busy:
                told.append(-number)

        async with gate.place(Who("other", "race")):
            tasks = [asyncio.create_task(ask(number)) for number in (1, 2, 3)]
            tasks.append(asyncio.create_task(ask(4, "relief")))  # of another kind: both are wanted
            await asyncio.sleep(0.01)
        await asyncio.gather(*tasks)
        return told

    assert run(scene) == [-1, -2, 3, 4]


def test_a_full_queue_says_how_long_and_lets_the_patient_wait():
    async def scene():
        gate = Gate(1, most=3)

        async def ask(name, patient=False):
            async with gate.place(Who(name, "race"), patient):
                return name

        async with gate.place(Who("first", "race")):
            waiting = [asyncio.create_task(ask(str(number))) for number in range(3)]
            await asyncio.sleep(0)
            with pytest.raises(Busy) as refusal:
                await ask("too many")
            waiting.append(asyncio.create_task(ask("long work", patient=True)))
            await asyncio.sleep(0)
        return await asyncio.gather(*waiting), refusal.value.response

    names, response = run(scene)
    assert names == ["0", "1", "2", "long work"]
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) >= 1
    assert response.headers["lab-place"] == "4"


def test_who_leaves_the_queue_frees_the_place():
    async def scene():
        gate = Gate(1)

        async def ask(name):
            async with gate.place(Who(name, "race")):
                return name

        async with gate.place(Who("first", "race")):
            leaving, staying = (asyncio.create_task(ask(name)) for name in ("leaving", "staying"))
            await asyncio.sleep(0)
            leaving.cancel()
            await asyncio.sleep(0)
        return await staying, gate.free

    assert run(scene) == ("staying", 1)


def test_who_has_had_much_begins_beside_nobody():
    """Both places are free for him alone; once another is at work, he waits until that is done."""

    async def scene():
        gate, order = Gate(2), []
        gate._had["greedy"] = (10.0, time.monotonic())

        async def work(name, goes):
            async with gate.place(Who(name, "race")):
                order.append(f"{name} begins")
                await goes.wait()
                order.append(f"{name} ends")

        first, second = asyncio.Event(), asyncio.Event()
        modest = asyncio.create_task(work("modest", first))
        await asyncio.sleep(0)
        greedy = asyncio.create_task(work("greedy", second))
        other = asyncio.create_task(work("other", first))
        await asyncio.sleep(0)
        first.set()
        await asyncio.gather(modest, other)
        second.set()
        await greedy
        return order, gate.free

    order, free = run(scene)
    assert order[:2] == ["modest begins", "other begins"]
    assert order[-2:] == ["greedy begins", "greedy ends"]
    assert free == 2


def test_work_in_threads_waits_for_a_place_too():
    """As many at a time as there are places, beside who asks by an address; each time they are free again."""

    async def scene():
        gate, at_work, most, guard = Gate(2), [0], [0], threading.Lock()
        place = gate.from_threads(asyncio.get_running_loop())

        def chunk(number):
            with place(f"visitor {number}"):
                with guard:
                    at_work[0] += 1
                    most[0] = max(most[0], at_work[0])
                time.sleep(0.002)
                with guard:
                    at_work[0] -= 1

        async with gate.place(Who("clicks", "race")):  # so there is one place for all threads
            await asyncio.gather(*(asyncio.to_thread(chunk, number) for number in range(6)))
        while gate.free < gate.places:
            await asyncio.sleep(0.001)
        return most[0]

    assert run(scene) == 1


def test_where_no_server_runs_there_is_no_gate():
    async def scene():
        return Gate(1).from_threads(asyncio.get_running_loop())

    place = run(scene)
    with place("somebody"), place("another one"):
        pass


def test_what_fails_in_a_thread_frees_its_place():
    async def scene():
        gate = Gate(1)
        place = gate.from_threads(asyncio.get_running_loop())

        def broken():
            with place("somebody"):
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(broken)
        async with gate.place(Who("other", "race")):
            return gate.free

    assert run(scene) == 0
