"""What Diagnosis asks for by a link: a training, and what is the matter with it; coins; and the panels of both."""

from collections.abc import Iterator
from contextlib import closing

from engine.networks.together import Trained
from settings.diagnosis import Diagnosis
from views.controls.fields import panel_answer
from views.controls.network import network_groups
from views.diagnosis import folds, luck, tuning
from views.diagnosis.stage import PICTURES, pictured, waiting
from views.kit.learning import Learning
from views.session.answer import Answer
from views.session.linked import linked_answer, sheet_answer
from views.session.trained import asks_first, training_of


def _drawn(asked: Learning) -> Iterator[tuple[float, bytes | None]]:
    trained: Trained | None = None
    with closing(training_of(asked.net)) as chunks:
        for share, so_far in chunks:
            trained = so_far
            yield min(share, NEARLY), None
    assert trained
    yield 1.0, pictured(asked, trained)


NEARLY = 0.9999  # the share that is done before there is the whole
GUIDE: Answer[Learning] = Answer(
    of=lambda said, lang, _: Learning(said.network, lang),
    link=lambda asked: asked.link,
    kept=PICTURES.kept,
    waits=lambda asked: PICTURES.kept(asked) is None and asks_first(asked.net),
    waiting=waiting,
    drawn=_drawn,
)
FOLDS = linked_answer(folds.PAGE)
TUNING = linked_answer(tuning.PAGE)
LUCK = sheet_answer(Diagnosis, luck.DECIDES, luck.sheet)
ANSWERS = {
    "diagnosis": GUIDE,
    "diagnosis_panel": panel_answer(GUIDE, lambda asked: network_groups(asked.net, compares=True, stops=True)),
    "folds": FOLDS,
    "folds_panel": panel_answer(FOLDS, lambda asked: folds.groups(asked.net)),
    "tuning": TUNING,
    "tuning_panel": panel_answer(TUNING, lambda asked: tuning.groups(asked.net)),
    "luck": LUCK,
    "luck_panel": panel_answer(LUCK, lambda asked: luck.groups(asked.own)),
}
