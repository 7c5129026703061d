"""Small tables as Markdown: they scroll with the page and read the same on paper."""

from collections.abc import Iterable, Sequence

from views.kit.glossary import marked


def table(head: Sequence[str], rows: Iterable[Sequence[str]], align: str = "---") -> str:
    """One line of cells for each row; heads say what their terms mean. ``align``: Markdown's mark for every column,
    "---:" on the right."""
    lines = [[*map(marked, head)], [align] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
