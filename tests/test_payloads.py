"""The contract between Python and JavaScript is written once: what is declared is what is built."""

import pytest

from tests.web.declare import FILE, PAYLOADS, declarations, misfits
from views.compare.picture import End
from views.compare.stage import ComparePicture
from views.kit.addresses import WEB, module_of


def test_the_declarations_are_those_of_python():
    assert FILE.read_text(encoding="utf-8") == declarations(), "python -m tests.web.declare"


def test_every_picture_of_a_page_has_its_payload():
    assert PAYLOADS.keys() == {
        "answer",
        "demonstrations",
        "linked",
        "panel",
        "played",
        "plot",
        "question",
        "sentences",
        "sheet",
        *(path.stem for path in (WEB / "pages").glob("*.js")),
    }


READERS = {"answer": "lecture/ask.js", "question": "lecture/ask.js", "sheet": "kit/linked.js"}


def script_of(page):
    """What reads the payload: as a rule the module of its name."""
    return WEB / READERS.get(page, module_of(page))


@pytest.mark.parametrize("page", PAYLOADS)
def test_every_page_says_what_it_is_sent(page):
    """So that the type check reads the header with the fields that Python gives it."""
    assert f"Payload.{PAYLOADS[page].__name__}" in script_of(page).read_text(encoding="utf-8")


END = {"point": [1.0, 2], "kind": "saddle", "valley": False, "eigenvalues": [-1.0, None]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"kind": None}, [".kind"]),
        ({"point": [1.0, "2"]}, [".point[]"]),
        ({"point": None}, [".point"]),
        ({"more": 1}, [".more"]),
        ({"eigenvalues": [True, "x"]}, [".eigenvalues[]"]),
    ],
)
def test_a_misfit_is_found(change, told):
    assert [*misfits(END | change, End)] == told


def test_a_field_that_is_missing_is_found():
    assert set(misfits({"lanes": [{"end": END}]}, ComparePicture)) > {".scene", ".lanes[].number"}
