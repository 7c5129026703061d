"""What a question is: a value with a text form, a kind, and what asking, answering and guessing it are made of."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NotRequired, TypedDict

from lessons.base import Stage
from records import Words

Form = Literal["choice", "order", "number", "place", "sketch"]  # how it is answered
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
Guess = Any  # JSON: a key, keys in order, a number, [x, y], or a list of these; or the key of what stands beside


class Unclear(ValueError):
    """A question or a guess that makes no sense, with a sentence that says why."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.words = Words(en, zh)


@dataclass(frozen=True)
class Question:
    """kind: a name in KINDS; parts: what it asks about, as the kind reads them.

    Example:
        >>> Question("lowest", ("100",)).text
        'lowest~100'
    """

    kind: str
    parts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As decks and links write it."""
        return "~".join((self.kind, *self.parts))


@dataclass(frozen=True)
class Choice:
    """One of what can be chosen: a lane, or words."""

    key: str
    said: Words = Words("", "")
    lane: int = -1  # its place in the experiment


YES, NO = Choice("yes", Words("Yes", "会")), Choice("no", Words("No", "不会"))


class Scale(TypedDict):
    """Of a number that is guessed."""

    low: float
    high: float
    log: bool
    whole: bool
    unit: str


class Where(TypedDict):
    """The surface on which a place is clicked or a path is sketched."""

    surface: str  # with its knobs, as links write them
    window: list[list[float]]
    start: list[float]
    names: list[str]


@dataclass(frozen=True)
class Asked:
    """All that is told before an answer is given, and nothing of it. Lanes stand in sentences as {lanes[n]}.

    choices: of a choice or an order; of any other form what can be said in place of a number or a place.
    """

    form: Form
    says: Words
    choices: tuple[Choice, ...] = ()
    scale: Scale | None = None
    where: Where | None = None


class Drawn(TypedDict):
    """What is drawn of the truth on a surface."""

    path: NotRequired[list[list[float]]]
    end: NotRequired[list[float]]


@dataclass(frozen=True)
class Answer:
    """truth: the right keys of a choice; the rank of each key of an order; a number; a place; a path; or, where what
    stands beside is right, its key. why: one sentence. width: a distance on the surface that is as good as lost.
    alike: whether another place is as good as the true one."""

    truth: Any
    why: Words
    drawn: Drawn = field(default_factory=lambda: Drawn())
    width: float = 1.0
    alike: Callable[[Guess], bool] = lambda _: False


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One sort of question.

    offered: the parts of those that make sense for a stage, the most telling first; nothing is run for it.
    asked, answered: of a question with such parts; they raise Unclear for parts that make none.
    worth: of a guess that is of the right form, 0 to 1.
    """

    name: Words
    offered: Callable[[Stage], tuple[tuple[str, ...], ...]]
    asked: Callable[[Stage, tuple[str, ...]], Asked]
    answered: Callable[[Stage, tuple[str, ...]], Answer]
    worth: Callable[[Asked, Answer, Guess], float]


def filled(sentence: Words, **values: object) -> Words:
    """A sentence with its values in both languages. A value that is Words is put in in each."""
    chinese = {name: value.zh if isinstance(value, Words) else value for name, value in values.items()}
    return Words(sentence.format(**values), sentence.zh.format(**chinese))


def told(values: dict[str, Any]) -> dict[str, object]:
    """Values of a sentence with its numbers printed; words and whole numbers stay."""
    return {name: short(value) if isinstance(value, float) else value for name, value in values.items()}


def lane(number: int) -> str:
    """Stands for the name of a lane in a sentence."""
    return f"{{lanes[{number}]}}"


def short(value: float) -> str:
    """A number in a sentence, with three digits: 0.0123, 544000, 1.2×10⁻⁹."""
    if not math.isfinite(value):
        return "–" if math.isnan(value) else "∞"
    if value and not 1e-4 <= abs(value) < 1e7:
        digits, power = f"{value:.2e}".split("e")
        return f"{float(digits):g}×10{str(int(power)).translate(RAISED)}".replace("-", "−")
    return f"{float(f'{value:.3g}'):.10g}".replace("-", "−")
