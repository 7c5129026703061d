"""What Minima or saddles asks for by a link: the search and what came of it, and the panel."""

from views.controls.fields import panel_answer
from views.saddles.stage import PAGE, groups
from views.session.linked import linked_answer

SHEET = linked_answer(PAGE)
ANSWERS = {"saddles": SHEET, "saddles_panel": panel_answer(SHEET, lambda asked: groups(asked.net, asked.own))}
