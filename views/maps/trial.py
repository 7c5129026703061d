"""The training behind one point of a map of networks: its loss and the length of its gradient, over the clock."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypedDict

from curves.trainings import TRAININGS
from engine.maps.measures.base import NETWORK
from engine.maps.trained import TrainingMap
from engine.shelf import Shelf
from settings.maps import Maps
from views.kit.curves import Charted, charted
from views.kit.labels import lane_label
from views.kit.text import spoken
from views.kit.wire import Block, block, packed
from views.maps.picture import Asked, refuses
from views.session.said import Said

TRIALS: Shelf[bytes] = Shelf(most=500, room=10_000_000)  # for all visitors
CURVES = {
    "objective": replace(TRAININGS["objective"], chart="loss", log=True),
    "norm": replace(TRAININGS["norm"], chart="norm"),
}


class TrialOutcome(TypedDict):
    bursts: list[int]
    stuck_from: int


class TrialLane(TypedDict):
    number: int
    label: str
    diverged: int
    outcome: TrialOutcome
    curves: Block


class TrialPicture(TypedDict):
    """steps: of the clock."""

    link: str
    steps: int
    lanes: list[TrialLane]
    curves: list[Charted]


def asked(said: Said, own: Maps, language: str) -> Asked:
    """What decides it, of all that a link says."""
    wish = replace(own, over=NETWORK, zoom=())
    return Asked(wish.map_of(said.experiment, said.network), Maps.measure, language)


def tried(of: Asked) -> Iterator[tuple[float, bytes | None]]:
    """The trainings of all lanes with the numbers that the experiment has now."""
    yield 1.0, TRIALS.made((of.link, of.language), lambda: packed(*trial(of)))


def trial(of: Asked) -> tuple[TrialPicture, list[Any]]:
    """The same, as it is sent; without lanes where that takes too long."""
    here, columns = of.map, list[Any]()
    assert isinstance(here, TrainingMap)
    lanes: list[TrialLane] = []
    with spoken(of.language):
        for number in () if refuses(here) else here.lanes:
            rows, ends = here.run(number)
            lost = int(ends.diverged_at[-1])
            lived = slice(None, None if lost < 0 else max(int((rows <= lost).sum()), 1))
            table = {
                "steps": [rows[lived].astype(float)], "objective": [ends.loss[lived]],
                "norm": [ends.gradient_norm[lived]],
            }  # fmt: skip
            lanes.append({
                "number": number, "label": lane_label(here.net, number), "diverged": lost,
                "outcome": {"bursts": [], "stuck_from": -1}, "curves": block(columns, table),
            })  # fmt: skip
    return {"link": of.link, "steps": here.steps, "lanes": lanes, "curves": charted(CURVES)}, columns
