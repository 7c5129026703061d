"""What things are called: axes, lanes, and what was not taken."""

from dataclasses import replace

import numpy as np

from engine.link import Notice
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import Experiment, differences
from engine.surfaces.outcome import Outcome
from records import Knob
from views.kit.text import say, text


def axis_names(experiment: Experiment) -> list[str]:
    """What the coordinates are called on this surface."""
    return list(experiment.surface.coordinates)


def lane_label(experiment: Experiment | NetworkExperiment, number: int) -> str:
    """The rule's name and, where the rule runs twice, what tells this lane from its twins."""
    racer = experiment.lanes[number]
    twins = [at for at, lane in enumerate(experiment.lanes) if lane.optimizer.name == racer.optimizer.name]
    parts = [_told(name, knob, value) for name, knob, value in differences(experiment.lanes, number)]
    if any(experiment.lanes[twin].schedule.name != racer.schedule.name for twin in twins):
        parts.append(say(racer.timetable.name))
    same = [at for at in twins if replace(experiment.lanes[at], shown=racer.shown) == racer]
    if len(same) > 1:
        parts.append(f"#{same.index(number) + 1}")
    return " ".join([say(racer.rule.name), ", ".join(parts)]).strip()


def _told(name: str, knob: Knob, value: float) -> str:
    if knob.kind == "switch":
        return text("panel.with" if value else "panel.without", what=say(knob.label))
    return f"{knob.symbol or say(knob.label) or name} = {value:.12g}"


def sentence(notice: Notice) -> str:
    """A notice in the page's language."""
    return text(f"problem.{notice.problem}", field=notice.field, value=notice.value, allowed=notice.allowed)


def happened(result: Outcome) -> str:
    """The outcome in words."""
    told = []
    if result.reached >= 0:
        told.append(text("happened.reached") if result.arrived else text("happened.visited", step=result.reached))
    if result.elsewhere:
        told.append(text("happened.elsewhere"))
    if result.bursts:
        listed = ", ".join(map(str, result.bursts[:3])) + (" …" if len(result.bursts) > 3 else "")
        told.append(text("happened.burst", steps=listed))
    if result.stuck_from >= 0:
        told.append(text("happened.stuck", step=result.stuck_from))
    if result.left_window_at >= 0:
        told.append(text("happened.left", step=result.left_window_at))
    if result.below_at >= 0:
        told.append(text("happened.below", step=result.below_at))
    if result.diverged_at >= 0:
        told.append(text("happened.diverged", step=result.diverged_at))
    if told or (np.isnan(result.distance) and not result.at_rest):
        return "; ".join(told) or "–"
    return text("happened.resting" if result.at_rest else "happened.going")


def trouble(net: NetworkExperiment) -> str:
    """Why this network cannot be trained, as a sentence; "" if it can."""
    notice = net.trouble
    return sentence(notice._replace(field=say(notice.field))) if notice else ""
