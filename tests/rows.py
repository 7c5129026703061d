"""The tables of rows and demonstrations in the texts: `python -m tests.rows` writes them anew."""

from pathlib import Path

from lessons import LESSONS
from lessons.rows import CHAPTERS, ROWS, Row

ROOT = Path(__file__).parents[1]
README, LECTURES = ROOT / "README.md", ROOT / "docs" / "lectures.md"
HEADS = {README: "| chapter | demonstrations, and the rows that they show |", LECTURES: "| row | idea | notes |"}


def demonstrations() -> list[str]:
    """Of each chapter those whose first row is one of it."""
    lines = []
    for letter, chapter in CHAPTERS.items():
        told = [f"{lesson.name} ({lesson.rows})" for lesson in LESSONS.values() if lesson.rows.startswith(letter)]
        lines += [f"| {letter} {chapter} | {'; '.join(told)} |"] if told else []
    return lines


def rows() -> list[str]:
    """All of them."""
    return [_line(row) for row in ROWS.values()]


def _line(row: Row) -> str:
    name = row.name.replace("|", r"\|")
    return f"| {row.id} | {name} | {row.notes} |"


def tabled(path: Path) -> str:
    """A text with its table as it should be."""
    before, head, after = path.read_text(encoding="utf-8").partition(HEADS[path])
    after = after.partition("\n\n")[2]
    body = {README: demonstrations, LECTURES: rows}[path]()
    line = "|---" * (head.count("|") - 1) + "|"
    return before + "\n".join([head, line, *body]) + "\n" + (f"\n{after}" if after else "")


if __name__ == "__main__":
    for text in HEADS:
        text.write_text(tabled(text), encoding="utf-8")
