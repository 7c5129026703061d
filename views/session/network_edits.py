"""What a control of a network page does: a path, a value, and the network experiment that follows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from datasets import DATASETS
from engine.link import Notice
from engine.networks.experiment import NAMES, NUMBERS, NetworkExperiment, network_lane, on_data
from views.session.edits import Refused, lanes_edited, named, number_in, scheduled, turned


def network_edited(net: NetworkExperiment, path: str, value: Any) -> NetworkExperiment:
    """The network experiment after one edit.

    Args:
        path: "depth", "activation", "data", "knobs.noise" (of the data), "lanes.add", "lanes.2.rule.b1", …

    Raises:
        Refused: with a notice that says what was wrong; the experiment stays as it was.
    """
    head, *rest = path.split(".")
    if head in CHANGES:
        return CHANGES[head](net, rest, value)
    if rest or head not in (*NUMBERS, *NAMES):
        raise Refused(Notice("unknown", "net", path[:40]))
    if head in NAMES:
        chosen: dict[str, Any] = {head: named(NAMES[head], value, head)}
        return replace(net, **chosen)
    number = number_in(value, NUMBERS[head], head)
    changed: dict[str, Any] = {head: int(number) if NUMBERS[head].kind in ("whole", "switch") else number}
    return replace(net, **changed)


def _data(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    del rest
    return on_data(net, named(DATASETS, value, "data"))


def _knobs(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    return replace(net, data=turned(net.data, DATASETS, rest, value))


def _lanes(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    return replace(net, lanes=lanes_edited(net.lanes, network_lane, rest, value))


def _schedule_all(net: NetworkExperiment, rest: list[str], value: Any) -> NetworkExperiment:
    del rest
    return replace(net, lanes=scheduled(net.lanes, value))


CHANGES: dict[str, Callable[[NetworkExperiment, list[str], Any], NetworkExperiment]] = {
    "data": _data,
    "knobs": _knobs,
    "lanes": _lanes,
    "schedule_all": _schedule_all,
}
