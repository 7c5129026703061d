"""Questions by their links: what is asked, which holds nothing of the answer; and the answer, with a guess's worth.

``goal?goal=…`` says what an exercise asks for, ``check?goal=…&<link>`` whether a link does it.
``question?lesson=…&stage=…&ask=…&lang=…``; ``prepare?…`` lets its answer be worked out and tells nothing;
``reveal?…&guess=…``, the guess as JSON, or without one.
"""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import Experiment
from engine.surfaces.relief import Plane
from lessons.base import Stage
from questions import Question, Unclear, answered, asked, goals, read, scored, stage_of
from questions.base import Scale
from questions.guesses import along
from questions.guesses import read as read_guess
from questions.runs import race_of
from records import Words
from views.kit.addresses import ROOT, relief_url
from views.kit.labels import lane_label
from views.kit.text import LANGUAGES, section, spoken
from views.server.gate import through

BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff）]) (?=[\u4e00-\u9fff])")  # a space that only a Latin name would need
FRESH = {"Cache-Control": "no-cache"}  # questions may change while this version of the lab stays
LONGEST = 60_000  # letters of a guess
PREPARING = threading.Lock()


class ToldChoice(TypedDict):
    """lane: its number, −1 for words."""

    key: str
    says: str
    lane: int


class ToldMap(TypedDict):
    """The surface that is clicked on; url: of its relief, up to the window."""

    url: str
    window: list[float]
    start: list[float]
    names: list[str]


class ToldQuestion(TypedDict):
    """key: what its answer is kept by; choices: as ``Asked`` has them."""

    key: str
    form: str
    says: str
    choices: list[ToldChoice]
    scale: Scale | None
    map: ToldMap | None
    words: dict[str, str]


class ToldAnswer(TypedDict):
    """truth: see ``Answer``; share: what the guess was worth, None without one; gap: a sketch and the true path at
    equal shares of their lengths."""

    truth: Any
    why: str
    path: list[list[float]]
    end: list[float] | None
    share: float | None
    said: str
    gap: NotRequired[list[list[list[float]]]]


@dataclass(frozen=True)
class Wanted:
    """What an address asks."""

    stage: Stage
    question: Question
    key: str
    language: str


def routes() -> list[BaseRoute]:
    return [
        Route(f"/{ROOT}/question", through(_serving(_question))),
        Route(f"/{ROOT}/prepare", _prepare),
        Route(f"/{ROOT}/reveal", through(_serving(_reveal))),
        Route(f"/{ROOT}/goal", through(_speaking(_goal))),
        Route(f"/{ROOT}/check", through(_speaking(_check))),
    ]


def _speaking(tell: Callable[[Request, str], Any]) -> Callable[[Request], Response]:
    """A route that answers in the language of its address, and where that makes no sense with a sentence."""

    def serve(request: Request) -> Response:
        language = request.query_params.get("lang", "")
        if language not in LANGUAGES:
            return PlainTextResponse(f"lang={'|'.join(LANGUAGES)}", status_code=400)
        try:
            return JSONResponse(tell(request, language), headers=FRESH)
        except Unclear as unclear:
            return PlainTextResponse(unclear.words.within(language), status_code=400)

    return serve


def _serving(tell: Callable[[Wanted, str], Any]) -> Callable[[Request], Response]:
    """Such a route about a question."""

    def told(request: Request, language: str) -> Any:
        given = request.query_params
        lesson, ask, stage = given.get("lesson", ""), given.get("ask", ""), given.get("stage") or "0"
        wanted = Wanted(stage_of(lesson, stage), read(ask), f"{lesson}~{stage}~{ask}", language)
        return tell(wanted, given.get("guess", ""))

    return _speaking(told)


async def _prepare(request: Request) -> Response:
    """Work an answer out while somebody thinks, and tell nothing of it, not even whether there is one. Beside the gate,
    where it would hold a place for as long as compiling takes: one at a time, 202 while another one is under way."""
    if not PREPARING.acquire(blocking=False):
        return Response(status_code=202, headers=FRESH)
    try:
        await run_in_threadpool(_serving(_worked_out), request)
    finally:
        PREPARING.release()
    return Response(status_code=204, headers=FRESH)


def _worked_out(wanted: Wanted, _: str) -> None:
    answered(wanted.stage, wanted.question)


def _goal(request: Request, language: str) -> dict[str, str]:
    return {"says": goals.read(request.query_params.get("goal", "")).says.within(language)}


def _check(request: Request, language: str) -> dict[str, Any]:
    met, says, race = goals.checked(goals.read(request.query_params.get("goal", "")), request.url.query)
    return {"met": met, "says": _said(says, _names(race, language), language)}


def _question(wanted: Wanted, _: str) -> ToldQuestion:
    question, names = asked(wanted.stage, wanted.question), _names(race_of(wanted.stage), wanted.language)
    where = question.where
    return {
        "key": wanted.key,
        "form": question.form,
        "says": _said(question.says, names, wanted.language),
        "choices": [
            {
                "key": choice.key,
                "says": names[choice.lane] if choice.lane >= 0 else choice.said.within(wanted.language),
                "lane": choice.lane,
            }
            for choice in question.choices
        ],
        "scale": question.scale,
        "map": where and {
            "url": relief_url(where["surface"], Plane(np.zeros(2), np.eye(2))),
            "window": [edge for side in where["window"] for edge in side],
            "start": where["start"],
            "names": where["names"],
        },
        "words": section("ask", wanted.language),
    }  # fmt: skip


def _reveal(wanted: Wanted, text: str) -> ToldAnswer:
    answer, names = answered(wanted.stage, wanted.question), _names(race_of(wanted.stage), wanted.language)
    shown: ToldAnswer = {
        "truth": answer.truth,
        "why": _said(answer.why, names, wanted.language),
        "path": answer.drawn.get("path", []),
        "end": answer.drawn.get("end"),
        "share": None,
        "said": "",
    }
    if text:
        guess = read_guess(asked(wanted.stage, wanted.question), _parsed(text))
        worth = scored(wanted.stage, wanted.question, guess)
        shown |= {"share": worth.share, "said": worth.said.within(wanted.language)}
        if isinstance(answer.truth, list) and isinstance(guess, list) and guess and isinstance(guess[0], list):
            shown["gap"] = [along(line).round(6).tolist() for line in (guess, answer.truth)]
    return shown


def _parsed(text: str) -> Any:
    try:
        if len(text) <= LONGEST:
            return json.loads(text)
    except (ValueError, RecursionError):
        pass
    raise Unclear("this answer cannot be read", "读不懂这个回答")


def _names(race: Experiment | NetworkExperiment | None, language: str) -> list[str]:
    """What its lanes are called."""
    with spoken(language):
        return [lane_label(race, number) for number in range(len(race.lanes))] if race else []


def _said(words: Words, names: list[str], language: str) -> str:
    return BETWEEN.sub("", words.within(language).format(lanes=names))
