"""What surfaces, rules and schedules have in common: a file is a record, an annotated parameter is a slider."""

import importlib
import inspect
import math
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_type_hints


class Words(str):
    """An English text that carries its Chinese: a plain ``str`` everywhere, translated where it is shown."""

    zh: str

    def __new__(cls, en: str, zh: str) -> "Words":
        words = str.__new__(cls, en)
        words.zh = zh
        return words

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # so that copy and pickle keep the Chinese
        return str(self), self.zh

    def within(self, language: str) -> str:
        """The text in ``language`` ("en" or "zh")."""
        return self.zh if language == "zh" else str(self)


@dataclass(frozen=True)
class Knob:
    """The range of a parameter, written in its annotation: ``a: Annotated[float, Knob(0.5, 2.0)] = 1.0``.

    kind: how the slider moves: "linear"; "log"; "power" from 0 over several decades; "decay" evenly in the number of
        steps that a factor below 1 remembers. "whole" takes integers, "switch" is off (0) or on (1).
    symbol: LaTeX-free symbol on the screen; the parameter's name when empty.
    label: what the parameter is, for the tooltip.
    """

    low: float
    high: float
    kind: Literal["linear", "log", "power", "decay", "whole", "switch"] = "linear"
    symbol: str = ""
    label: Words = Words("", "")

    def accepts(self, value: float) -> bool:
        """Whether ``value`` is finite, inside the range and, for whole numbers and switches, an integer."""
        whole = self.kind in ("whole", "switch")
        return math.isfinite(value) and self.low <= value <= self.high and not (whole and value != round(value))


@dataclass(frozen=True)
class Setting:
    """A knob with its default: one slider."""

    knob: Knob
    default: float


@lru_cache(maxsize=1024)
def settings(factory: Callable[..., Any]) -> dict[str, Setting]:
    """The sliders of a factory, in the order of its signature. Parameters without a ``Knob`` are not sliders."""
    hints = get_type_hints(factory, include_extras=True)
    found = {}
    for name, parameter in inspect.signature(factory).parameters.items():
        knob = next((extra for extra in getattr(hints.get(name), "__metadata__", ()) if isinstance(extra, Knob)), None)
        if knob is not None:
            found[name] = Setting(knob, float(parameter.default))
    return found


def shelf(package: str, constant: str, order: Callable[[Any], Any]) -> dict[str, Any]:
    """Every record of a folder by its file's name: the value of ``constant`` in each module that has one."""
    modules = pkgutil.iter_modules(importlib.import_module(package).__path__)
    loaded = {module.name: importlib.import_module(f"{package}.{module.name}") for module in modules}
    records = {name: getattr(module, constant) for name, module in loaded.items() if hasattr(module, constant)}
    return dict(sorted(records.items(), key=lambda item: order(item[1])))
