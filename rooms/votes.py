"""What a vote may be: a choice, an order, a number, a place, a sketch. Kept as JSON, in a tenth of the memory."""

import json
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from rooms.refused import Refused

LETTERS = 64  # of a choice
CHOICES = 32  # of an order
POINTS = 200  # of a sketch that is kept
MOST = 4000  # points of a sketch that is taken
LARGEST = 1e30

Point = Sequence[float]


def read(text: bytes) -> Any:
    """JSON from outside; NaN and Infinity are no JSON.

    Raises:
        Refused: for anything else.
    """
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused("not_json") from error


def _no_number(name: str) -> float:
    raise ValueError(name)


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def ballot(value: Any) -> str:
    """A vote as it is kept: numbers with seven digits, a sketch with at most POINTS points.

    Raises:
        Refused: for what is none of the five kinds.
    """
    if _choice(value) or isinstance(value, bool):
        return written(value)
    if _number(value):
        return written(_short(value))
    if isinstance(value, list) and value:
        if all(map(_choice, value)) and len(value) <= CHOICES and len(set(value)) == len(value):
            return written(value)
        if _place(value):
            return written([*map(_short, value)])
        if len(value) > MOST:
            raise Refused("too_many_points", most=MOST)
        if all(map(_place, value)):
            return written([[*map(_short, point)] for point in thinned(value)])
    raise Refused("no_vote")


def _choice(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LETTERS


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST


def _place(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_number, value))


def _short(value: float) -> float:
    return float(f"{value:.7g}")


def thinned(points: Sequence[Point], most: int = POINTS) -> Sequence[Point]:
    """A line with at most so many points, at equal distances along it."""
    if len(points) <= most:
        return points
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    step = math.fsum(lengths) / (most - 1)
    if not 0 < step < math.inf:
        return [points[0], points[-1]]
    found, walked = [points[0]], 0.0
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        while len(found) < most - 1 and len(found) * step <= walked + length and length > 0:
            share = (len(found) * step - walked) / length
            found.append([p + share * (q - p) for p, q in zip(a, b, strict=True)])
        walked += length
    return [*found, points[-1]]
