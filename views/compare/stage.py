"""The stage: the experiment's picture, and what the visit says beside it. Python sends the first picture along; the
page asks for others by their links."""

from dataclasses import asdict

from engine.surfaces.experiment import Experiment
from settings.compare import Compare
from views.compare.picture import RacePicture, pictured
from views.kit.component import component
from views.kit.wire import followed, packed
from views.session import visit
from views.session.asked import Visited, unpainted, visited

stage = component("compare")


class CompareVisit(Visited):
    lesson: str
    looks: dict[str, str]


class ComparePicture(RacePicture, CompareVisit):
    """What the stage draws."""


def show(experiment: Experiment) -> None:
    """Draw the stage. A picture that the page has asked for by itself is not sent again."""
    link = experiment.to_link()
    header: CompareVisit = {
        **visited(link, ("experiment",), ("start",), at=lambda said, _: said.experiment.to_link()),
        "lesson": visit.lesson(),
        "looks": asdict(visit.settings(Compare)),
    }
    stage(
        key="compare",
        data=followed(packed(header), pictured(experiment) if unpainted(link) else b""),
        on_edit_change=lambda: visit.heard("compare"),
    )
