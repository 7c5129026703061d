"""How numbers travel to the page: a JSON header and float32 columns, bytes sorted by significance, deflated."""

import json
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def packed(header: Any, columns: Sequence[NDArray[Any]] = ()) -> bytes:
    """Bytes for the component. Floats may be infinite or nan; the header may not."""
    text = json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(errors="replace")
    with np.errstate(over="ignore"):  # what is too large for float32 arrives as infinite
        floats = np.concatenate([np.ravel(column) for column in columns] or [np.zeros(0)]).astype("<f4")
    sorted_bytes = floats.view(np.uint8).reshape(-1, 4).T.tobytes()
    return zlib.compress(struct.pack("<I", len(text)) + text + sorted_bytes, 6)


def coarse(column: NDArray[Any]) -> NDArray[np.float32]:
    """Float32 with 12 bits of mantissa: four digits, which is what a table shows, at half the bytes once deflated."""
    with np.errstate(over="ignore"):
        bits = np.ascontiguousarray(column, dtype="<f4").view(np.uint32)
    return ((bits + np.uint32(0x7FF)) & np.uint32(0xFFFFF000)).view(np.float32)


def finite(value: float) -> float | None:
    """A number that JSON can hold."""
    return value if np.isfinite(value) else None
