"""The stage: the experiment's picture, and what the visit says beside it. Python sends the first picture along; the
page asks for others by their links."""

from dataclasses import asdict
from typing import TypedDict

from engine.surfaces.experiment import FIELDS, Experiment, default
from settings.compare import Compare
from views.compare.picture import RacePicture, pictured
from views.kit.component import component
from views.kit.labels import sentence
from views.kit.text import language
from views.kit.wire import followed, packed
from views.session import visit

stage = component("compare")


class CompareVisit(TypedDict):
    """What is sent before the picture. ``link``: of the picture; ``learned``: the latest of the page's own links that
    has been heard."""

    sequence: int  # of the edits; the same again only in another language
    moved: str  # wait, race or steady: whether the clock waits at 0, sets out, or stays where it is
    language: str
    heights: str
    lesson: str
    looks: dict[str, str]
    opened: int
    problem: str
    link: str
    learned: int
    fields: list[str]  # of the address that are the experiment's
    unsaid: str  # the link that the address does not say


class ComparePicture(RacePicture, CompareVisit):
    """What the stage draws."""


def show(experiment: Experiment) -> None:
    """Draw the stage. A picture that the page has asked for by itself is not sent again."""
    here = visit.visit()
    link, problem = experiment.to_link(), visit.problem("start")
    header: CompareVisit = {
        "sequence": here.sequence,
        "moved": here.moved,
        "language": language(),
        "heights": visit.setting("heights"),
        "lesson": visit.lesson(),
        "looks": asdict(visit.settings(Compare)),
        "opened": here.opened,
        "problem": sentence(problem) if problem else "",
        "link": link,
        "learned": here.learned,
        "fields": sorted(FIELDS),
        "unsaid": default().to_link(),
    }
    stage(
        key="compare",
        data=followed(packed(header), b"" if link == here.painted else pictured(experiment)),
        on_edit_change=lambda: visit.heard("compare"),
    )
