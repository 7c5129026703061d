"""What Compare asks for by a link: a race, and the panel beside it; and what the table at the clock prints of it."""

from collections.abc import Iterator
from typing import Any

from engine.surfaces.experiment import AUTOMATIC, Experiment
from views.compare.picture import PICTURES, drawn, moments, picture
from views.controls.fields import panel_answer
from views.controls.surface import settings_groups
from views.kit.wire import packed
from views.session.answer import Answer
from views.session.prepared import asks_first


def _kept(experiment: Experiment) -> bytes | None:
    return PICTURES.kept(experiment.to_link())


def _waits(experiment: Experiment) -> bool:
    return _kept(experiment) is None and asks_first(experiment)


def _moments(experiment: Experiment) -> Iterator[tuple[float, bytes | None]]:
    yield 1.0, moments(experiment)


_of: dict[str, Any] = {"of": lambda said, *_: said.experiment, "link": Experiment.to_link}
RACE: Answer[Experiment] = Answer(
    **_of, kept=_kept, waits=_waits, waiting=lambda experiment: picture(experiment, None), drawn=drawn
)
ANSWERS = {
    "race": RACE,
    "race_panel": panel_answer(RACE, settings_groups),
    "moment": Answer(  # a long run's picture brings its table along
        **_of, kept=lambda _: None, waits=lambda experiment: experiment.work > AUTOMATIC,
        waiting=lambda experiment: packed({"link": experiment.to_link(), "lanes": []}), drawn=_moments,
    ),
}  # fmt: skip
