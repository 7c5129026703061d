"""What is looked at, as values: read from a link, and changed by edits, whoever asks: a page or an address."""

from typing import Any, NamedTuple

from engine.link import Notice
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import Experiment
from engine.surfaces.study import Study
from views.session.edits import STUDY_CHANGES, edited, studied
from views.session.network_edits import network_edited


class Said(NamedTuple):
    """On a surface, at a point of it, in a network."""

    experiment: Experiment
    study: Study
    network: NetworkExperiment


def read(link: str) -> tuple[Said, tuple[Notice, ...]]:
    """From a query string, and what was not taken of it."""
    experiment, ignored = Experiment.from_link(link)
    study, more = Study.from_link(link, experiment.surface)
    net, most = NetworkExperiment.from_link(link)
    return Said(experiment, study, net), (*ignored, *more, *most)


def changed(now: Said, path: str, value: Any) -> Said:
    """After one edit.

    Raises:
        Refused: with a notice that says what was wrong.
    """
    if path.startswith("net."):
        return now._replace(network=network_edited(now.network, path.removeprefix("net."), value))
    if path.split(".")[0] in STUDY_CHANGES:
        return now._replace(study=studied(now.study, now.experiment, path, value))
    experiment = edited(now.experiment, path, value)
    moved_on = experiment.landscape.name != now.experiment.landscape.name
    return now._replace(experiment=experiment, study=Study() if moved_on else now.study)
