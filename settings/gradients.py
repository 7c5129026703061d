"""Gradients: what is shown of how many layers, where they are checked, and three logits."""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Called, Name, Number
from engine.measures.matrix_form import MOST
from engine.measures.remembered import DEPTHS
from engine.networks.network import DEEPEST
from records import Knob
from settings.base import Settings

LOGIT = Number(Knob(-10.0, 10.0), 0.1)


@dataclass(frozen=True)
class Gradients(Settings):
    """part: which one stands on top; rows, theta_seed: of the matrices; memory_depth: of the chain that is measured;
    norms: what is measured of each layer; after: whether the check is made after the training, not before; z1, z2, z3,
    right: the logits of softmax and the number of the right class."""

    races = False

    part: Annotated[str, Name(("depth", "check", "matrices", "memory"))] = "depth"
    rows: Annotated[int, Number(Knob(2, MOST, "whole"))] = 6
    theta_seed: Annotated[int, Number(Knob(0, 99, "whole"))] = 0
    memory_depth: Annotated[str, Name(tuple(map(str, DEPTHS[1:])))] = "64"
    norms: Annotated[str, Name(("signals", "weights"))] = "signals"
    layers: Annotated[int, Number(Knob(2, DEEPEST, "whole"))] = 30
    after: Annotated[bool, Number(Knob(0, 1, "switch"))] = False
    z1: Annotated[float, LOGIT] = 2.0
    z2: Annotated[float, LOGIT] = 0.5
    z3: Annotated[float, LOGIT] = -1.0
    right: Annotated[str, Name(("1", "2", "3")), Called("class")] = "1"


SETTINGS = Gradients
