"""Many trainings at once on all examples, of which only the ends are kept: what maps of networks are made of.

Each lane has first weights, hyperparameters, a penalty and a length of its own, and may have another learning rate for
its last layer. A program is compiled once for each network, loss, rule, schedule and number of examples; all numbers
are its data. A block of lanes is left as soon as all of them have ended. What a training was on its way is had from the
same program, bit for bit: as many lanes of the same numbers, each of which stops a few updates later.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import prod
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import NDArray

from engine import xla
from engine.arrays import Floats
from engine.given import complete, rule_of, schedule_of
from engine.networks.network import Architecture, shapes, size
from engine.networks.objective import evaluated, penalty
from engine.networks.stretch import FAR, Points
from engine.surfaces.descent import LONGEST, NEVER
from engine.surfaces.many import Row
from engine.threads import threads

BLOCK = 256  # lanes that descend together
BLOCKS = 2  # of a call: as much as runs between two looks at whether anybody still wants it
CALL = BLOCK * BLOCKS
CHECKED = 16  # updates between two looks at whether anybody in a block is still under way
WORKERS = 2
LATE = 20  # rows at the end whose mean decides whether a training has converged
MOST = 1e6  # times the first loss: what is beyond, or no number, counts as that much


class Ends(NamedTuple):
    """Where N lanes came to. -1 stands for never. The loss L is that of all examples, with the penalty.

    trained: after Sohl-Dickstein 2024, arXiv:2402.06184: −Σ L/L₀ over all rows where the mean of the last LATE of them
    lies below L₀, Σ L₀/L where it does not; L/L₀ counts MOST at most.
    """

    params: Floats  # (N, d)
    loss: Floats  # (N,); nan or infinite where it diverged, or what it was when θ was FAR away
    gradient_norm: Floats  # (N,)
    reached: NDArray[np.int64]  # (N,), first update with a loss of the target or less
    diverged_at: NDArray[np.int64]  # (N,), the first row at which something is not finite or FAR away
    evaluations: Floats  # (N,), gradients that the updates cost
    trained: Floats  # (N,)


@xla.program("structure", "make_rule", "make_plan", options=xla.WIDE)
def _program(
    structure: tuple[Architecture, str, int],
    make_rule: Callable[..., Any],
    make_plan: Callable[..., Any],
    points: Points,
    lanes: dict[str, Any],
) -> Any:
    """All blocks to their ends. Of a block the lanes are the first axis."""
    architecture = structure[0]
    outermost = last_layer(architecture)

    def surface(theta: Array, decay: Array) -> Array:
        mean, _ = evaluated(*structure, theta, *points)
        return mean + decay * penalty(architecture, theta)

    def move(index: Array, theta: Array, value: Array, slope: Array, state: Any, own: dict[str, Any]) -> Any:
        factor = make_plan(steps=own["steps"], **own["plan"])(index.astype(float))
        rule = make_rule(**{n: v * factor if n == "learning_rate" else v for n, v in own["rule"].items()})
        at = partial(surface, decay=own["decay"])
        step, state = rule.update(slope, state, theta, value=value, grad=slope, value_fn=at)
        cost = jnp.reshape(rule.evaluations(state), ()).astype(value.dtype)
        return step * jnp.where(outermost, own["ratio"], 1.0), state, cost

    every_move = jax.vmap(move, in_axes=(None, 0, 0, 0, 0, 0))
    value_and_slope = jax.vmap(jax.value_and_grad(surface))

    def block(own: dict[str, Any]) -> dict[str, Array]:
        nothing = jnp.zeros(BLOCK)
        never = jnp.full(BLOCK, NEVER, np.int32)
        state = jax.vmap(lambda numbers, theta: make_rule(**numbers).init(theta))(own["rule"], own["start"])
        begins = {
            "theta": own["start"], "state": state, "first": nothing, "spent": nothing, "total": nothing,
            "inverse": nothing, "late": nothing, "reached": never, "lost": never, "live": own["stop"] >= 0,
        }  # fmt: skip

        def one_step(index: Array, now: dict[str, Any]) -> dict[str, Any]:
            theta = now["theta"]
            value, slope = value_and_slope(theta, own["decay"])
            first = jnp.where(index == 0, value, now["first"])
            fine = jnp.isfinite(value) & jnp.isfinite((slope * slope).sum(1)) & (jnp.abs(theta).max(1) <= FAR)
            alive, lost = now["live"] & fine, now["live"] & ~fine
            size = value / first
            size = jnp.where(size < MOST, size, MOST)  # also of what is no number
            step, state, cost = every_move(index, theta, value, slope, now["state"], own)
            goes = alive & (index < own["stop"]) & (now["spent"] + cost <= own["budget"])
            return {
                "theta": jnp.where(goes[:, None], theta + step, theta), "state": state, "first": first, "live": goes,
                "spent": now["spent"] + jnp.where(goes, cost, 0.0),
                "total": now["total"] + jnp.where(alive, size, 0.0),
                "inverse": now["inverse"] + jnp.where(alive, 1 / size, 0.0),
                "late": now["late"] + jnp.where(alive & (index.astype(float) > own["steps"] - LATE), size, 0.0),
                "reached": _noted(now["reached"], alive & (value <= own["target"]), index),
                "lost": _noted(now["lost"], lost, index),
            }  # fmt: skip

        def some_steps(carry: Any) -> Any:
            index, now = carry
            return index + CHECKED, lax.fori_loop(index, index + CHECKED, one_step, now)

        _, now = lax.while_loop(lambda carry: carry[1]["live"].any(), some_steps, (np.int32(0), begins))
        value, slope = value_and_slope(now["theta"], own["decay"])
        kept = {name: each for name, each in now.items() if name not in ("state", "first", "live")}
        return {**kept, "loss": value, "gradient_norm": jnp.sqrt((slope * slope).sum(1))}

    return lax.map(block, lanes)


def _noted(before: Array, happens: Array, index: Array) -> Array:
    """The first step at which it happened."""
    return jnp.where(happens, jnp.minimum(before, index), before)


def last_layer(architecture: Architecture) -> NDArray[np.bool_]:
    """Which entries of θ belong to the layer that gives the outputs, (d,)."""
    last = sum(prod(shape) for _, shape in shapes(architecture)[-2:])
    return np.arange(size(architecture)) >= size(architecture) - last


@dataclass(frozen=True)
class Trainings:
    """What N lanes of one rule are to do with one network. What differs from lane to lane is (N,), the rest a number.

    structure: network, loss and classes. points: the examples. start: the first weights, (N, d) or (d,).
    ratio: of the learning rate of the last layer to that of the others. stop: updates of a lane, ``steps`` if None.
    budget: gradients that it may take; target: the loss of which it is told when it has been reached.
    """

    structure: tuple[Architecture, str, int]
    points: Points
    optimizer: str
    start: Floats
    steps: int = 500
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    schedule: str = "constant"
    schedule_knobs: Mapping[str, Any] = field(default_factory=dict)
    decay: Row = 0.0
    ratio: Row = 1.0
    target: Row = -np.inf
    budget: Row = np.inf
    stop: Row | None = None

    @property
    def lanes(self) -> int:
        """N: as many as the longest row has."""
        rows = [*self.hyperparameters.values(), *self.schedule_knobs.values(), self.decay, self.ratio, self.target]
        rows += [self.budget, 0 if self.stop is None else self.stop]
        return max(len(np.atleast_2d(self.start)), *(int(np.size(row)) for row in rows))


def ends(trainings: Trainings) -> Ends:
    """Where all lanes come to.

    Raises:
        ValueError: for an unknown name or a number of steps out of range.
    """
    parts = list(ending(trainings))
    return Ends(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def ending(trainings: Trainings, workers: int = WORKERS) -> Iterator[Ends]:
    """The same, CALL lanes at a time, in their order. Who closes this drops what has not begun."""
    lanes, call = _prepared(trainings)
    chunks = [slice(at, at + CALL) for at in range(0, trainings.lanes, CALL)]
    with threads(min(workers, len(chunks))) as mapped:
        yield from mapped(lambda chunk: call(jax.tree.map(lambda row: row[chunk], lanes)), chunks)


def _prepared(asked: Trainings) -> tuple[dict[str, Any], Callable[[dict[str, Any]], Ends]]:
    """The rows of all lanes by name, the lanes on the first axis, and what trains some of them."""
    if not 1 <= asked.steps <= LONGEST:
        raise ValueError(f"steps must lie between 1 and {LONGEST}, not {asked.steps}")
    count, rule, plan = asked.lanes, rule_of(asked.optimizer), schedule_of(asked.schedule)

    def row(values: Any, kind: Any = np.float64) -> Any:
        return np.broadcast_to(np.asarray(values, dtype=kind), (count,))

    def rows(make: Callable[..., Any], given: Mapping[str, Any], what: str) -> dict[str, Any]:
        usual = complete(make, dict.fromkeys(given, 0.0), what)
        return {name: row(given.get(name, value)) for name, value in usual.items()}

    lanes = {
        "start": np.broadcast_to(np.atleast_2d(asked.start), (count, np.shape(asked.start)[-1])),
        "rule": rows(rule.make, asked.hyperparameters, "hyperparameter"),
        "plan": rows(plan.make, asked.schedule_knobs, "knob"),
        "steps": row(float(asked.steps)), "decay": row(asked.decay), "ratio": row(asked.ratio),
        "target": row(asked.target), "budget": row(asked.budget),
        "stop": row(asked.steps if asked.stop is None else asked.stop, np.int32),
    }  # fmt: skip
    return lanes, partial(_trained, asked, rule.make, plan.make)


def _trained(asked: Trainings, make_rule: Any, make_plan: Any, lanes: dict[str, Any]) -> Ends:
    """At most CALL lanes, to their ends."""
    count = len(lanes["stop"])
    stop = np.append(lanes["stop"], np.full(CALL - count, -1, np.int32))  # who fills up the call does nothing
    packed = jax.tree.map(_packed, {**lanes, "stop": stop})
    found = _program(asked.structure, make_rule, make_plan, asked.points, packed)
    flat = {name: np.asarray(each).reshape(CALL, *each.shape[2:])[:count] for name, each in found.items()}
    lost = np.where(flat["lost"] == NEVER, -1, flat["lost"]).astype(np.int64)
    rows = asked.steps + 1
    gone = np.where(lost >= 0, rows - lost, 0)  # rows that it did not live to see, each of which counts MOST
    late = flat["late"] + MOST * np.minimum(gone, LATE)
    converged = late < min(LATE, rows)
    return Ends(
        params=flat["theta"], loss=flat["loss"], gradient_norm=flat["gradient_norm"],
        reached=np.where(flat["reached"] == NEVER, -1, flat["reached"]).astype(np.int64), diverged_at=lost,
        evaluations=flat["spent"], trained=np.where(converged, -flat["total"], flat["inverse"] + gone / MOST),
    )  # fmt: skip


def _packed(row: Any) -> Any:
    """(N, …) as blocks, (BLOCKS, BLOCK, …), filled up with the last lane."""
    full = np.empty((CALL, *row.shape[1:]), row.dtype)
    full[: len(row)] = row
    full[len(row) :] = row[-1:]
    return full.reshape(BLOCKS, BLOCK, *row.shape[1:])
