"""What Normalisation asks for by a link: charts and what is said of them, and the panel."""

from views.controls.fields import panel_answer
from views.normalisation.stage import PAGE, groups
from views.session.linked import linked_answer

SHEET = linked_answer(PAGE)
ANSWERS = {"normalisation": SHEET, "normalisation_panel": panel_answer(SHEET, groups)}
