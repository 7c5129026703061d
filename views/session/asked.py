"""What Python says of a visit to a page whose pictures are had by their links: it stands before the picture."""

from collections.abc import Callable
from typing import Any, TypedDict

from engine.networks import experiment as networks
from engine.surfaces import experiment as experiments
from engine.surfaces import study as studies
from lessons import LESSONS
from settings.base import Settings
from views.kit.labels import sentence
from views.kit.text import language
from views.session import visit
from views.session.said import Said

FIELDS = {  # of an address, by what they speak of, in their order
    "experiment": experiments.FIELDS,
    "study": studies.FIELDS.keys(),
    "network": networks.FIELDS,
}


ALWAYS = (*visit.SHARED, *visit.PARTED)  # of every page; before what is a page's own


class Visited(TypedDict):
    """``session``: whose numbers these are; ``link``: of the picture; ``learned``: the latest of the page's own links
    that has been heard."""

    session: str
    sequence: int  # of the edits; the same again only in another language
    moved: str  # wait, race or steady: whether the clock waits at 0, sets out, or stays where it is
    language: str
    heights: str
    opened: int
    problem: str
    link: str
    learned: int
    parts: list[str]  # of what is looked at, that the link speaks of
    fields: list[str]  # of the address, that do
    before: list[str]  # those that stand before them
    unsaid: str  # the link that the address does not say
    own: list[str]  # fields that are the page's own: an edit has the name of one
    hears: list[str]  # edits of which Python hears at once
    calm: bool  # whether Python need not hear of edits before something of its own is used; the panel has an address
    stages: list[str]  # links of the open demonstration's stages: it need not but when one is reached or left


At = Callable[[Said, Settings], str]


def visited(
    link: str, parts: tuple[str, ...], on_map: tuple[str, ...] = (), own: tuple[str, ...] = (), at: At | None = None,
    hears: tuple[str, ...] = (),
) -> Visited:  # fmt: skip
    """What stands before a picture.

    Args:
        parts: of what is looked at, that decide the picture.
        on_map: the edits whose refusal is told on the map.
        own: what the page asks for, that decides the picture, too: its fields of the address.
        at: by which link its picture is had of something else, on a page where beside the picture only the panel, the
            demonstration and what is folded away show anything of it; hears: but of these edits.
    """
    here = visit.visit()
    stages = _stages(at, parts) if at else None
    refused = next((problem for path in on_map if (problem := visit.problem(path))), None)
    before = list(FIELDS)[: list(FIELDS).index(parts[0])] if parts else FIELDS
    return {
        "session": here.session,
        "sequence": here.sequence,
        "moved": here.moved,
        "language": language(),
        "heights": visit.setting("heights"),
        "opened": here.opened,
        "problem": sentence(refused) if refused else "",
        "link": link,
        "learned": here.learned,
        "parts": list(parts),
        "fields": sorted([*own, *(name for part in parts for name in FIELDS[part])]),
        "before": sorted([*(() if parts else ALWAYS), *(name for part in before for name in FIELDS[part])]),
        "unsaid": visit.plain_link() if parts else "",
        "own": list(own),
        "hears": list(hears),
        "calm": stages is not None and not visit.refusals(),
        "stages": stages or [],
    }


def _stages(at: At, parts: tuple[str, ...]) -> list[str] | None:
    """The links of the stages of the open demonstration; None if one of them is shown at more links than one."""
    stages = LESSONS[visit.lesson()].stages if visit.lesson() else ()
    setups: list[dict[str, Any]] = [
        {part: {"experiment": stage.experiment, "study": stage.study, "network": stage.net}[part] for part in parts}
        for stage in stages
    ]
    if any(None in setup.values() for setup in setups):
        return None
    now = visit.visit().said
    return [at(now._replace(**setup), stage.settings) for setup, stage in zip(setups, stages, strict=True)]


def unpainted(link: str) -> bool:
    """Whether the page has not asked for this picture by itself."""
    return visit.visit().painted != link
