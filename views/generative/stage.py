"""The page's ideas, one at a time: its picture, its panel, its formulas, and what it shares."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from settings.generative import Generative
from views.controls.fields import send_panel
from views.controls.widgets import linked_choice
from views.export.share import share, typeset
from views.generative import boundary, gradient, numbering, staircase, tally
from views.generative.idea import Idea
from views.kit.sheet import Sheet
from views.kit.text import text
from views.session import visit
from views.session.linked import follow

IDEAS: dict[str, Idea] = {
    "boundary": boundary.IDEA,
    "tally": tally.IDEA,
    "staircase": staircase.IDEA,
    "numbering": numbering.IDEA,
    "gradient": gradient.IDEA,
}
DECIDES = tuple(name for name in Generative.fields() if name != "heights")  # of what the link says


def asked() -> Generative:
    return visit.settings(Generative)


def show() -> None:
    linked_choice(
        text("generative.idea"), "idea", lambda name: text(f"generative.idea_{name}"), label_visibility="collapsed"
    )
    now = asked()
    idea = IDEAS[now.idea]
    idea.above()
    drawn = sheet(now)
    idea.lay(drawn)
    follow("sheet", now, DECIDES, idea.hears, drawn.places)


def sheet(now: Generative) -> Sheet:
    """All that is drawn and said."""
    return IDEAS[now.idea].sheet(now)


def groups(now: Generative) -> list[dict[str, Any]]:
    """Of the panel."""
    return IDEAS[now.idea].groups(now)


def below() -> None:
    """What may take a moment: who changes something need not wait for it."""
    now = asked()
    IDEAS[now.idea].below(now)


def panel() -> None:
    send_panel(groups(asked()))


def folded() -> None:
    """Formulas, and the link, a script and the numbers."""
    now = asked()
    idea = IDEAS[now.idea]
    with st.expander(text("share.formulas")):
        for formula in idea.formulas():
            st.latex(typeset(formula))
        st.markdown(text(f"generative.formula_words_{now.idea}"))
    note = f"{text('share.python')}. {text('generative.python_note')}"
    share("generative", urlencode(now.written()), lambda: idea.script(now), note, lambda: csv_of(now), True)


def csv_of(now: Generative) -> str:
    """The numbers of what is shown."""
    file = io.StringIO()
    writer = csv.writer(file)
    head, rows = IDEAS[now.idea].table(now)
    writer.writerow(head)
    writer.writerows(rows)
    return file.getvalue()
