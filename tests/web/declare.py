"""What Python sends to the pictures, as TypeScript: `python -m tests.web.declare` writes payloads.d.ts anew."""

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from views.classification.pair import ClassificationPicture
from views.compare.stage import ComparePicture
from views.controls.fields import PanelPicture
from views.critical_points.stage import CriticalPointsPicture
from views.curvature.stage import CurvaturePicture
from views.demonstrations import MenuPicture
from views.diagnosis.stage import DiagnosisPicture
from views.kit.charts import ChartPicture
from views.kit.sheet import SaidPicture, SheetPicture
from views.lecture.asking import ToldAnswer, ToldQuestion
from views.maps.stage import MapsPicture, TrainingsPicture
from views.networks.stage import NetworksPicture
from views.session.linked import LinkedVisit
from views.session.played import PlayedCharts

FILE = Path(__file__).with_name("payloads.d.ts")
PAYLOADS = {  # by the name of the component
    "classification": ClassificationPicture,
    "answer": ToldAnswer,
    "compare": ComparePicture,
    "critical_points": CriticalPointsPicture,
    "curvature": CurvaturePicture,
    "demonstrations": MenuPicture,
    "diagnosis": DiagnosisPicture,
    "linked": LinkedVisit,
    "maps": MapsPicture,
    "networks": NetworksPicture,
    "panel": PanelPicture,
    "played": PlayedCharts,
    "plot": ChartPicture,
    "question": ToldQuestion,
    "sentences": SaidPicture,
    "sheet": SheetPicture,
    "trainings": TrainingsPicture,
}
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null", Any: "any"}


def fields_of(record: type) -> dict[str, tuple[Any, bool]]:
    """The type of each field, and whether it may be missing."""
    hints = get_type_hints(record, include_extras=True)
    return {
        name: (get_args(hint)[0], True) if get_origin(hint) is NotRequired else (hint, False)
        for name, hint in hints.items()
    }


def script(hint: Any) -> str:
    """A type of Python as TypeScript writes it."""
    if hint in PLAIN or is_typeddict(hint):
        return PLAIN.get(hint, getattr(hint, "__name__", ""))
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(f'"{part}"' for part in parts)
    if origin in (Union, types.UnionType):
        return " | ".join(map(script, parts))
    if origin is dict:
        return f"Record<{script(parts[0])}, {script(parts[1])}>"
    if origin is tuple:
        return f"[{', '.join(map(script, parts))}]"
    if origin is list:
        inner = script(parts[0])
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    raise TypeError(f"{hint} has no counterpart in TypeScript")


def records(hint: Any) -> Iterator[type]:
    """All records that a type is made of, itself last."""
    inside = [kind for kind, _ in fields_of(hint).values()] if is_typeddict(hint) else get_args(hint)
    for part in inside:
        yield from records(part)
    if is_typeddict(hint):
        yield hint


def misfits(value: Any, hint: Any, place: str = "") -> Iterator[str]:
    """Where a value that was sent is not what its type says."""
    origin, parts = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        fields = fields_of(hint)
        for name in fields.keys() | (value.keys() if isinstance(value, dict) else set()):
            if name not in fields or not isinstance(value, dict) or (name not in value and not fields[name][1]):
                yield f"{place}.{name}"
            elif name in value:
                yield from misfits(value[name], fields[name][0], f"{place}.{name}")
    elif origin in (Union, types.UnionType):
        if all([*misfits(value, part, place)] for part in parts):
            yield place
    elif origin is Literal:
        yield from [] if value in parts else [place]
    elif origin in (list, dict):
        kept = isinstance(value, origin)
        for part in (value if origin is list else value.values()) if kept else ():
            yield from misfits(part, parts[-1], f"{place}[]")
        yield from [] if kept else [place]
    elif origin is tuple:  # JSON knows lists only
        yield from [place] if not isinstance(value, list) or len(value) != len(parts) else []
        for part, kind in zip(value, parts, strict=False):
            yield from misfits(part, kind, f"{place}[]")
    elif not isinstance(value, (int, float) if hint is float else hint) or (hint is int and isinstance(value, bool)):
        yield place


def declared(record: type) -> str:
    told = [f"    /** {record.__doc__.splitlines()[0]} */"] if record.__doc__ else []
    fields = [f"      {name}{'?' * may_miss}: {script(hint)};" for name, (hint, may_miss) in fields_of(record).items()]
    return "\n".join([*told, f"    interface {record.__name__} {{", *fields, "    }"])


def declarations() -> str:
    """All payloads and their parts."""
    found = dict.fromkeys(record for payload in PAYLOADS.values() for record in records(payload))
    names = [record.__name__ for record in found]
    assert len(set(names)) == len(names), "two records of one name"
    head = "// Written by tests/web/declare.py from the TypedDicts of views; a test keeps it so.\n"
    body = "\n".join(map(declared, found))
    return f"{head}export {{}};\ndeclare global {{\n  namespace Payload {{\n{body}\n  }}\n}}\n"


if __name__ == "__main__":
    FILE.write_text(declarations(), encoding="utf-8")
