"""What Compare asks for by a link: a race; and what the table at the clock prints of it."""

from functools import partial

from engine.surfaces.experiment import AUTOMATIC, Experiment
from views.compare.picture import PICTURES, drawn, moments, pictured
from views.session.answer import Answer


def _waits(experiment: Experiment) -> bool:
    return experiment.work > AUTOMATIC and PICTURES.kept(experiment.to_link()) is None


_race = partial(Answer, of=lambda said: said.experiment, link=Experiment.to_link, waits=_waits, drawn=drawn)
ANSWERS = {"race": _race(picture=pictured), "moment": _race(picture=moments)}
