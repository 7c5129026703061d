"""What Compare asks for by a link: a race."""

from engine.surfaces.experiment import AUTOMATIC, Experiment
from views.compare.picture import PICTURES, drawn, pictured
from views.session.answer import Answer


def _waits(experiment: Experiment) -> bool:
    return experiment.work > AUTOMATIC and PICTURES.kept(experiment.to_link()) is None


ANSWERS = {
    "race": Answer(
        of=lambda said: said.experiment, link=Experiment.to_link, picture=pictured, waits=_waits, drawn=drawn
    )
}
