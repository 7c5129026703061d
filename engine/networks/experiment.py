"""A network experiment is a value: which data, which network, how it is trained. Its link is the same value as text.

It stands beside the experiment on a surface in the link, so every page keeps the other pages' settings.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from functools import lru_cache, partial, reduce
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

from activations import ACTIVATIONS
from datasets import DATASETS
from datasets.base import MOST_TESTED, Dataset, Split
from engine.arrays import as_arrays
from engine.link import Choice, Notice, choice, read_choice, read_number, short, written, written_number
from engine.networks.cost import seconds
from engine.networks.examples import Drawing, Drawn, drawn
from engine.networks.network import BUDGET, DEEPEST, Architecture, size
from engine.networks.objective import objective
from engine.networks.plan import Plan
from engine.networks.planes import PLANES
from engine.networks.refusal import Untrainable, refuse
from engine.surfaces.descent import LONGEST
from engine.surfaces.experiment import MOST_LANES, Lane, lane, read_lane, round_to_125, written_lane
from initialisations import INITIALISATIONS
from landscapes.base import Loss
from losses import LOSSES
from normalisations import NORMALISATIONS
from optimizers import OPTIMIZERS
from optimizers.base import Optimizer
from records import Knob, settings

MOST_SHOWN_SEEDS = 64

# What is set by a number, and what by a name, with the name of the record's field.
NUMBERS = {
    "depth": Knob(0, DEEPEST, "whole"),
    "width": Knob(1, 256, "whole"),
    "kernel": Knob(0, 64, "whole"),
    "residual": Knob(0, 1, "switch"),
    "dropout": Knob(0.0, 0.9),
    "batch": Knob(0, 2000, "whole"),
    "decay": Knob(0.0, 10.0, "power"),
    "scale": Knob(0.01, 100.0, "log"),
    "steps": Knob(1, LONGEST, "whole"),
    "seeds": Knob(1, MOST_SHOWN_SEEDS, "whole"),
    "seed": Knob(0, 999_999, "whole"),
    "test": Knob(0.0, MOST_TESTED),
    "validation": Knob(0.0, 0.5),
    "subset": Knob(0, 2000, "whole"),
    "features": Knob(0, 64, "whole"),
    "mirror": Knob(0, 1, "switch"),
    "copies": Knob(0, 20, "whole"),
    "jitter": Knob(0.0, 1.0),
    "shift": Knob(-3.0, 3.0),
    "turn": Knob(-180.0, 180.0),
    "stretch": Knob(0.2, 5.0, "log"),
    "early": Knob(0, 1, "switch"),
    "standardise": Knob(0, 1, "switch"),
    "large": Knob(0.01, 1.0),
    "gap": Knob(0.01, 1.0),
    "ground": Knob(0, MOST_LANES - 1, "whole"),
}
NAMES = {
    "activation": tuple(ACTIVATIONS),
    "norm": tuple(NORMALISATIONS),
    "scheme": tuple(INITIALISATIONS),
    "loss": ("usual", *LOSSES),
    "plane": tuple(PLANES),
    "view": ("data", "hidden"),
}
FIELDS = {"data", "net", "rule"}
SHARED = {"steps", "seeds", "test", "plane", "view", "ground", "large", "gap"}  # settings that no lane has of its own
OWN = tuple(name for name in (*NUMBERS, *NAMES) if name not in SHARED)  # those that it may; and knobs of the data
KNOB = "data."  # what stands before the name of one of these


def network_lane(optimizer: str) -> Lane:
    """A racer with a learning rate that suits small networks."""
    return lane(optimizer, learning_rate=usual_rate(OPTIMIZERS[optimizer]))


def usual_rate(rule: Optimizer) -> float:
    """A learning rate that trains small networks: 1, 2 or 5 times a power of ten."""
    natural = {"slope": 0.2, "length": 0.01, "whole": 1.0}[rule.pace] * rule.share
    knob = settings(rule.make)["learning_rate"].knob
    return min(max(round_to_125(natural), knob.low), knob.high)


def usual_lanes() -> tuple[Lane, ...]:
    return tuple(network_lane(name) for name in ("gradient_descent", "momentum", "adam"))


@dataclass(frozen=True)
class NetworkExperiment:
    """Everything that decides what a page of networks shows.

    lanes: who trains, and in which settings each differs from what follows, see ``parts``.
    data: the set with its knobs; test: the share of it kept for the test; validation: of the others the share kept to
        choose by; subset: how many are learned from, all that are left if 0: a smaller one is part of a larger one, and
        the test is the same; standardise: each feature, and a target that is a number, to mean 0, std 1 on all examples
        that are not kept for the test; features: how many of them it gets, all if 0.
    mirror: whether it learns from mirror images, too, where the data have any.
    copies: of each example that is learned from, each moved at random by ``jitter`` standard deviations.
    shift, turn, stretch: how the tests differ from what is learned from: the first feature by so many standard
        deviations, the first two turned by so many degrees, all stretched so much about their mean.
    kernel: features that a filter of the first layer sees, which slides along them where they have an order.
    depth, width, activation, norm, residual, dropout: as in ``Architecture``; scheme: of the first weights;
        scale: what they are multiplied by.
    loss: "usual" is cross-entropy for classes and the mean squared error for numbers.
    batch: examples per update, all of them if 0; decay: λ of the penalty λ Σ w²; steps: updates.
    early: whether the network is taken as it was where the loss on the validation examples was lowest.
    seeds: how many trainings, each with its own first weights and its own order of the examples, from ``seed`` on.
    plane: on which the surface is shown, the name of one in ``PLANES``; ground: the place of the lane whose surface it
        is, where they have several. large, gap: the shares of the best constant's loss beyond which a training loss, or
        a difference of losses, is called large. view: what is shown of the examples, "data" or the last "hidden" layer.

    Example:
        >>> net = NetworkExperiment.on("spirals", depth=2, width=16, seeds=8)
        >>> net.plan.seeds, [racer.optimizer.name for racer in net.lanes]
        (8, ['gradient_descent', 'momentum', 'adam'])
        >>> NetworkExperiment.from_link(net.to_link()) == (net, ())
        True
    """

    data: Choice = field(default_factory=lambda: choice(DATASETS, "two_moons"))
    lanes: tuple[Lane, ...] = field(default_factory=usual_lanes)
    depth: int = 2
    width: int = 8
    kernel: int = 0
    activation: str = "tanh"
    norm: str = "none"
    residual: int = 0
    dropout: float = 0.0
    scheme: str = "xavier"
    scale: float = 1.0
    loss: str = "usual"
    batch: int = 0
    decay: float = 0.0
    steps: int = 500
    seeds: int = 1
    seed: int = 0
    early: int = 0
    test: float = 0.3
    validation: float = 0.0
    subset: int = 0
    features: int = 0
    mirror: int = 0
    copies: int = 0
    jitter: float = 0.1
    shift: float = 0.0
    turn: float = 0.0
    stretch: float = 1.0
    standardise: int = 1
    large: float = 0.5
    gap: float = 0.2
    ground: int = 0
    plane: str = "pca"
    view: str = "data"

    @classmethod
    def on(cls, data: str, *lanes: Lane, **fields: Any) -> "NetworkExperiment":
        """An experiment by names; knobs of the data as ``knobs={...}``."""
        knobs = fields.pop("knobs", {})
        return cls(choice(DATASETS, data, **knobs), lanes or usual_lanes(), **fields)

    @property
    def dataset(self) -> Dataset:
        return DATASETS[self.data.name]

    @property
    def examples(self) -> Split:
        """What is learned from and what is tested on, as the network gets it."""
        return Split(*drawn(self.drawn)[:2])

    @property
    def held(self) -> Drawn:
        """All examples, those too that it neither learns from nor is tested on: to choose by, and the test unmoved."""
        return drawn(self.drawn)

    @property
    def points_given(self) -> tuple[Any, ...]:
        """What ``training.train`` is given beside the plan."""
        known = self.held
        return (*known.train[:2], *known.test[:2], *(known.validation[:2] if len(known.validation.targets) else ()))

    @property
    def shapes(self) -> tuple[Any, ...]:
        """Of the inputs that it is given."""
        return tuple(part.shape for part in self.points_given[::2])

    @property
    def inputs(self) -> int:
        """p, the features that it gets."""
        return int(self.examples.train.inputs.shape[1])

    @property
    def classes(self) -> int:
        """0 where numbers are learned."""
        return len(self.dataset.classes)

    @property
    def criterion(self) -> str:
        """The name of the loss in ``LOSSES``."""
        usual = "cross_entropy" if self.classes else "mse"
        return usual if self.loss == "usual" or unsuited(self) else self.loss

    @property
    def architecture(self) -> Architecture:
        """Raises ValueError where these settings make no network that can be afforded."""
        outputs = self.classes if self.classes > 2 else 1
        kernel = min(self.kernel, self.inputs) if self.dataset.ordered and self.depth else 0
        return Architecture(
            self.inputs, outputs, self.depth, self.width, self.activation, self.norm, bool(self.residual), self.dropout,
            kernel,
        )  # fmt: skip

    @property
    def size(self) -> int:
        """d, the number of parameters."""
        return size(self.architecture)

    @property
    def points(self) -> int:
        """How many examples are learned from."""
        return len(self.examples.train.targets)

    @property
    def plan(self) -> Plan:
        """What ``training.train`` is asked for: the shown lanes only."""
        return Plan(
            self.architecture,
            tuple(racer for racer in self.lanes if racer.shown),
            self.criterion,
            self.classes,
            self.scheme,
            self.scale,
            self.steps,
            self.batch,
            self.decay,
            self.seed,
            self.seeds,
        )

    def alone(self, number: int) -> "NetworkExperiment":
        """What a lane trains: the experiment with the lane's own settings, and that lane only."""
        racer = self.lanes[number]
        net = reduce(lambda now, own: with_setting(now, *own), racer.own, self)
        return replace(net, lanes=(replace(racer, own=(), kept=False),), ground=0)

    @property
    def parts(self) -> tuple["Part", ...]:
        """What is trained: shown lanes that share all settings together."""
        return _parts(self)

    @property
    def drawn(self) -> Drawing:
        """What decides the examples."""
        return Drawing(**{each.name: getattr(self, each.name) for each in dataclass_fields(Drawing)})

    @property
    def terrain(self) -> Hashable:
        """What decides the surface L(θ): trainings with the same one can be shown on one plane."""
        network = replace(self.architecture, dropout=0.0)
        return self.drawn, network, self.criterion, self.decay

    @property
    def alike(self) -> "NetworkExperiment":
        """The same without anything that is a lane's own."""
        return replace(self, lanes=tuple(replace(racer, own=(), kept=False) for racer in self.lanes))

    @property
    def trouble(self) -> Notice | None:
        """Why this cannot be trained: what ``refuse`` would refuse, as a notice that can be translated."""
        return next((notice for part in self.parts or (Part(self, ()),) if (notice := part.net._trouble())), None)

    def _trouble(self) -> Notice | None:
        if self.early and not len(self.held.validation.targets):
            return Notice("no_validation", "early", "", "")
        return untrainable(self, self.points)

    @property
    def seconds(self) -> float:
        """About how long the training takes."""
        return sum(seconds(part.net.plan, part.net.points) for part in self.parts)

    def surface(self, test: bool = False) -> tuple[Callable[..., Loss], dict[str, Any]]:
        """What is minimised, as a factory and its data (inputs, targets, decay); of the same on the test examples."""
        part = self.examples.test if test else self.examples.train
        make = objective(self.architecture, self.criterion, self.classes)
        return make, as_arrays({"inputs": part.inputs, "targets": part.targets, "decay": self.decay})

    def to_link(self) -> str:
        """The query string; what is as usual is left out, so the first picture has none."""
        usual = NetworkExperiment()
        fields = []
        if self.data != usual.data:
            fields.append(("data", written(self.data, DATASETS)))
        parts = [
            f"{name}~{written_number(getattr(self, name)) if name in NUMBERS else getattr(self, name)}"
            for name in (*NUMBERS, *NAMES)
            if getattr(self, name) != getattr(usual, name)
        ]
        if parts:
            fields.append(("net", "~".join(parts)))
        if self.lanes != usual.lanes:
            fields += [("rule", written_lane(racer)) for racer in self.lanes]
        return urlencode(fields)

    @classmethod
    def from_link(cls, text: str) -> tuple["NetworkExperiment", tuple[Notice, ...]]:
        """Read a query string. Each field that cannot be taken falls back to its default and leaves one notice."""
        given = {name: values for name, values in parse_qs(text, keep_blank_values=True).items() if name in FIELDS}
        notices: list[Notice] = []
        fields: dict[str, Any] = {}
        if "data" in given:
            fields["data"] = read_choice(given["data"][-1], DATASETS, "data", "two_moons", notices)
        if "net" in given:
            fields |= _read_net(given["net"][-1], notices)
        if len(given.get("rule", [])) > MOST_LANES:
            notices.append(Notice("many", "rule", str(len(given["rule"])), str(MOST_LANES)))
        net = cls(**fields)
        if unsuited(net):
            notices.append(Notice("unknown", "net loss", net.loss))
            net = replace(net, loss="usual")
        owned = partial(_owned, net)
        racers = [read_lane(rule, usual_rate, notices, "rule", owned) for rule in given.get("rule", [])[:MOST_LANES]]
        lanes = tuple(racer for racer in racers if racer is not None)
        return (replace(net, lanes=lanes) if lanes else net), tuple(notices)


class Part(NamedTuple):
    """Lanes that are trained together: one experiment, whose lanes have the places ``numbers`` in the whole one."""

    net: NetworkExperiment
    numbers: tuple[int, ...]


@lru_cache(maxsize=64)
def _parts(net: NetworkExperiment) -> tuple[Part, ...]:
    alike: dict[NetworkExperiment, list[int]] = {}
    for number, racer in enumerate(net.lanes):
        if racer.shown:
            alike.setdefault(replace(net.alone(number), lanes=()), []).append(number)
    return tuple(
        Part(replace(shared, lanes=tuple(replace(net.lanes[at], own=(), kept=False) for at in numbers)), tuple(numbers))
        for shared, numbers in alike.items()
    )


def untrainable(net: NetworkExperiment, points: int) -> Notice | None:
    """Why this cannot be trained on so many examples."""
    try:
        plan = net.plan
    except ValueError:
        return Notice("large", "width", "", str(BUDGET))
    try:
        refuse(plan, points)
    except Untrainable as refusal:
        return refusal.notice
    return None


def with_setting(net: NetworkExperiment, name: str, value: Any) -> NetworkExperiment:
    """The experiment with one setting changed, a knob of the data or another."""
    if name.startswith(KNOB):
        return replace(net, data=net.data.with_values(**{name.removeprefix(KNOB): value}))
    changed: dict[str, Any] = {name: value}
    return replace(net, **changed)


def own_names(net: NetworkExperiment) -> tuple[str, ...]:
    """The settings that a lane may have of its own, knobs of the data first."""
    there = {"kernel": net.dataset.ordered, "mirror": net.dataset.mirrored is not None}
    return (*(f"{KNOB}{name}" for name in net.data.numbers), *(name for name in OWN if there.get(name, True)))


def own_value(net: NetworkExperiment, name: str) -> Any:
    """What the experiment says for all of a setting that a lane may have of its own."""
    return net.data.numbers[name.removeprefix(KNOB)] if name.startswith(KNOB) else getattr(net, name)


def own_knob(net: NetworkExperiment, name: str) -> Knob | None:
    """The range of such a setting where it is a number; None where it is a name.

    Raises:
        KeyError: for what no lane has of its own.
    """
    if name.startswith(KNOB):
        return settings(net.dataset.make)[name.removeprefix(KNOB)].knob
    if name not in own_names(net):
        raise KeyError(name)
    return NUMBERS.get(name)


def _owned(net: NetworkExperiment, name: str, text: str, notices: list[Notice]) -> Any:
    """The value of a lane's own setting from a link; None, with a notice, where it cannot be taken."""
    try:
        knob = own_knob(net, name)
    except KeyError:
        notices.append(Notice("unknown", "rule", short(name)))
        return None
    refused = len(notices)
    if knob is None:
        if text not in NAMES[name] or unsuited(with_setting(net, name, text)):
            notices.append(Notice("unknown", f"rule {name}", short(text)))
        value: Any = text
    else:
        number = read_number(text, knob, name, 0.0, notices)
        value = number if name.startswith(KNOB) or knob.kind not in ("whole", "switch") else int(number)
    return value if len(notices) == refused else None


def _read_net(text: str, notices: list[Notice]) -> dict[str, Any]:
    parts = text.split("~")
    values: dict[str, Any] = {}
    for name, value in zip(parts[::2], [*parts[1::2], ""], strict=False):
        if name in NUMBERS:
            knob = NUMBERS[name]
            number = read_number(value, knob, name, getattr(NetworkExperiment, name), notices)
            values[name] = int(number) if knob.kind in ("whole", "switch") else number
        elif name in NAMES and value in NAMES[name]:
            values[name] = value
        else:
            notices.append(Notice("unknown", f"net {name}" if name in NAMES else "net", short(value or name)))
    return values


def on_data(experiment: NetworkExperiment, data: str) -> NetworkExperiment:
    """The same network on another set. A loss that does not suit it gives way to the usual one."""
    moved = replace(experiment, data=choice(DATASETS, data))
    moved = replace(moved, loss="usual") if unsuited(moved) else moved
    return replace(moved, lanes=tuple(_on_data(moved, racer) for racer in experiment.lanes))


def _on_data(net: NetworkExperiment, racer: Lane) -> Lane:
    """A lane keeps what it has of its own where that means something with this data."""
    knobs, known = settings(net.dataset.make), [each for each in racer.own if not each[0].startswith(KNOB)]
    same = [(name, v) for name, v in racer.own if name.startswith(KNOB) and name.removeprefix(KNOB) in knobs]
    suited = [each for each in known if each[0] in own_names(net) and not unsuited(with_setting(net, *each))]
    within = [(name, v) for name, v in same if _fits(knobs[name.removeprefix(KNOB)].knob, v)]
    return replace(racer, own=tuple(each for each in racer.own if each in (*suited, *within)))


def _fits(knob: Knob, value: float) -> bool:
    return knob.low <= value <= knob.high and knob.accepts(value)


def unsuited(net: NetworkExperiment) -> bool:
    """Whether the loss wants classes where there are none."""
    return net.loss != "usual" and LOSSES[net.loss].logits and not net.classes
