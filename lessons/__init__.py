"""Demonstrations: one file each, in the order of the lecture's rows."""

from lessons.base import Lesson
from records import shelf

LESSONS: dict[str, Lesson] = shelf(__name__, "LESSON", lambda lesson: (lesson.rows, lesson.name))
