"""Guesses: read from outside, and what they are worth. All kinds that are answered in one form share its rules."""

import math
from typing import Any

import numpy as np

from engine.arrays import Floats
from questions.base import Answer, Asked, Guess, Unclear

MOST = 4000  # points of a sketch
SAMPLES = 128  # places along a path and a sketch that are compared
DECADE = 1.0  # a number that is so many powers of ten off is worth nothing


def read(asked: Asked, guess: Any) -> Guess:
    """A guess as it can be scored.

    Raises:
        Unclear: for what is none of the form that was asked for.
    """
    keys = [choice.key for choice in asked.choices]
    if isinstance(guess, str):
        if asked.form != "order" and guess in keys:
            return guess
        raise Unclear("this cannot be chosen here", "这里没有这个选项")
    return _READ[asked.form](asked, guess)


def _choice(asked: Asked, guess: Any) -> Guess:
    del asked, guess  # a key would have been taken
    raise Unclear("choose one of what is offered", "请从给出的选项中选一个")


def _order(asked: Asked, guess: Any) -> Guess:
    keys = sorted(choice.key for choice in asked.choices)
    if not isinstance(guess, list) or len(guess) != len(keys) or sorted(map(str, guess)) != keys:
        raise Unclear("an order names each one once", "排序时每一项都要恰好出现一次")
    return [str(key) for key in guess]


def _number(asked: Asked, guess: Any) -> Guess:
    if not _finite(guess):
        raise Unclear("this must be a number", "这里要填一个数")
    assert asked.scale is not None
    if not asked.scale["low"] <= guess <= asked.scale["high"]:
        low, high = (f"{asked.scale[end]:g}" for end in ("low", "high"))
        raise Unclear(f"the number must lie between {low} and {high}", f"这个数要在 {low} 与 {high} 之间")
    return float(guess)


def _place(asked: Asked, guess: Any) -> Guess:
    del asked
    if not _is_place(guess):
        raise Unclear("a place is two numbers", "一个位置是两个数")
    return [float(part) for part in guess]


def _sketch(asked: Asked, guess: Any) -> Guess:
    del asked
    if isinstance(guess, list) and len(guess) > MOST:
        raise Unclear(
            f"a sketch has at most {MOST} points, not {len(guess)}", f"草图最多 {MOST} 个点，不能是 {len(guess)} 个"
        )
    if not isinstance(guess, list) or len(guess) < 2 or not all(map(_is_place, guess)):
        raise Unclear("a sketch is two or more points", "草图至少要有两个点")
    return [[float(part) for part in place] for place in guess]


_READ = {"choice": _choice, "order": _order, "number": _number, "place": _place, "sketch": _sketch}


def _finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e30


def _is_place(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_finite, value))


# ---- what they are worth ---------------------------------------------------------------------------------------------


def chosen(asked: Asked, answer: Answer, guess: Guess) -> float:
    """1 for any of the right keys."""
    del asked
    return float(guess in answer.truth)


def ordered(asked: Asked, answer: Answer, guess: Guess) -> float:
    """The share of pairs that stand the right way round; those that are equal stand so either way."""
    del asked
    ranks = np.array([answer.truth[key] for key in guess])
    pairs = np.triu_indices(len(ranks), 1)
    return float(np.mean(ranks[pairs[0]] <= ranks[pairs[1]])) if len(pairs[0]) else 1.0


def numbered(asked: Asked, answer: Answer, guess: Guess) -> float:
    """1 for the number itself, falling to 0 a power of ten off or, on an even scale, a quarter of it; what stands
    beside the scale is right or wrong."""
    if isinstance(guess, str) or isinstance(answer.truth, str):
        return float(guess == answer.truth)
    assert asked.scale is not None
    low, high, log = asked.scale["low"], asked.scale["high"], asked.scale["log"]
    if log:
        off = abs(math.log10(max(guess, low)) - math.log10(max(answer.truth, low))) / DECADE
    else:
        off = abs(guess - answer.truth) / (0.25 * (high - low))
    return max(0.0, 1.0 - off)


def placed(asked: Asked, answer: Answer, guess: Guess) -> float:
    """1 at the place and wherever is as good, falling to 0 at ``width`` from it."""
    del asked
    if isinstance(guess, str) or isinstance(answer.truth, str):
        return float(guess == answer.truth)
    if answer.alike(guess):
        return 1.0
    return max(0.0, 1.0 - math.dist(guess, answer.truth) / answer.width)


def sketched(asked: Asked, answer: Answer, guess: Guess) -> float:
    """By the mean distance from the true path at equal shares of their lengths: 0 from ``width`` on."""
    del asked
    return max(0.0, 1.0 - gap(answer.truth, guess) / answer.width)


def gap(path: Any, sketch: Any) -> float:
    """The mean distance between two lines at equal shares of their lengths."""
    return float(np.linalg.norm(along(path) - along(sketch), axis=1).mean())


def along(line: Any) -> Floats:
    """SAMPLES places of a line at equal distances along it, (SAMPLES, 2)."""
    points = np.asarray(line, dtype=np.float64)
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    at = np.linspace(0, way[-1], SAMPLES)
    return np.stack([np.interp(at, way, column) for column in points.T], axis=1)
