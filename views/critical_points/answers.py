"""What Critical points asks for by a link: all points of a surface, one of them looked at closely, and the panel."""

from collections.abc import Iterator
from typing import Any

from engine.surfaces.study import followed
from views.controls.fields import panel_answer
from views.controls.surface import study_groups
from views.critical_points.stage import Atlas, kept, pictured
from views.session.answer import Answer
from views.session.said import Said, changed


def _followed(said: Said, path: str, value: Any) -> Said:
    """After an edit; who looks at a point goes on looking at it when the surface is bent."""
    after = changed(said, path, value)
    bent = after.experiment.landscape != said.experiment.landscape and after.study is said.study
    if not bent:
        return after
    return after._replace(study=followed(said.study, said.experiment.landscape, after.experiment.landscape))


def _drawn(asked: Atlas) -> Iterator[tuple[float, bytes | None]]:
    yield 1.0, pictured(asked)


ATLAS: Answer[Atlas] = Answer(
    of=lambda said, lang, _: Atlas(said.experiment.alike, said.study, lang),
    link=lambda asked: asked.link,
    kept=kept,
    waits=lambda _: False,
    waiting=lambda _: b"",
    drawn=_drawn,
    changed=_followed,
)
ANSWERS = {
    "atlas": ATLAS,
    "atlas_panel": panel_answer(ATLAS, lambda asked: study_groups(asked.experiment, asked.study)),
}
