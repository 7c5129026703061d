"""Generative or discriminative: which idea, which examples, the model by hand, and what the smaller pictures show.

Fields of several numbers are empty where the examples decide: the model of maximum likelihood.
"""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Name, Number, Numbers
from engine.measures.gaussian_classes import CLOUDS
from records import Knob
from settings.base import Settings

PLACE = Knob(-20.0, 20.0)
NEAR = Knob(-6.0, 6.0)
COUNT = Number(Knob(0, 1000, "whole"))
FIRST = Number(Knob(-5.0, 5.0), 0.1)
TALLY = Number(Knob(0, 40, "whole"))

Mean = Annotated[tuple[float, ...], Numbers((PLACE, PLACE), none=True)]
Spread = Annotated[tuple[float, ...], Numbers((PLACE, PLACE, Knob(0.0, 20.0)), none=True)]
Place = Annotated[tuple[float, ...], Numbers((NEAR, NEAR))]


@dataclass(frozen=True)
class Generative(Settings):
    """idea: what the page is about.

    cloud: where examples come from; n1, n2, n3: how many of each class; outliers: more of the last, far away; wrong:
    per cent with another class's label; sample: which examples. sigma: whose covariance; prior: P(C₁); mean1 …: μ;
    spread0: of the shared Σ, spread1 …: of the classes, half an axis of the ellipse and the length of the other.
    ones: examples (1, 1) of class 1; both, first_only …: examples of class 2, by the features that are 1.
    hill: w and b where descent begins on the 0–1 loss; pace: times the rules' learning rates.
    cloud1 …: centres of the numbered classes. ex1 …: examples of a regression; first_w, first_b: where it begins;
    stride: its η.
    """

    races = False

    idea: Annotated[str, Name(("boundary", "tally", "staircase", "numbering", "gradient"))] = "boundary"
    cloud: Annotated[str, Name(tuple(CLOUDS))] = "alike"
    n1: Annotated[int, COUNT] = 60
    n2: Annotated[int, COUNT] = 40
    n3: Annotated[int, COUNT] = 40
    outliers: Annotated[int, Number(Knob(0, 100, "whole"))] = 0
    wrong: Annotated[int, Number(Knob(0, 50, "whole"))] = 0
    sample: Annotated[int, Number(Knob(0, 99, "whole"))] = 0
    sigma: Annotated[str, Name(("shared", "own", "naive"))] = "shared"
    prior: Annotated[tuple[float, ...], Numbers((Knob(0.0, 1.0),), none=True)] = ()
    mean1: Mean = ()
    mean2: Mean = ()
    mean3: Mean = ()
    spread0: Spread = ()
    spread1: Spread = ()
    spread2: Spread = ()
    spread3: Spread = ()
    ones: Annotated[int, TALLY] = 1
    both: Annotated[int, TALLY] = 0
    first_only: Annotated[int, TALLY] = 4
    second_only: Annotated[int, TALLY] = 4
    neither: Annotated[int, TALLY] = 4
    hill: Place = (-4.0, 3.0)
    pace: Annotated[float, Number(Knob(0.01, 10.0, "log"))] = 1.0
    cloud1: Place = (-2.0, -1.0)
    cloud2: Place = (2.0, -1.0)
    cloud3: Place = (0.0, 2.0)
    ex1: Place = (-2.0, 0.0)
    ex2: Place = (-1.0, 0.0)
    ex3: Place = (0.5, 1.0)
    ex4: Place = (1.0, 0.0)
    ex5: Place = (2.0, 1.0)
    first_w: Annotated[float, FIRST] = -1.0
    first_b: Annotated[float, FIRST] = 0.0
    stride: Annotated[float, Number(Knob(0.001, 1.0, "log"))] = 0.05


SETTINGS = Generative
