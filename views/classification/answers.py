"""What Classification asks for by a link: the same runs on two surfaces, of long ones those that have ended; and the
panel."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from engine.surfaces.experiment import Experiment
from settings.classification import Classification
from views.classification.pair import PICTURES, Descent, descending, payload, seconds_of, settings_groups, waits
from views.controls.fields import panel_answer
from views.session.answer import Answer
from views.session.growing import growing
from views.session.said import Said, changed


def _drawn(experiment: Experiment, grows: bool = False) -> Iterator[tuple[float, bytes | None]]:
    def some(descents: list[Descent]) -> bytes | None:
        return payload(experiment, descents, seconds_of(experiment)) if descents else None

    descents = yield from growing(descending(experiment), some if grows else None)
    yield 1.0, PICTURES.made(experiment, lambda: payload(experiment, descents))


def _of(said: Said, *_: Any) -> Experiment:
    return Classification.on_surface(said.experiment)


def _changed(said: Said, path: str, value: Any) -> Said:
    """An edit is one of what the page shows."""
    return changed(said._replace(experiment=_of(said)), path, value)


PAIR: Answer[Experiment] = Answer(
    of=_of,
    link=Experiment.to_link,
    kept=PICTURES.kept,
    waits=waits,
    waiting=lambda experiment: payload(experiment, [], seconds_of(experiment)),
    drawn=_drawn,
    changed=_changed,
    growing=partial(_drawn, grows=True),
)
ANSWERS = {"pair": PAIR, "pair_panel": panel_answer(PAIR, settings_groups)}
