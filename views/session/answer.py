"""What a page may ask for by a link, without a visit: any process answers, and the same link always the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from views.session.said import Said, changed

Asked = TypeVar("Asked")


@dataclass(frozen=True)
class Answer(Generic[Asked]):
    """One kind of picture. Those of a page stand in the module ``answers`` of its room, as ``ANSWERS`` by their names.

    of: what decides it, of all that a link says, and the language that the page is in; link: the canonical query string
        of that, without a language.
    changed: all that a link says, after one edit.
    kept: its bytes, if they are known already.
    picture: its bytes, or, of long work that nobody has asked for, that it waits for a click; waits: whether it does.
    drawn: the bytes after long work: the share that is done and None, and at last the bytes.
    """

    of: Callable[[Said, str], Asked]
    link: Callable[[Asked], str]
    kept: Callable[[Asked], bytes | None]
    picture: Callable[[Asked], bytes]
    waits: Callable[[Asked], bool]
    drawn: Callable[[Asked], Iterator[tuple[float, bytes | None]]]
    changed: Callable[[Said, str, Any], Said] = changed
