"""Batches: which topic, which optimizer, which sizes, and what is swept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from engine.link import About, Name, Names, Number
from engine.measures.sweep import VALUES
from records import Knob
from settings.base import Settings

SIZES = ("all", "64", "32", "16", "8", "4", "2", "1")
MOST_SIZES = 5
PAIR = "4"


def racers(about: About) -> Sequence[str]:
    """The places of the lanes that are shown."""
    return [str(place) for place, racer in enumerate(about.subject.lanes) if racer.shown] or ["0"]


def sizes_of(about: About) -> Sequence[str]:
    """Those that are smaller than the set."""
    return [size for size in SIZES if size == "all" or int(size) < about.subject.points]


def pairs_of(about: About) -> Sequence[str]:
    """Sizes of which there are two batches without a common example."""
    return [size for size in ("1", "2", "4", "8", "16", "32") if 2 * int(size) <= about.subject.points]


def smaller(about: About) -> Sequence[str]:
    """Sizes that are smaller than the set, the least first."""
    return [size for size in ("1", "2", "4", "8", "16", "32", "64") if int(size) < about.subject.points] or ["1"]


@dataclass(frozen=True)
class Batches(Settings):
    """racer: the lane that all is about, "" for the first; equal: what trainings with different batches share;
    moment: per cent of the training, where the cloud of gradients is; wide: of the network that is timed; span: epochs
    of a sweep; trials: its seeds; pair: the size of two batches with their surfaces, "" for PAIR or the largest;
    small: of the batch that is compared with all examples."""

    races = False

    topic: Annotated[str, Name(("paths", "surfaces", "time", "sweep", "table"))] = "paths"
    racer: Annotated[str, Name(racers)] = ""
    sizes: Annotated[tuple[str, ...], Names(sizes_of, "-", MOST_SIZES, none=True)] = ("all", "8", "1")
    equal: Annotated[str, Name(("updates", "epochs"))] = "updates"
    epochs: Annotated[int, Number(Knob(1, 200, "whole"))] = 30
    pair: Annotated[str, Name(pairs_of)] = ""
    small: Annotated[str, Name(smaller)] = ""
    moment: Annotated[int, Number(Knob(0, 100, "whole"))] = 0
    wide: Annotated[int, Number(Knob(8, 128, "whole"), 8)] = 32
    sweep: Annotated[str, Name(tuple(VALUES))] = next(iter(VALUES))
    span: Annotated[int, Number(Knob(1, 500, "whole"))] = 100
    trials: Annotated[int, Number(Knob(2, 32, "whole"))] = 8


SETTINGS = Batches
