"""What Gradients asks for by a link: charts and what is said of them, and the panel."""

from views.controls.fields import panel_answer
from views.gradients.stage import PAGE, groups
from views.session.linked import linked_answer

SHEET = linked_answer(PAGE)
ANSWERS = {"gradients": SHEET, "gradients_panel": panel_answer(SHEET, lambda asked: groups(asked.net, asked.own))}
