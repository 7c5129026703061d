"""How numbers travel to the page: a JSON header and float32 columns, as second differences, deflated."""

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

DIGITS = 9  # of a number in the header
UNSURE = 1e-6  # so close to the middle between two numbers it takes care to round to the right one


class Block(TypedDict):
    """Where the columns of a table stand among all that are sent; ``decimals`` names those that are printed."""

    frames: int
    offset: int
    columns: list[tuple[str, int]]  # name, and how many columns have it
    decimals: list[str]


class Played(TypedDict):
    """What every picture with a clock is sent."""

    sequence: int  # of the edits; the same again only in another language
    moved: str  # wait, race or steady: whether the clock waits at 0, sets out, or stays where it is
    language: str
    words: dict[str, str]
    title: str
    steps: int  # of the clock


class Mapped(Played):
    """And every one with a map."""

    heights: str  # of HEIGHTS


def packed(header: Any, columns: Sequence[NDArray[Any]] = ()) -> bytes:
    """Bytes for the component. Floats may be infinite or nan; the header may not.

    Of the floats' bits, read as whole numbers, the second differences travel, bytes sorted by significance: a path is
    smooth, so most are small, and a third of the bytes is saved once deflated. Nothing is rounded by it.
    """
    text = json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(errors="replace")
    with np.errstate(over="ignore"):  # what is too large for float32 arrives as infinite
        floats = np.concatenate([np.ravel(column) for column in columns] or [np.zeros(0)]).astype("<f4")
    bits = np.diff(floats.view("<u4"), 2, prepend=np.zeros(2, "<u4"))
    sorted_bytes = bits.view(np.uint8).reshape(-1, 4).T.tobytes()
    return zlib.compress(struct.pack("<I", len(text)) + text + sorted_bytes, 6)


def followed(first: bytes, second: bytes) -> bytes:
    """Two of those as one."""
    return struct.pack("<I", len(first)) + first + second


def block(
    columns: list[NDArray[Any]], table: Mapping[str, list[NDArray[Any]]], digits: Mapping[str, int] | None = None
) -> Block:
    """Lay a table's columns behind those that are there already; where they stand.

    digits: of the columns that are printed, how many; these travel as ``decimals``.
    """
    printed = {name: count for name, count in (digits or {}).items() if name in table}
    sent = {
        name: [half for part in group for half in decimals(part, printed[name])] if name in printed else group
        for name, group in table.items()
    }
    offset = sum(len(column) for column in columns)
    columns += [part for group in sent.values() for part in group]
    return {
        "frames": len(next(iter(table.values()))[0]),
        "offset": offset,
        "columns": [(name, len(group)) for name, group in sent.items()],
        "decimals": list(printed),
    }


def decimals(column: NDArray[Any], digits: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Numbers as whole ones and powers of ten, with as many digits as ``number`` of axes.js writes: a table prints what
    was computed, rounded once, however small it is; and it is short once deflated."""
    values = np.asarray(column, dtype=np.float64)
    plain = np.isfinite(values) & (values != 0)
    sizes = np.abs(np.where(plain, values, 1.0))
    logs = np.log10(sizes)
    counts = np.where((logs >= -3) & (logs < 5), digits, digits - 1)
    powers = np.floor(logs) - (counts - 1)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        scaled = sizes / 10.0**powers
        between = np.abs(scaled - np.floor(scaled) - 0.5) < UNSURE
        wholes = np.rint(scaled)
    edge = np.abs(logs - np.rint(logs)) < 10.0**-digits  # where another digit begins
    for at in np.flatnonzero(plain & (between | edge | (logs < -290))):
        wholes[at], powers[at] = written(float(sizes[at]), digits)
    return np.where(plain, np.copysign(wholes, values), values), np.where(plain, powers, 0.0)


def written(size: float, digits: int) -> tuple[int, int]:
    """The whole number and the power of ten of one number above 0, by its decimal digits; exactly between two, as
    JavaScript does, the larger one."""
    exact = Decimal(size)

    def whole(count: int) -> Decimal:
        return exact.scaleb(count - 1 - exact.adjusted()).to_integral_value(ROUND_HALF_UP)

    power = exact.adjusted() + (whole(digits) == 10**digits)
    count = digits if -3 <= power < 5 else max(digits - 1, 1)
    return int(whole(count)), exact.adjusted() - (count - 1)


def coarse(column: NDArray[Any]) -> NDArray[np.float32]:
    """Float32 with 12 bits of mantissa: four digits, which is what a table shows, at half the bytes once deflated."""
    with np.errstate(over="ignore"):
        bits = np.ascontiguousarray(column, dtype="<f4").view(np.uint32)
    return ((bits + np.uint32(0x7FF)) & np.uint32(0xFFFFF000)).view(np.float32)


def finite(value: float) -> float | None:
    """A number that JSON can hold."""
    return value if np.isfinite(value) else None


def short(values: Any) -> Any:
    """Numbers with DIGITS digits for the header, None for what is not finite."""
    if np.ndim(values):
        return [short(value) for value in values]
    return float(f"{values:.{DIGITS}g}") if np.isfinite(values) else None
