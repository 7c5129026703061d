"""What Compare asks for by a link: a race; and what the table at the clock prints of it."""

from functools import partial

from engine.surfaces.experiment import AUTOMATIC, Experiment
from views.compare.picture import PICTURES, drawn, moments, pictured
from views.session.answer import Answer


def _kept(experiment: Experiment) -> bytes | None:
    return PICTURES.kept(experiment.to_link())


def _waits(experiment: Experiment) -> bool:
    return experiment.work > AUTOMATIC and _kept(experiment) is None


_race = partial(Answer, of=lambda said, _: said.experiment, link=Experiment.to_link, waits=_waits, drawn=drawn)
ANSWERS = {"race": _race(kept=_kept, picture=pictured), "moment": _race(kept=lambda _: None, picture=moments)}
