"""What Generative asks for by a link: charts and what is said of them, and the panel."""

from settings.generative import Generative
from views.controls.fields import panel_answer
from views.generative.stage import DECIDES, groups, sheet
from views.session.linked import sheet_answer

SHEET = sheet_answer(Generative, DECIDES, sheet)
ANSWERS = {"sheet": SHEET, "sheet_panel": panel_answer(SHEET, lambda asked: groups(asked.own))}
