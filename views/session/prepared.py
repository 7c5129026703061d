"""The programs of a race, compiled before it starts: several at a time."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from engine import pace, xla
from engine.curvature.points import inspect_all
from engine.surfaces.cost import LIMIT, path_seconds, side_by_side
from engine.surfaces.descent import descend
from engine.surfaces.experiment import AUTOMATIC, Experiment
from engine.surfaces.stability import stability_limit
from engine.threads import threads
from engine.xla import Compiles
from landscapes import LANDSCAPES
from views.session.work import PATIENCE


def prepare(experiment: Experiment) -> None:
    """Compile the programs of a race that have not been compiled yet, several at a time."""
    _compiled(experiment.landscape.name, frozenset(racer.optimizer.name for racer in experiment.lanes if racer.shown))
    xla.note(compiles(experiment))


def compiles(experiment: Experiment) -> Compiles:
    """What a race needs."""
    rules = {racer.optimizer.name: racer.rule for racer in experiment.lanes if racer.shown}
    return {("race", experiment.landscape.name, name): path_seconds(rule) + LIMIT for name, rule in rules.items()}


def seconds_of(experiment: Experiment) -> float:
    """How long a race takes here, about, with what has to be compiled before."""
    return pace.running(experiment.seconds) + pace.compiling(side_by_side(xla.missing(compiles(experiment))))


def asks_first(experiment: Experiment) -> bool:
    """Whether a race waits for a click."""
    return experiment.work > AUTOMATIC or seconds_of(experiment) > PATIENCE


@lru_cache(maxsize=1024)
def _compiled(landscape: str, rules: frozenset[str]) -> None:
    with threads(2) as shared:
        for _ in shared(lambda each: each(), list(programs(landscape, rules))):
            pass


def programs(landscape: str, rules: Iterable[str]) -> Iterator[Callable[[], Any]]:
    """What compiles each program of a race."""
    surface = LANDSCAPES[landscape]
    yield partial(inspect_all, surface, [surface.start])
    for rule in sorted(rules):
        yield partial(descend, surface, rule, steps=2)
        yield partial(stability_limit, rule)


def forget() -> None:
    """All programs are gone."""
    _compiled.cache_clear()
