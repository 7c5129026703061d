"""What things are called: axes, lanes, and what was not taken."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypedDict

import numpy as np

from activations import ACTIVATIONS
from engine.link import Notice
from engine.networks.experiment import KNOB, NetworkExperiment, own_knob, own_value
from engine.surfaces import experiment as surfaces
from engine.surfaces.experiment import Experiment, differences
from engine.surfaces.outcome import Outcome
from initialisations import INITIALISATIONS
from losses import LOSSES
from normalisations import NORMALISATIONS
from optimizers import OPTIMIZERS, SCHEDULES
from records import settings
from views.kit.text import CATALOGUE, KNOBS, say, text


def axis_names(experiment: Experiment) -> list[str]:
    """What the coordinates are called on this surface."""
    return list(experiment.surface.coordinates)


class Difference(TypedDict):
    """A setting in which a lane differs from its twins: ``knob`` names it among the words of all knobs."""

    knob: str
    symbol: str
    kind: str
    value: str


RECORDS: dict[str, Mapping[str, Any]] = {  # whose names a setting of a network takes
    "activation": ACTIVATIONS,
    "norm": NORMALISATIONS,
    "scheme": INITIALISATIONS,
    "loss": LOSSES,
}


def option_name(setting: str, value: str) -> str:
    """What a choice is called in the page's language."""
    records = RECORDS.get(setting, {})
    return say(records[value].name) if value in records else text(f"net.{setting}_{value}")


def setting_name(net: NetworkExperiment, setting: str) -> str:
    """What a setting of a network, or a knob of its data, is called in the page's language."""
    if not setting.startswith(KNOB):
        return text(f"net.{setting}")
    knob = settings(net.dataset.make)[setting.removeprefix(KNOB)].knob
    return say(knob.label) or knob.symbol


def own_differences(net: NetworkExperiment, number: int) -> list[str]:
    """The settings in which a lane differs from what the experiment says for all, as they are said."""
    own = net.lanes[number].own
    return [_set(net, name, value) for name, value in own if value != own_value(net, name)]


def _set(net: NetworkExperiment, name: str, value: Any) -> str:
    called, knob = setting_name(net, name), own_knob(net, name)
    if knob is None:
        return f"{called} = {option_name(name, value)}"
    if knob.kind == "switch":
        return text("panel.with" if value else "panel.without", what=called)
    zero = value == 0 and f"{name}_all" in CATALOGUE["net"]
    return f"{called} = {text(f'net.{name}_all') if zero else f'{value:.12g}'}"


class LaneName(TypedDict):
    """What a lane is called, in no language: its rule and, where that runs twice, what tells it from its twins; their
    schedule where that differs, and the place among those that are the same in everything, or 0."""

    rule: str
    differs: list[Difference]
    schedule: str
    same: int


def lane_name(experiment: Experiment | NetworkExperiment, number: int) -> LaneName:
    """What ``lane_label`` puts into words, and labels.js for pictures that have none."""
    racer = experiment.lanes[number]
    twins = [at for at, lane in enumerate(experiment.lanes) if lane.optimizer.name == racer.optimizer.name]
    planned = any(experiment.lanes[twin].schedule.name != racer.schedule.name for twin in twins)
    same = [at for at in twins if _as_it_runs(experiment, at) == _as_it_runs(experiment, number)]
    return {
        "rule": racer.optimizer.name,
        "differs": [
            *(_own_on(experiment, number) if isinstance(experiment, Experiment) else ()),
            *(
                Difference(knob=f"{of}.{name}", symbol=knob.symbol, kind=knob.kind, value=f"{value:.12g}")
                for of, name, knob, value in differences(experiment.lanes, number)
            ),
        ],
        "schedule": racer.schedule.name if planned else "",
        "same": same.index(number) + 1 if len(same) > 1 else 0,
    }


def _own_on(experiment: Experiment, number: int) -> Iterator[Difference]:
    """Of a surface the settings in which a lane differs from what the experiment says for all."""
    for name, value in experiment.lanes[number].own:
        if value == surfaces.own_value(experiment, name):
            continue
        said = f"({', '.join(f'{part:.6g}' for part in value)})" if isinstance(value, tuple) else f"{value:.12g}"
        knob = name.removeprefix(surfaces.KNOB)
        if knob == name:
            yield Difference(knob=f"own.{name}", symbol="", kind="", value=said)
        else:
            setting = settings(experiment.surface.make)[knob].knob
            called = f"{experiment.landscape.name}.{knob}"
            yield Difference(knob=called, symbol=setting.symbol, kind=setting.kind, value=said)


def _as_it_runs(experiment: Experiment | NetworkExperiment, number: int) -> Any:
    """What decides its run."""
    racer = replace(experiment.lanes[number], shown=True)
    if isinstance(experiment, NetworkExperiment):
        return replace(experiment, lanes=(racer,)).alone(0)
    return replace(experiment.of_lane(number), lanes=(replace(racer, own=(), kept=False),))


def lane_label(experiment: Experiment | NetworkExperiment, number: int) -> str:
    """The rule's name and, where the rule runs twice, what tells this lane from its twins; and what is its own."""
    name = lane_name(experiment, number)
    parts = [_different(each) for each in name["differs"]]
    own = own_differences(experiment, number) if isinstance(experiment, NetworkExperiment) else []
    if name["schedule"]:
        parts.append(say(SCHEDULES[name["schedule"]].name))
    if name["same"]:
        parts.append(f"#{name['same']}")
    alike = own and len({racer.optimizer.name for racer in experiment.lanes}) == 1  # then the rule tells nothing apart
    rule = "" if alike else say(OPTIMIZERS[name["rule"]].name)
    return " ".join(filter(None, [rule, ", ".join([*own, *parts])]))


def _different(each: Difference) -> str:
    called = say(KNOBS[each["knob"]]) or each["knob"].split(".")[1]
    if each["kind"] == "switch":
        return text("panel.with" if float(each["value"]) else "panel.without", what=called)
    return f"{each['symbol'] or called} = {each['value']}"


def sentence(notice: Notice) -> str:
    """A notice in the page's language."""
    return text(f"problem.{notice.problem}", field=notice.field, value=notice.value, allowed=notice.allowed)


def happened(result: Outcome) -> str:
    """The outcome in words."""
    parts = []
    if result.reached >= 0:
        parts.append(text("happened.reached") if result.arrived else text("happened.visited", step=result.reached))
    if result.elsewhere:
        parts.append(text("happened.elsewhere"))
    if result.bursts:
        listed = ", ".join(map(str, result.bursts[:3])) + (" …" if len(result.bursts) > 3 else "")
        parts.append(text("happened.burst", steps=listed))
    if result.stuck_from >= 0:
        parts.append(text("happened.stuck", step=result.stuck_from))
    if result.left_window_at >= 0:
        parts.append(text("happened.left", step=result.left_window_at))
    if result.below_at >= 0:
        parts.append(text("happened.below", step=result.below_at))
    if result.diverged_at >= 0:
        parts.append(text("happened.diverged", step=result.diverged_at))
    if parts or (np.isnan(result.distance) and not result.at_rest):
        return "; ".join(parts) or "–"
    return text("happened.resting" if result.at_rest else "happened.going")


def trouble(net: NetworkExperiment) -> str:
    """Why this network cannot be trained, as a sentence; "" if it can."""
    return refused(net.trouble)


def refused(notice: Notice | None) -> str:
    """Why something was refused, as a sentence; "" if it was not."""
    return sentence(notice._replace(field=say(notice.field))) if notice else ""
