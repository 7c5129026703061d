"""What a control of a network page does: a path, a value, and the network experiment that follows."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from datasets import DATASETS
from engine.link import Notice
from engine.networks.experiment import (
    NAMES,
    NUMBERS,
    OWN,
    NetworkExperiment,
    network_lane,
    on_data,
    own_knob,
    own_names,
    own_value,
    unsuited,
    with_setting,
)
from engine.networks.remedies import REMEDIES, tried
from engine.surfaces.experiment import Lane
from views.session.edits import Refused, index, lanes_edited, named, number_in, scheduled, so_many, taking_along, turned


def network_edited(net: NetworkExperiment, path: str, value: Any) -> NetworkExperiment:
    """The network experiment after one edit. Lanes that are kept stay as they are: the old value becomes their own.

    Args:
        path: "depth", "activation", "data", "knobs.noise" (of the data), "lanes.add", "lanes.2.rule.b1",
            "lanes.2.own.depth", "lanes.2.differ" (a setting that becomes its own), "lanes.2.share" (one that does so no
            more), "compare" (a lane that differs from the last one in a setting), "remedy.2" (a lane that tries one), …

    Raises:
        Refused: with a notice that says what was wrong; the experiment stays as it was.
    """
    head, *rest = path.split(".")
    if head in CHANGES:
        after = CHANGES[head](net, rest, value)
    elif rest or head not in (*NUMBERS, *NAMES):
        raise Refused(Notice("unknown", "net", path[:40]))
    else:
        after = with_setting(net, head, _value(net, head, value))
    return after if head == "lanes" else replace(after, lanes=tuple(_kept(net, after, racer) for racer in after.lanes))


def _value(net: NetworkExperiment, name: str, value: Any) -> Any:
    """A value of a setting, from what was dragged, typed or chosen."""
    if name in NAMES:
        return named(NAMES[name], value, name)
    knob = NUMBERS[name] if name in NUMBERS else own_knob(net, name)
    assert knob is not None
    number = number_in(value, knob, knob.symbol or name)
    return int(number) if name in NUMBERS and knob.kind in ("whole", "switch") else number


def _kept(before: NetworkExperiment, after: NetworkExperiment, racer: Lane) -> Lane:
    """A racer after an edit of what all share: one that is kept takes the old values along; other data is for all."""
    names = own_names(after) if before.data.name == after.data.name else OWN
    return taking_along(racer, names, partial(own_value, before), partial(own_value, after))


def _data(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    del rest
    return on_data(net, named(DATASETS, value, "data"))


def _knobs(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    return replace(net, data=turned(net.data, DATASETS, rest, value))


def _lanes(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    if len(rest) < 2 or rest[1] not in ("own", "differ", "share"):
        return replace(net, lanes=lanes_edited(net.lanes, network_lane, rest, value))
    at, name = index(rest[0], len(net.lanes)), ".".join(rest[2:]) if rest[1] == "own" else str(value)
    if name not in own_names(net):
        raise Refused(Notice("unknown", "rule", name[:40]))
    own = dict(net.lanes[at].own)
    usual = own.get(name, own_value(net, name))
    new = {"own": lambda: _value(net, name, value), "differ": lambda: usual, "share": lambda: None}[rest[1]]()
    lanes = list(net.lanes)
    lanes[at] = lanes[at].with_own(name, new)
    changed = replace(net, lanes=tuple(lanes))
    if unsuited(changed.alone(at)):
        raise Refused(Notice("unknown", "loss", str(value)[:40]))
    return changed


def _compare(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    """One more lane: the last one that is shown, with another value of a setting."""
    del rest
    name = named(own_names(net), value, "rule")
    at = max((number for number, racer in enumerate(net.lanes) if racer.shown), default=len(net.lanes) - 1)
    alone = net.alone(at)
    racer = net.lanes[at].with_own(name, another(alone, name))
    if name == "early" and not alone.validation:  # there is nothing to stop by
        racer = racer.with_own("validation", ANOTHER["validation"])
    return replace(net, lanes=so_many((*net.lanes, replace(racer, kept=False, shown=True))))


def _remedy(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    """One more lane: a remedy tried on lane ``rest[0]``."""
    at, name = index(rest[0] if len(rest) == 1 else "", len(net.lanes)), named(REMEDIES, value, "remedy")
    if not REMEDIES[name].able(net.alone(at)):
        raise Refused(Notice("unknown", "remedy", name))
    return replace(net, lanes=so_many((*net.lanes, tried(net, at, name))))


ANOTHER = {  # where a number is 0 now; and which name, unless it is that one
    "batch": 8, "subset": 8, "features": 1, "kernel": 7, "copies": 4, "shift": 1.0, "turn": 45.0, "validation": 0.3,
    "decay": 0.01, "dropout": 0.3, "depth": 2, "activation": "relu", "norm": "batch", "scheme": "he", "loss": "mse",
}  # fmt: skip
MUCH = 0.4  # of the range of a knob of the data that is 0 now


def another(net: NetworkExperiment, name: str) -> Any:
    """A value of a setting that shows what it does: the double, the other one, the next one."""
    now, knob = own_value(net, name), own_knob(net, name)
    if knob is None:
        suited = [each for each in NAMES[name] if not unsuited(with_setting(net, name, each))]
        said = net.criterion if now == "usual" else now
        others = [each for each in suited if each not in (now, said, "usual")]
        wanted = ANOTHER.get(name)
        return wanted if wanted in others else others[0]
    if knob.kind == "switch":
        return 1 - now
    if name == "seed":
        return (now + 1) % int(knob.high)
    doubled: Any = now * 2 or ANOTHER.get(name, MUCH * knob.high)
    value = doubled if doubled <= knob.high else max(now / 2, knob.low)
    return type(now)(round(value) if knob.kind == "whole" else value)


def _schedule_all(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    del rest
    return replace(net, lanes=scheduled(net.lanes, value))


CHANGES: dict[str, Callable[[NetworkExperiment, list[str], Any], NetworkExperiment]] = {
    "data": _data,
    "knobs": _knobs,
    "lanes": _lanes,
    "compare": _compare,
    "remedy": _remedy,
    "schedule_all": _schedule_all,
}
