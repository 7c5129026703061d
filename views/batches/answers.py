"""What Batches asks for by a link: charts and what is said of them, and the panel."""

from views.batches.stage import PAGE, groups
from views.controls.fields import panel_answer
from views.session.linked import linked_answer

SHEET = linked_answer(PAGE)
ANSWERS = {"batches": SHEET, "batches_panel": panel_answer(SHEET, groups)}
