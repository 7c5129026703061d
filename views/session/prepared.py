"""The programs of a race, compiled before it starts: several at a time."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from engine.curvature.points import inspect_all
from engine.surfaces.descent import descend
from engine.surfaces.experiment import Experiment
from engine.surfaces.stability import stability_limit
from engine.threads import threads
from landscapes import LANDSCAPES


def prepare(experiment: Experiment) -> None:
    """Compile the programs of a race that have not been compiled yet, several at a time."""
    _compiled(experiment.landscape.name, frozenset(racer.optimizer.name for racer in experiment.lanes if racer.shown))


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
