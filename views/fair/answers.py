"""What Fair race asks for by a link: a race, all that is drawn and said of it, and the panel."""

from views.controls.fields import panel_answer
from views.fair.stage import PAGE, groups
from views.session.linked import linked_answer

RACE = linked_answer(PAGE)
ANSWERS = {"fair": RACE, "fair_panel": panel_answer(RACE, groups)}
