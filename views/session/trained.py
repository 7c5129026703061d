"""Training for a page."""

from collections.abc import Generator, Hashable, Iterable, Iterator
from dataclasses import replace

import streamlit as st

from engine import pace, xla
from engine.networks import cost
from engine.networks.cost import hessian_seconds
from engine.networks.experiment import NetworkExperiment
from engine.networks.together import Trained, train_parts
from engine.networks.training import Training, finish, train
from engine.surfaces.cost import SIDE_BY_SIDE
from engine.threads import finishing
from engine.xla import Compiles
from views.kit.labels import trouble
from views.session.visit import visit
from views.session.work import AUTOMATIC, PATIENCE, Task, finished, shelf, worked

WAIT = 0.05  # seconds
LOOKED = "hessian"


def key_of(net: NetworkExperiment) -> Hashable:
    """What decides a training; two experiments with the same key have the same."""
    return tuple((part.net.plan, part.net.drawn) for part in net.parts)


def trained(net: NetworkExperiment, name: str = "training", quiet: bool = False) -> Trained | None:
    """The finished trainings of its parts; None, with a sentence on the page, while they wait for a click or cannot be.

    name: of the work, another one for each training that a page shows; quiet: as in ``worked``.
    """
    if problem := trouble(net):
        st.warning(problem)
        return None
    return worked(name, key_of(net), net.seconds, lambda: _chunks(net), quiet=quiet, preparing=unprepared(net))


def training_task(net: NetworkExperiment) -> Task:
    """The same as a value, of a network that can be trained; its name is "training"."""
    return Task("training", key_of(net), net.seconds, lambda _: _chunks(net), unprepared(net))


def first(trainings: Trained | None) -> Training | None:
    """That of the one part that an experiment has whose lanes have nothing of their own."""
    return trainings[0] if trainings else None


def trained_again(net: NetworkExperiment) -> Trained:
    """The finished trainings for who has no page: an address that somebody has kept."""
    return finished("training", key_of(net), lambda: _chunks(net))


def training_of(net: NetworkExperiment, name: str = "training") -> Generator[tuple[float, Trained | None]]:
    """The trainings as they go on, for who asks by an address: each time the share that is done and the trainings so
    far; known to all pages when they have ended. name: of the work, as in ``trained``."""
    return shelf(name).working(key_of(net), lambda: _chunks(net))


def is_trained(net: NetworkExperiment) -> bool:
    """Whether somebody has done so lately."""
    return shelf("training").kept(key_of(net)) is not None


def asks_first(net: NetworkExperiment) -> bool:
    """Whether a page asks before it trains this network, or says why it cannot."""
    if net.trouble or is_trained(net):
        return bool(net.trouble)
    return pace.running(net.seconds) > AUTOMATIC or seconds_of(net) > PATIENCE


def awaited(net: NetworkExperiment) -> bool:
    """Whether a training waits for a click on this visit's page; what has been seen there does not."""
    return not net.trouble and asks_first(net) and visit().work("training").last[0] != key_of(net)


def seconds_of(net: NetworkExperiment) -> float:
    """How long a training takes here, about, with what has to be compiled before."""
    return pace.running(net.seconds) + pace.compiling(unprepared(net))


def preview(net: NetworkExperiment) -> NetworkExperiment | None:
    """As much of a training that waits for its click as runs unasked: one seed, and fewer updates; None if nothing."""
    if net.trouble:
        return None
    alone = replace(net, seeds=1)
    steps = int(net.steps * min(AUTOMATIC / (2 * pace.running(alone.seconds)), 1))
    shorter = replace(alone, steps=max(steps, 1))
    short = pace.running(shorter.seconds) <= AUTOMATIC and seconds_of(shorter) <= PATIENCE
    return shorter if shorter != net and short else None


def _chunks(net: NetworkExperiment) -> Iterator[tuple[float, Trained | None]]:
    for _ in compiled(net):
        yield 0.0, None
    yield from train_parts(net)


def prepare(net: NetworkExperiment) -> None:
    """Compile what this training needs and nobody has needed before."""
    for _ in compiled(net):
        pass


def unprepared(net: NetworkExperiment) -> float:
    """Seconds that compiling what this training needs takes on a machine of the usual pace, about; 0 once somebody has
    done so."""
    return SIDE_BY_SIDE * sum(xla.missing(compiles([part.net for part in net.parts])))


def unlooked(net: NetworkExperiment) -> float:
    """The same of what looks at the Hessian along it."""
    return sum(xla.missing({_looking(part.net): hessian_seconds(part.net.architecture) for part in net.parts}))


def looked(net: NetworkExperiment) -> None:
    """Its programs are there now."""
    xla.note(_looking(part.net) for part in net.parts)


def _looking(net: NetworkExperiment) -> Hashable:
    return net.plan.structure, net.shapes, LOOKED


def compiles(nets: Iterable[NetworkExperiment], dtype: str = "float64") -> Compiles:
    """The programs of trainings whose lanes have nothing of their own."""
    found = (cost.compiles(replace(net.plan, dtype=dtype), net.shapes) for net in nets)
    return {key: seconds for each in found for key, seconds in each.items()}


def compiled(net: NetworkExperiment, dtype: str = "float64") -> Iterator[None]:
    """Compile what is not there, two programs at a time; yields every WAIT seconds, so that a caller who has enough is
    heard."""
    alone = [replace(part.net, lanes=(racer,)) for part in net.parts for racer in part.net.lanes]
    wanted = {key: each for each in alone for key in compiles([each], dtype)}
    missing = [key for key in wanted if not xla.noted(key)]

    def once(key: Hashable) -> None:
        plan = replace(wanted[key].plan, dtype=dtype)
        finish(train(replace(plan, steps=1, seeds=plan.block), *wanted[key].points_given))
        xla.note([key])

    for _ in finishing(once, missing, 2, WAIT):
        yield
