"""What a training costs: its updates in gradients, and all of it in seconds, before anything runs."""

from collections.abc import Hashable
from functools import lru_cache

import jax

from engine.networks import network
from engine.networks.network import WRITTEN_OUT, Architecture
from engine.networks.plan import Plan
from engine.networks.stretch import blank_state
from engine.surfaces.experiment import Lane
from engine.xla import Compiles

DENSE = 400  # parameters up to which a rule may write down the Hessian at every step
MULTIPLICATIONS = 1.5e10  # a second, of networks large enough to notice
FEW = 32  # points: fewer take as long
HALF = 0.6  # of the time is what float32 takes, eight seeds at a time
ROW = 1.3  # evaluations that a row of the record takes,
SHARED = 0.8  # and those of them that the next update needs as well, where it sees all points
SEARCH = 4.0  # evaluations of a line search, about
SOLVE = 2e-10  # seconds for each d³ of the equations that Newton's rules solve
TWICE = 1.6  # what compiling a Hessian takes beside the program that trains, or one that trains hundreds at a time
SEARCHED = 2.3  # and that of a rule whose step is a search, beside another rule's


def writes_hessian(lane: Lane, width: int) -> bool:
    """Whether a rule writes down the whole Hessian of more than DENSE parameters: its first state says what a step
    costs, in gradients; of a line search only the beginning."""
    if width <= DENSE:
        return False
    return gradients(lane, width) > width


@lru_cache(maxsize=1024)
def gradients(lane: Lane, width: int) -> float:
    """How many gradients of d parameters an update of a rule takes, about; of a line search a few."""
    names = tuple(lane.optimizer.numbers)
    state = jax.tree.map(lambda leaf: leaf[0], blank_state(lane.rule.make, names, 1, width, "float64"))
    evaluations = float(lane.rule.make(**lane.optimizer.numbers).evaluations(state))
    return max(evaluations, min(lane.rule.cost, SEARCH))


def evaluation(net: Architecture, points: int) -> float:
    """Seconds that the loss and its gradient on so many points take: what each layer and each parameter costs however
    few points there are, the activations, and the multiplications. ``benchmarks/networks.py`` measures it."""
    width, more = network.size(net), net.places - 1  # places that the first layer slides to
    units = (net.depth + more) * net.width * max(points, FEW)
    bent = 2 if net.normalisation.axis is not None or net.dropout else 1
    multiplied = 3.0 * (width + more * net.kernel * net.width) * points
    return 5e-6 + 4e-7 * (net.depth + 1) + 5e-9 * width + 4e-9 * bent * units + multiplied / (4 * MULTIPLICATIONS)


def seconds(plan: Plan, points: int) -> float:
    """About how long a training takes once it is compiled: its updates and its rows, one core at work."""
    net, width = plan.architecture, network.size(plan.architecture)
    taken = [gradients(lane, width) for lane in plan.lanes]
    solved = SOLVE * width**3 * sum(each > width for each in taken)
    updates = plan.steps * (sum(taken) * evaluation(net, plan.batch or points) + solved)
    alike = plan.batch in (0, points) and not net.dropout
    rows = len(plan.marks) * len(plan.lanes) * (ROW - SHARED * alike) * evaluation(net, points)
    return plan.seeds * (updates + rows) * (HALF if plan.dtype == "float32" else 1.0)


def compiles(plan: Plan, shapes: Hashable) -> Compiles:
    """The programs of a training on data of these shapes, each with about how long it takes to compile."""
    each = _program_seconds(plan.architecture)
    return {(plan.structure, shapes, lane.optimizer.name): each * _searched(lane) for lane in plan.lanes}


def hessian_seconds(net: Architecture) -> float:
    """About how long it takes to compile what looks at its Hessian."""
    return TWICE * _program_seconds(net)


def ends_seconds(net: Architecture, lane: Lane) -> float:
    """About how long it takes to compile what trains hundreds of it, of which only the ends are kept."""
    return TWICE * _program_seconds(net) * _searched(lane)


def _searched(lane: Lane) -> float:
    return SEARCHED if lane.rule.cost > SEARCH else 1.0


def _program_seconds(net: Architecture) -> float:
    normalised = net.normalisation.axis is not None
    return (0.5 + 0.13 * min(net.depth, WRITTEN_OUT + 1) + 0.009 * net.depth) * (1.9 if normalised else 1.0)
