"""Training many seeds next to torch, batched and one by one; a slice of a surface next to a plain ``vmap``."""

import time
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.timing import elapsed, interleave, ms, table
from datasets import DATASETS
from engine.networks import network
from engine.networks.cost import compiles
from engine.networks.experiment import NetworkExperiment, network_lane
from engine.networks.network import Architecture
from engine.networks.objective import objective
from engine.networks.plan import Plan
from engine.networks.slices import random_plane, slice_heights
from engine.networks.training import finish, train
from engine.surfaces.experiment import lane

SEEDS, STEPS, RATE = 64, 1000, 0.01
ALONE = 2  # seeds that torch trains one by one, the rest is multiplied
SIDE = 101
ROUNDS = 5
NET = Architecture(2, 1, 2, 16)


def _data() -> tuple[np.ndarray, np.ndarray]:
    found = DATASETS["two_moons"].make(size=200, noise=0.1, seed=0)
    return found.inputs, found.targets.astype(float)


def _ours() -> float:
    inputs, targets = _data()
    racer = lane("adam", learning_rate=RATE)
    plan = Plan(NET, (racer,), "mse", steps=STEPS, seeds=SEEDS, rows=2, dtype="float32")
    return float(np.median(finish(train(plan, inputs, targets)).objective[0, :, -1]))


def _torch(batched: bool) -> float:
    """The same networks, weights, data and Adam in torch: ``torch.func.vmap`` over seeds, or a loop over seeds."""
    import torch
    from torch.func import grad, vmap

    inputs, targets = (torch.tensor(part, dtype=torch.float32) for part in _data())
    starts = torch.tensor(network.initials(NET, range(SEEDS), "xavier"), dtype=torch.float32)
    shapes = network.shapes(NET)
    ends = np.cumsum([0, *(int(np.prod(shape)) for _, shape in shapes)])

    def loss(theta):
        parts = [theta[a:b].reshape(shape) for a, b, (_, shape) in zip(ends[:-1], ends[1:], shapes, strict=True)]
        hidden = inputs
        for weight, bias in zip(parts[:-2:2], parts[1:-2:2], strict=True):
            hidden = torch.tanh(hidden @ weight + bias)
        return ((hidden @ parts[-2] + parts[-1])[:, 0] - targets).pow(2).mean()

    if batched:
        slope, theta = vmap(grad(loss)), torch.nn.Parameter(starts)
        rule = torch.optim.Adam([theta], lr=RATE)  # coordinate by coordinate, so all seeds at once
        for _ in range(STEPS):
            theta.grad = slope(theta.detach())
            rule.step()
        return float(np.median(vmap(loss)(theta.detach()).numpy()))
    finals = []
    for start in starts[:ALONE]:
        theta = torch.nn.Parameter(start)
        rule = torch.optim.Adam([theta], lr=RATE)
        for _ in range(STEPS):
            rule.zero_grad()
            loss(theta).backward()
            rule.step()
        finals.append(float(loss(theta.detach())))
    return finals[0]


def _training() -> None:
    timers = {"ours": lambda: elapsed(_ours)}
    try:
        import torch

        del torch
    except ImportError:
        note = "torch is not installed: its rows are missing."
    else:
        timers["torch.func"] = lambda: elapsed(lambda: _torch(batched=True))
        timers["torch, seed by seed"] = lambda: elapsed(lambda: _torch(batched=False)) * SEEDS / ALONE
        off = abs(_ours() - _torch(batched=True)) / _ours()
        note = f"Median final losses differ by {off:.0e}; of the loop {ALONE} seeds are timed and multiplied."
    times = interleave(timers, ROUNDS)
    rows = [[name, ms(timing.best), f"{timing.ratio:.1f}"] for name, timing in times.items()]
    title = f"{SEEDS} seeds of a 2-16-16-1 network, 200 points, {STEPS} full-batch Adam steps, float32"
    table(title, ["", "ms", "to ours"], rows, note)


def _slice() -> None:
    inputs, targets = _data()
    make = objective(NET, "mse")
    centre = network.initial(NET, 0)
    plane = random_plane(NET, centre, 0)
    along = np.linspace(-1, 1, SIDE)
    data = {"inputs": inputs, "targets": targets, "decay": 0.0}

    @jax.jit
    def plain(origin, axes, places, data):
        loss = make(**data)
        return jax.vmap(lambda place: loss(origin + place @ axes))(places)

    places = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
    arrays = {name: jnp.asarray(part) for name, part in data.items()}
    heights = slice_heights(make, plane, along, along, **data)
    theirs = np.asarray(plain(plane.origin, plane.axes, places, arrays)).reshape(heights.shape)
    times = interleave(
        {
            "ours": lambda: elapsed(lambda: slice_heights(make, plane, along, along, **data)),
            "vmap": lambda: elapsed(lambda: plain(plane.origin, plane.axes, places, arrays).block_until_ready()),
        },
        ROUNDS,
    )
    table(
        f"A slice of {SIDE}×{SIDE} losses of a network with {network.size(NET)} parameters",
        ["", "ms", "to ours"],
        [[name, ms(timing.best), f"{timing.ratio:.1f}"] for name, timing in times.items()],
        f"They differ by {np.abs(heights - theirs).max():.0e}.",
    )


GUESSED = (  # what the estimate is held against: not what its numbers were fitted to
    {}, {"depth": 4, "width": 20}, {"depth": 12}, {"depth": 40}, {"depth": 56}, {"depth": 3, "width": 96},
    {"batch": 8}, {"depth": 10, "batch": 32}, {"seeds": 5, "steps": 300}, {"norm": "batch", "depth": 6},
    {"norm": "layer", "depth": 3, "batch": 20}, {"dropout": 0.2, "depth": 5},
    {"lanes": ("newton",), "width": 6, "steps": 100}, {"lanes": ("sam", "lbfgs"), "depth": 3},
)  # fmt: skip


def guesses() -> None:
    """What a page says a training takes, and what it took: seconds of work of one core, compiling apart."""
    rows = []
    for changed in GUESSED:
        told = {
            **changed,
            "lanes": tuple(map(network_lane, changed.get("lanes", ("gradient_descent", "momentum", "adam")))),
        }
        net = NetworkExperiment(**told)
        parts = net.examples
        spent = []
        for plan in (replace(net.plan, steps=1), net.plan):
            begin = time.process_time()
            finish(train(plan, *parts.train[:2], *parts.test[:2]))
            spent.append(time.process_time() - begin)
        compiling = sum(compiles(net.plan, net.shapes).values())
        name = ", ".join(f"{key} {value}" for key, value in changed.items()) or "as it opens"
        rows.append([
            name, f"{net.seconds:.2f}", f"{spent[1]:.2f}", f"{net.seconds / spent[1]:.2f}", f"{compiling:.1f}",
            f"{spent[0]:.1f}", f"{compiling / spent[0]:.2f}",
        ])  # fmt: skip
    heads = ["", "said, s", "took, s", "ratio", "compiling: said, s", "took, s", "ratio"]
    table("What a training takes", heads, rows, "Processor time; compiled by two threads side by side.")


def main() -> None:
    guesses()
    _training()
    _slice()


if __name__ == "__main__":
    main()
