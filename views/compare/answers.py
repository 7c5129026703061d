"""What Compare asks for by a link: a race; and what the table at the clock prints of it."""

from collections.abc import Iterator
from typing import Any

from engine.surfaces.experiment import AUTOMATIC, Experiment
from views.compare.picture import PICTURES, drawn, moments, picture
from views.kit.wire import packed
from views.session.answer import Answer


def _kept(experiment: Experiment) -> bytes | None:
    return PICTURES.kept(experiment.to_link())


def _waits(experiment: Experiment) -> bool:
    return experiment.work > AUTOMATIC and _kept(experiment) is None


def _moments(experiment: Experiment) -> Iterator[tuple[float, bytes | None]]:
    yield 1.0, moments(experiment)


_of: dict[str, Any] = {"of": lambda said, *_: said.experiment, "link": Experiment.to_link}
ANSWERS = {
    "race": Answer(
        **_of, kept=_kept, waits=_waits, waiting=lambda experiment: picture(experiment, None), drawn=drawn
    ),
    "moment": Answer(  # a long run's picture brings its table along
        **_of, kept=lambda _: None, waits=lambda experiment: experiment.work > AUTOMATIC,
        waiting=lambda experiment: packed({"link": experiment.to_link(), "lanes": []}), drawn=_moments,
    ),
}  # fmt: skip
