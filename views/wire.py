"""How numbers travel to the page: a JSON header and float32 columns, bytes sorted by significance, deflated."""

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIGITS = 9  # of a number in the header


def packed(header: Any, columns: Sequence[NDArray[Any]] = ()) -> bytes:
    """Bytes for the component. Floats may be infinite or nan; the header may not."""
    text = json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(errors="replace")
    with np.errstate(over="ignore"):  # what is too large for float32 arrives as infinite
        floats = np.concatenate([np.ravel(column) for column in columns] or [np.zeros(0)]).astype("<f4")
    sorted_bytes = floats.view(np.uint8).reshape(-1, 4).T.tobytes()
    return zlib.compress(struct.pack("<I", len(text)) + text + sorted_bytes, 6)


def block(columns: list[NDArray[Any]], table: Mapping[str, list[NDArray[Any]]]) -> dict[str, Any]:
    """Lay a table's columns behind those that are there already; where they stand."""
    offset = sum(len(column) for column in columns)
    parts = [part for group in table.values() for part in group]
    columns += parts
    return {"frames": len(parts[0]), "offset": offset, "columns": [(name, len(group)) for name, group in table.items()]}


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
