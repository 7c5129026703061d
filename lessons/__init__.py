"""Demonstrations: one file each, in the order of the lecture's rows."""

from lessons.base import Lesson
from lessons.rows import ROWS
from records import shelf

PLACES = {row: place for place, row in enumerate(ROWS)}
LESSONS: dict[str, Lesson] = shelf(
    __name__, "LESSON", lambda lesson: ([PLACES[row.id] for row in lesson.shows], lesson.name)
)
