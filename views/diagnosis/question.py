"""Which question the page is about."""

from views.controls.widgets import linked_choice
from views.kit.text import text


def chosen() -> str:
    return linked_choice(
        text("questions.of"), "question", lambda name: text(f"questions.{name}"), label_visibility="collapsed"
    )
