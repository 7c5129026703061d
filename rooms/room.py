"""A room is a value: who sits in it, where its presenter stands, what is asked there, and the votes of every round.

Each function gives the room after something has happened, or refuses. A vote carries a number that its seat counts up:
one that has been heard before changes nothing, so it may be sent again until it is answered.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from rooms.refused import Refused
from rooms.votes import read

PHASES = ("asking", "closed", "distribution", "revealed")
SEATS = 500
ROUNDS = 3  # of one question
QUESTIONS = 200
KEPT = 16_000_000  # bytes of the votes on earlier questions
TOLD = 16_000  # bytes of a distribution that is sent to everybody
SEAT = re.compile(r"[\w-]{16,40}", re.ASCII)

Votes = Mapping[str, str]  # by seat, JSON


class Stop(NamedTuple):
    """Where the presenter stands."""

    deck: str = ""
    stop: str | int = ""


NOWHERE = Stop()


@dataclass(frozen=True)
class Question:
    """What is asked at a stop, as JSON, and what came of it."""

    number: int
    asked: str
    phase: str = "asking"
    open: bool = True  # votes are taken: until the presenter closes or reveals
    rounds: tuple[Votes, ...] = ({},)
    answer: str = ""  # JSON, sent by the presenter when it is revealed


@dataclass(frozen=True)
class Room:
    """All that a process knows of a class."""

    code: str
    secret: str
    here: Stop = NOWHERE
    questions: Mapping[Stop, Question] = field(default_factory=dict)  # the one that was looked at last is the last
    asked: int = 0  # questions so far
    seats: Mapping[str, int] = field(default_factory=dict)  # the number of the last vote that was taken from each
    size: int = 0  # bytes of all votes

    @property
    def question(self) -> Question | None:
        """What is asked where the presenter stands."""
        return self.questions.get(self.here)


# ---- a seat ----------------------------------------------------------------------------------------------------------


def join(room: Room, seat: str) -> Room:
    """Somebody sits down; or comes back, and finds the vote as it was."""
    if not SEAT.fullmatch(seat):
        raise Refused("no_seat")
    if seat in room.seats:
        return room
    if len(room.seats) >= SEATS:
        raise Refused("room_full", most=SEATS)
    return replace(room, seats={**room.seats, seat: 0})


def leave(room: Room, seat: str) -> Room:
    """Somebody goes for good; votes that could still be changed go along."""
    if seat not in room.seats:
        return room
    kept = {where: _without(each, seat) if each.open else each for where, each in room.questions.items()}
    return _with(room, kept, seats={each: number for each, number in room.seats.items() if each != seat})


def _without(question: Question, seat: str) -> Question:
    last = {each: value for each, value in question.rounds[-1].items() if each != seat}
    return replace(question, rounds=(*question.rounds[:-1], last))


def vote(room: Room, seat: str, number: int, question: int, turn: int, value: str) -> Room:
    """A seat's vote in a round of a question, which takes the place of the one before.

    Args:
        number: counted up by the seat, from 1.
        turn: the round, from 0.
        value: JSON, see ``votes.ballot``.
    """
    if seat not in room.seats:
        raise Refused("no_seat")
    if number <= room.seats[seat]:
        return room  # heard before
    where, asked = next(
        ((where, each) for where, each in room.questions.items() if each.number == question), (None, None)
    )
    if where is None or asked is None or turn != len(asked.rounds) - 1:
        raise Refused("moved_on")
    if not asked.open:
        raise Refused("revealed" if asked.answer else "closed")
    *before, last = asked.rounds
    counted = replace(asked, rounds=(*before, {**last, seat: value}))
    size = room.size + len(value) - len(last.get(seat, ""))
    return replace(room, questions={**room.questions, where: counted}, seats={**room.seats, seat: number}, size=size)


def mine(room: Room, seat: str) -> Any:
    """What a seat has voted in this round; None if it has not."""
    value = room.question.rounds[-1].get(seat) if room.question else None
    return None if value is None else read(value.encode())


# ---- the presenter ---------------------------------------------------------------------------------------------------


def at(room: Room, here: Stop, asked: str) -> Room:
    """The presenter goes to a stop; ``asked``: JSON, or "". Votes of before are found there again."""
    before = room.questions.get(here)
    others = {where: each for where, each in room.questions.items() if where != here}
    if not asked:
        return _with(room, others, here=here)
    if before and before.asked == asked:
        return replace(room, here=here, questions={**others, here: before})
    question = Question(room.asked + 1, asked)
    return _with(room, {**_forgetting(others), here: question}, here=here, asked=question.number)


def _forgetting(questions: Mapping[Stop, Question]) -> dict[Stop, Question]:
    """Without the oldest ones, where there are too many, or too many votes."""
    kept: list[tuple[Stop, Question]] = []
    size = 0
    for where, question in reversed([*questions.items()]):
        size += _size(question)
        if size > KEPT or len(kept) >= QUESTIONS - 1:
            break
        kept.append((where, question))
    return dict(reversed(kept))


def enter(room: Room, phase: str, answer: str = "") -> Room:
    """The presenter closes, shows the distribution, reveals; or asks on, until it has been revealed."""
    question = _asked(room)
    if phase not in PHASES:
        raise Refused("no_phase")
    if phase == "revealed":
        after = replace(question, phase=phase, open=False, answer=question.answer or answer or "null")
    elif phase == "asking" and question.answer:
        raise Refused("revealed")
    else:
        after = replace(question, phase=phase, open=phase == "asking" or (question.open and phase == "distribution"))
    return _with(room, {**room.questions, room.here: after})


def again(room: Room, turn: int) -> Room:
    """Discuss, and vote again: round ``turn``, beside the one before; said again, it is there already."""
    question = _asked(room)
    if turn < len(question.rounds):
        return room
    if question.answer:
        raise Refused("revealed")
    if len(question.rounds) >= ROUNDS:
        raise Refused("no_more_rounds", most=ROUNDS)
    after = replace(question, phase="asking", open=True, rounds=(*question.rounds, {}))
    return _with(room, {**room.questions, room.here: after})


def _asked(room: Room) -> Question:
    if room.question is None:
        raise Refused("nothing_asked")
    return room.question


def _with(room: Room, questions: Mapping[Stop, Question], **changes: Any) -> Room:
    return replace(room, questions=questions, size=sum(map(_size, questions.values())), **changes)


def _size(question: Question) -> int:
    return sum(len(value) for votes in question.rounds for value in votes.values())


# ---- what is told ----------------------------------------------------------------------------------------------------


def tallies(question: Question) -> list[list[tuple[str, int]]]:
    """How often each vote, as JSON, was given in each round; not by whom."""
    return [sorted(Counter(votes.values()).items()) for votes in question.rounds]


def for_all(room: Room) -> dict[str, Any]:
    """What everybody may know: nothing of the votes before the distribution is shown, no answer before the reveal."""
    said: dict[str, Any] = {"deck": room.here.deck, "stop": room.here.stop, "question": 0}
    question = room.question
    if not question:
        return said
    said |= {"question": question.number, "round": len(question.rounds) - 1, "phase": question.phase}
    said |= {"open": question.open, "asked": read(question.asked.encode())}
    if question.phase in ("distribution", "revealed"):
        counted = tallies(question)
        small = sum(len(value) for votes in counted for value, _ in votes) <= TOLD
        said["votes"] = (
            [[[read(value.encode()), count] for value, count in votes] for votes in counted] if small else None
        )
    if question.phase == "revealed":
        said["answer"] = read(question.answer.encode())
    return said


def for_presenter(room: Room) -> dict[str, Any]:
    """The same, how many sit and have voted, in each round, and a number that grows with each vote."""
    question = room.question
    voted = [len(votes) for votes in question.rounds] if question else []
    return {**for_all(room), "seats": len(room.seats), "voted": voted, "taken": sum(room.seats.values())}
