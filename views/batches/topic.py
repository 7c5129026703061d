"""What each topic of the page consists of, and what it is about."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from engine.networks.experiment import NetworkExperiment
from settings.batches import Batches
from views.controls.fields import choice_field
from views.kit.charts import draw
from views.kit.labels import lane_label, trouble
from views.kit.sheet import Sheet, Told
from views.kit.text import text
from views.session.linked import Asked, Parts

ROW = "batches"  # of fields above the pictures


class Topic(NamedTuple):
    """Its sheet, as work that takes about so many seconds; where the parts of that stand; its fields, beside the
    pictures; and what stands there while it waits."""

    work: Callable[[Asked], Parts]
    seconds: Callable[[Asked], float]
    lay: Callable[[Sheet, Asked], None]
    fields: Callable[[Asked], list[dict[str, Any]]]
    waiting: Callable[[Asked], None] = lambda asked: None


def subject(asked: Asked) -> NetworkExperiment:
    """The network of one lane, once: what the panel says of all, for the page compares no settings."""
    return replace(asked.net.alike, lanes=(asked.net.alike.lanes[racer_of(asked)],), seeds=1)


def racer_of(asked: Asked) -> int:
    """The number of the lane that is chosen, else of the first that is shown."""
    able, own = racers_of(asked.net), asked.own.racer
    return int(own) if own and int(own) in able else able[0]


def racers_of(net: NetworkExperiment) -> list[int]:
    return [place for place, racer in enumerate(net.lanes) if racer.shown] or [0]


def racer_field(asked: Asked) -> list[dict[str, Any]]:
    """Which lane; nothing where only one is shown."""
    able = racers_of(asked.net)
    if len(able) == 1:
        return []
    called = {str(place): lane_label(asked.net, place) for place in able}
    return [choice_field("racer", str(racer_of(asked)), text("batches.racer"), called)]


def problem(*nets: NetworkExperiment) -> Sheet | None:
    """Why one of these cannot be trained, if one cannot."""
    why = next(filter(None, map(trouble, nets)), "")
    return stopped(why, True) if why else None


def stopped(told: str, warns: bool = False) -> Sheet:
    """Nothing but why there is nothing."""
    return Sheet({}, {}, boxes=[Told(told, warns)])


def put(sheet: Sheet, key: str) -> None:
    """A chart on the page, if there is this one."""
    if key in sheet.charts:
        draw(sheet.charts[key], key)


def own(asked: Asked) -> Batches:
    settings: Batches = asked.own
    return settings
