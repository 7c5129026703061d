"""Short work runs at once, long work waits for a click; nothing is done twice, and Cancel leaves all as it was."""

from contextlib import contextmanager, suppress

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import xla
from engine.networks.experiment import NetworkExperiment
from views.kit.text import CATALOGUE
from views.session import trained, work

WORDS = CATALOGUE["work"]


def page_of(seconds, steps=3, pulse=0.0, stop_at=-1, kinds=("work",), key="k"):
    """A page that counts to ``steps``, one chunk each; at chunk ``stop_at`` somebody clicks on Cancel.

    pulse: seconds that a chunk takes.
    """

    def script(seconds, steps, pulse, stop_at, kinds, key):
        import time

        import streamlit as st

        from views.session import work

        state = st.session_state
        state.setdefault("begun", 0)
        state.setdefault("drawn", [])
        key = state.get("key", key)

        def chunks():
            state.begun += 1
            for done in range(1, steps + 1):
                time.sleep(pulse)
                if done == stop_at:
                    state.stopped = True
                    work._cancel(kinds[0], key)  # what the button calls, before the page runs again
                    st.rerun()
                yield done / steps, done

        def draw(done):
            state.drawn.append(done)
            st.write(f"so far {done}")

        st.query_params.lang = "en"
        state.results = [work.worked(kind, key, seconds, chunks, draw) for kind in kinds]

    page = AppTest.from_function(script, args=(seconds, steps, pulse, stop_at, kinds, key), default_timeout=30)
    return again(page)


def again(page):
    page.run()
    assert not page.exception
    return page


@pytest.fixture(autouse=True)
def empty():
    """Nothing is remembered from test to test."""
    work._shelves.clear()
    yield
    work._shelves.clear()


def labels(page):
    return [button.label for button in page.button]


def said(page):
    return [shown.value for shown in page.markdown]


def test_short_work_runs_at_once():
    page = page_of(work.AUTOMATIC)
    assert page.session_state.results == [3]
    assert labels(page) == []
    assert page.session_state.drawn == []  # the page draws the finished result itself


def test_long_work_waits_for_the_click():
    page = page_of(12.34)
    assert page.session_state.results == [None]
    assert page.session_state.begun == 0
    assert said(page) == [WORDS["wait"].format(seconds="12")]
    assert labels(page) == [WORDS["run"]]
    again(page)
    assert page.session_state.begun == 0  # another rerun is no click
    page.button(key="work_run").click()
    again(page)
    assert page.session_state.results == [3]
    assert labels(page) == []
    assert said(page) == []


def test_a_result_is_kept_for_all_visitors():
    page = page_of(0.1)
    assert page.session_state.begun == 1
    again(page)
    assert page.session_state.begun == 1
    other = page_of(12.0)  # long by now: what is known is shown all the same
    assert other.session_state.results == [3]
    assert other.session_state.begun == 0


def test_only_so_many_results_are_kept():
    for key in range(work.KEPT + 1):
        page_of(0.1, key=key)
    assert len(work.shelf("work")._kept) == work.KEPT
    assert page_of(0.1, key=work.KEPT).session_state.begun == 0
    assert page_of(0.1, key=0).session_state.begun == 1


def test_kinds_of_work_are_apart():
    page = page_of(12.0, kinds=("work", "other"))
    page.button(key="other_run").click()
    again(page)
    assert page.session_state.results == [None, 3]
    assert labels(page) == [WORDS["run"]]


def test_a_click_is_for_one_key():
    """Whoever moves a slider after a long run has not asked for the next one."""
    page = page_of(12.0, key="a")
    page.button(key="work_run").click()
    again(page)
    page.session_state["key"] = "b"
    again(page)
    assert page.session_state.results == [None]
    assert page.session_state.begun == 1
    page.session_state["key"] = "a"
    assert again(page).session_state.results == [3]


def test_what_is_there_so_far_is_drawn(monkeypatch):
    monkeypatch.setattr(work, "PULSE", 0.0)
    monkeypatch.setattr(work, "REDRAW", 0.02)
    page = page_of(0.1, steps=6, pulse=0.03)
    drawn = page.session_state.drawn
    assert drawn
    assert set(drawn) <= {1, 2, 3, 4, 5, 6}
    assert drawn == sorted(drawn)
    assert page.session_state.results == [6]
    assert said(page) == []  # the intermediate picture is gone
    assert page.session_state["visit"].work("work").so_far == (None, None)


@pytest.mark.parametrize("seconds", [0.1, 12.0], ids=["began by itself", "was asked for"])
def test_cancel(seconds, monkeypatch):
    """What was cancelled waits for a click, short or long, and what was there so far stays on the page."""
    monkeypatch.setattr(work, "PULSE", 0.0)
    page = page_of(seconds, steps=4, pulse=0.01, stop_at=3)
    if seconds > work.AUTOMATIC:
        page.button(key="work_run").click()
        again(page)
    assert page.session_state.stopped
    assert page.session_state.begun == 1
    assert page.session_state.results == [None]
    assert labels(page) == [WORDS["run"]]
    assert said(page)[-1] == "so far 2"
    assert not work.shelf("work")._kept
    again(page)
    assert page.session_state.begun == 1


def test_cancelled_work_can_be_asked_for_again(monkeypatch):
    monkeypatch.setattr(work, "PULSE", 0.0)
    page = page_of(0.1, steps=4, pulse=0.01, stop_at=4)
    assert page.session_state.results == [None]
    page.button(key="work_run").click()
    again(page)
    assert page.session_state.begun == 2


def test_work_that_fails_leaves_nothing_behind():
    def broken():
        yield 0.5, "half"
        raise RuntimeError("no")

    with suppress(RuntimeError):
        work.worked("work", "k", 0.0, broken)
    assert not work.shelf("work")._kept


# ---- a class opens the same link -------------------------------------------------------------------------------------


def test_two_who_ask_for_the_same_get_it_from_one_piece_of_work():
    begun = []

    def chunks():
        begun.append(1)
        yield 0.5, "half"
        yield 1.0, "whole"

    first, second = (work.shelf("class").working("key", chunks) for _ in range(2))
    assert next(first) == (0.5, "half")
    assert next(second) == (0.5, "half"), "who waits sees what there is"
    assert list(first) == [(1.0, "whole")]
    assert list(second) == [(1.0, "whole")]
    assert begun == [1]


def test_who_waits_takes_over_from_who_cancels():
    first, second = (
        work.shelf("class").working("other key", lambda: iter([(0.5, "half"), (1.0, "whole")])) for _ in range(2)
    )
    next(first)
    assert next(second) == (0.5, "half")
    first.close()
    assert list(second) == [(0.5, "half"), (1.0, "whole")]


def test_large_results_push_each_other_off_the_shelf(monkeypatch):
    monkeypatch.setattr(work, "BYTES", 1000)
    for key in range(3):
        work.shelf("large").keep(key, (np.zeros(60), {"more": np.zeros(10)}))
    assert [work.shelf("large").kept(key) is not None for key in range(3)] == [False, False, True]


def test_what_must_be_compiled_first_counts(monkeypatch):
    """56 layers are trained within a second, and compiled in several: they ask; what everybody opens does not."""
    usual, deep = NetworkExperiment(), NetworkExperiment(depth=56)
    monkeypatch.setattr(xla, "noted", lambda _: False)
    for net, asks in ((usual, False), (deep, True)):
        assert net.seconds <= work.AUTOMATIC
        assert (net.seconds + trained.unprepared(net) > work.PATIENCE) == asks
    monkeypatch.setattr(xla, "noted", lambda _: True)
    assert trained.unprepared(deep) == 0


def test_each_chunk_has_a_place_and_nothing_else_has(monkeypatch):
    """Who only waits for another one's work has none."""
    taken, inside = [], []

    @contextmanager
    def place(visitor):
        taken.append(visitor)
        inside.append(1)
        yield
        inside.pop()

    monkeypatch.setattr(work, "_gate", [work._gate[0]])
    work.gated(place)

    def chunks():
        for done in (0.5, 1.0):
            assert inside
            yield done, "whole"

    first = work.shelf("gated").working("key", lambda: work.in_turns(chunks(), "first"))
    second = work.shelf("gated").working("key", lambda: work.in_turns(chunks(), "second"))
    next(first)
    assert not inside
    next(second)
    assert list(first) == [(1.0, "whole")]
    assert list(second) == [(1.0, "whole")]
    assert set(taken) == {"first"}


def test_work_that_is_left_in_its_turn_ends_at_once():
    ended = []

    def chunks():
        try:
            yield 0.5, "half"
            yield 1.0, "whole"
        finally:
            ended.append(True)

    turns = work.in_turns(chunks(), "somebody")
    next(turns)
    turns.close()
    assert ended
