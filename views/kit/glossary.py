"""What words and symbols mean: one table for all pages, read once. A page marks the faces of its terms by itself."""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lessons import LESSONS
from records import Words
from views.kit.text import CATALOGUE, language

FILE = Path(__file__).parents[1] / "glossary.toml"


class Term(NamedTuple):
    """faces: its name and the symbols and phrases that stand for it, by language; see: a demonstration or a page."""

    faces: dict[str, tuple[str, ...]]
    means: Words
    see: str


TERMS = {
    key: Term({"en": tuple(told["en"]), "zh": tuple(told["zh"])}, Words(*told["means"]), told["see"])
    for key, told in tomllib.loads(FILE.read_text(encoding="utf-8")).items()
}


LETTER = r"[A-Za-zÀ-ɏΑ-ϡ\d₀-₉ᵢₜₙ]"
WHOLE = r"`[^`]*`|\$[^$]*\$|\[[^\]]*\]\([^)]*\)|:[\w/]+:"  # code, formulas, links, icons: nothing is marked in them


def marked(markdown: str) -> str:
    """A text with a link about each of its terms, where it first stands: the browser says there what it means."""
    keys, pattern = faces(language())
    told: set[str] = set()

    def link(found: re.Match[str]) -> str:
        face = found[0]
        key = keys.get(face) or keys.get(face[0].lower() + face[1:])
        if key is None or key in told:
            return face
        told.add(key)
        return f"[{face}](#term-{key})"

    return pattern.sub(link, markdown)


@cache
def faces(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """The terms by their faces in a language, and what finds those in a text."""
    keys = {face: key for key, term in TERMS.items() for face in term.faces[language]}
    return keys, re.compile("|".join([WHOLE, *map(_bordered, sorted(keys, key=len, reverse=True))]))


def _bordered(face: str) -> str:
    """No part of a longer word or symbol; at the head of a sentence as well."""
    first = f"[{face[0]}{face[0].upper()}]" if face[0].isascii() and face[0].islower() else re.escape(face[0])
    before, after = (re.match(LETTER, letter) for letter in (face[0], face[-1]))
    return (f"(?<!{LETTER})" if before else "") + first + re.escape(face[1:]) + (f"(?!{LETTER})" if after else "")


def glossary(language: str, link_of: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    """All terms in a language, as the browser gets them; ``see``: where to read on, by its title and address.

    link_of: the query of a demonstration.
    """

    def door(see: str) -> tuple[str, str]:
        page = LESSONS[see].page if see in LESSONS else see
        title = LESSONS[see].name if see in LESSONS else CATALOGUE["pages"][see]
        path = "" if page == next(iter(CATALOGUE["pages"])) else page
        return title.within(language), f"{path}?{link_of(see) + '&' if see in LESSONS else ''}lang={language}"

    return {
        key: {"faces": term.faces[language], "means": term.means.within(language), "see": door(term.see)}
        for key, term in TERMS.items()
    }
