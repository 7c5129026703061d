"""What a page may ask for by a link, without a visit: any process answers, and the same link always the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from settings.base import Settings
from views.session.said import Said, changed

Asked = TypeVar("Asked")


@dataclass(frozen=True)
class Answer(Generic[Asked]):
    """One kind of picture. Those of a page stand in the module ``answers`` of its room, as ``ANSWERS`` by their names.

    of: what decides it, of all that a link says, the language that the page is in, and what the page asks for, its
        ``own``; link: the canonical query string of that, without a language.
    kept: its bytes, if they are known already.
    waits: whether nobody works on it before it is asked for with a click; waiting: the bytes that say so.
    drawn: the work: the share that is done and None, every now and then, and at last 1 and the bytes.
    changed: all that a link says, after one edit.
    growing: that of a long one, where the share may stand beside the bytes of what is there so far.
    """

    of: Callable[[Said, str, Any], Asked]
    link: Callable[[Asked], str]
    kept: Callable[[Asked], bytes | None]
    waits: Callable[[Asked], bool]
    waiting: Callable[[Asked], bytes]
    drawn: Callable[[Asked], Iterator[tuple[float, bytes | None]]]
    changed: Callable[[Said, str, Any], Said] = changed
    growing: Callable[[Asked], Iterator[tuple[float, bytes | None]]] | None = None
    own: type[Settings] = Settings
