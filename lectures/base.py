"""What a lecture is: a deck of stops, each a stage of a demonstration with a sentence, notes and a question."""

from dataclasses import dataclass

from lessons import LESSONS
from lessons.base import Lesson, Stage
from lessons.rows import Row
from records import Words


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One thing to show: a demonstration as it begins, or after one of its steps.

    lesson: its name; stage: 0 as it begins, 1 after the first step, …
    says: the sentence on the screen, in large letters: at most about 90 letters of English.
    notes: what the speaker reads, in the speaker's window; more: what who studies alone reads, with all controls.
    pauses: steps of the clock at which it waits for the speaker, ascending; at its end it waits anyway.
    shows: names of the pictures of the page that stay, "" for the page's usual choice.
    asks: the question before the picture, as ``questions`` writes it; "" for none.
    exercise: what who studies alone is to find, as ``questions`` writes it; "" for none.
    """

    lesson: str
    stage: int = 0
    says: Words
    notes: Words
    more: Words = Words("", "")
    minutes: float = 2.0
    pauses: tuple[int, ...] = ()
    shows: str = ""
    asks: str = ""
    exercise: str = ""

    @property
    def demonstration(self) -> Lesson:
        """The demonstration that it is of."""
        return LESSONS[self.lesson]

    @property
    def set_up(self) -> Stage:
        """All that is set up."""
        return self.demonstration.stages[self.stage]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The ideas of the lecture that it shows."""
        return self.demonstration.shows


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A lecture, in its order.

    about: who it is for, and what it needs, in a sentence.
    place: in the list of decks, after those with a smaller one.
    """

    name: Words
    about: Words
    stops: tuple[Stop, ...]
    place: float = 1.0

    @property
    def minutes(self) -> float:
        """How long it takes."""
        return sum(stop.minutes for stop in self.stops)
