"""What Compare asks for by a link: a race; and what the table at the clock prints of it."""

from collections.abc import Iterator
from functools import partial

from engine.surfaces.experiment import AUTOMATIC, Experiment
from views.compare.picture import PICTURES, drawn, moments, picture
from views.session.answer import Answer


def _kept(experiment: Experiment) -> bytes | None:
    return PICTURES.kept(experiment.to_link())


def _waits(experiment: Experiment) -> bool:
    return experiment.work > AUTOMATIC and _kept(experiment) is None


def _moments(experiment: Experiment) -> Iterator[tuple[float, bytes | None]]:
    yield 1.0, moments(experiment)


_race = partial(
    Answer, of=lambda said, _: said.experiment, link=Experiment.to_link, waits=_waits,
    waiting=lambda experiment: picture(experiment, None),
)  # fmt: skip
ANSWERS = {"race": _race(kept=_kept, drawn=drawn), "moment": _race(kept=lambda _: None, drawn=_moments)}
