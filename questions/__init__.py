"""Questions before an answer is seen: generated from a demonstration's own record, answered from its own run.

``asked`` tells what a question asks and nothing of its answer; ``answered`` runs what it is about; ``scored`` says what
a guess was worth. A question is written like ``lowest~100``: its kind, and what it asks about. A kind is a file here.
"""

from typing import Any, NamedTuple

from engine.shelf import Shelf
from lessons import LESSONS
from lessons.base import Stage
from questions import guesses
from questions.base import Answer, Asked, Guess, Kind, Question, Unclear
from records import Words, shelf

KINDS: dict[str, Kind] = shelf(__name__, "KIND", lambda kind: kind.name)
ANSWERS: Shelf[Answer] = Shelf(most=256, room=20_000_000)
LONGEST = 80  # letters of a question
GOOD, FAIR = 0.8, 0.4  # worth of a guess from which it is called so
WORTH = {
    GOOD: Words("Very close.", "非常接近。"),
    FAIR: Words("Not far off.", "差得不远。"),
    0.0: Words("Not this time.", "这次没猜中。"),
}
RIGHT = Words("Right.", "猜对了。")


class Worth(NamedTuple):
    """share: from 0 to 1."""

    share: float
    said: Words


def stage_of(lesson: str, stage: str) -> Stage:
    """A stage of a demonstration, by name and number.

    Raises:
        Unclear: if there is none.
    """
    stages = LESSONS[lesson].stages if lesson in LESSONS else ()
    if not (stage.isascii() and stage.isdigit() and len(stage) < 4 and int(stage) < len(stages)):
        raise Unclear("there is no such demonstration", "没有这个演示")
    return stages[int(stage)]


def read(text: str) -> Question:
    """A question from its text.

    Raises:
        Unclear: for an unknown kind.

    Example:
        >>> read("lowest~100")
        Question(kind='lowest', parts=('100',))
    """
    kind, *parts = text.split("~")
    if len(text) > LONGEST or kind not in KINDS:
        raise Unclear(f"a question is one of {', '.join(KINDS)}", f"问题只有这些种类：{'、'.join(KINDS)}")
    return Question(kind, tuple(parts))


def offered(stage: Stage) -> tuple[Question, ...]:
    """All that can be asked of a stage, of each kind the most telling first; nothing is run for it."""
    return tuple(Question(name, parts) for name, kind in KINDS.items() for parts in kind.offered(stage))


def asked(stage: Stage, question: Question) -> Asked:
    """What is told before an answer is given.

    Raises:
        Unclear: if it makes no sense for this stage.
    """
    return KINDS[question.kind].asked(stage, question.parts)


def answered(stage: Stage, question: Question) -> Answer:
    """The answer, from the run: worked out once, however many ask at a time."""
    return ANSWERS.made((stage, question), lambda: KINDS[question.kind].answered(stage, question.parts))


def scored(stage: Stage, question: Question, guess: Any) -> Worth:
    """What a guess was worth.

    Raises:
        Unclear: for a guess that cannot be read.
    """
    told = asked(stage, question)
    share = KINDS[question.kind].worth(told, answered(stage, question), guesses.read(told, guess))
    said = RIGHT if share >= 1 else next(words for least, words in WORTH.items() if share >= least)
    return Worth(share, said)


__all__ = [
    "KINDS", "Answer", "Asked", "Guess", "Kind", "Question", "Unclear", "Worth", "answered", "asked", "offered",
    "read", "scored", "stage_of",
]  # fmt: skip
