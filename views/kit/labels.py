"""What things are called: axes, lanes, and what was not taken."""

from dataclasses import replace
from typing import TypedDict

import numpy as np

from engine.link import Notice
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import Experiment, differences
from engine.surfaces.outcome import Outcome
from optimizers import OPTIMIZERS, SCHEDULES
from views.kit.text import KNOBS, say, text


def axis_names(experiment: Experiment) -> list[str]:
    """What the coordinates are called on this surface."""
    return list(experiment.surface.coordinates)


class Difference(TypedDict):
    """A setting in which a lane differs from its twins: ``knob`` names it among the words of all knobs."""

    knob: str
    symbol: str
    kind: str
    value: str


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
    same = [at for at in twins if replace(experiment.lanes[at], shown=racer.shown) == racer]
    return {
        "rule": racer.optimizer.name,
        "differs": [
            {"knob": f"{of}.{name}", "symbol": knob.symbol, "kind": knob.kind, "value": f"{value:.12g}"}
            for of, name, knob, value in differences(experiment.lanes, number)
        ],
        "schedule": racer.schedule.name if planned else "",
        "same": same.index(number) + 1 if len(same) > 1 else 0,
    }


def lane_label(experiment: Experiment | NetworkExperiment, number: int) -> str:
    """The rule's name and, where the rule runs twice, what tells this lane from its twins."""
    name = lane_name(experiment, number)
    parts = [_different(each) for each in name["differs"]]
    if name["schedule"]:
        parts.append(say(SCHEDULES[name["schedule"]].name))
    if name["same"]:
        parts.append(f"#{name['same']}")
    return " ".join([say(OPTIMIZERS[name["rule"]].name), ", ".join(parts)]).strip()


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
    notice = net.trouble
    return sentence(notice._replace(field=say(notice.field))) if notice else ""
