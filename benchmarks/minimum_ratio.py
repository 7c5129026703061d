"""Hundreds of small Hessians with their spectra next to torch.func, and the scatter of 300 networks from end to end."""

import time
from collections import Counter

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.timing import elapsed, interleave, ms, table
from engine.measures.minimum_ratio import Search, critical_networks
from engine.measures.polishing import METHODS, hessians
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import initials, unravelled

MANY, ROUNDS = 500, 5
HIDDEN = NetworkExperiment.on("two_moons", depth=1, width=12)  # 49 parameters, 140 examples
SCATTER = NetworkExperiment.on("sine", knobs={"size": 80.0}, depth=1, decay=1e-3, steps=200)
WIDTHS, NETWORKS = (1, 2, 4, 8, 16), 300


def spectra(thetas: np.ndarray) -> np.ndarray:
    """As the engine does it, (n, d)."""
    make, knobs = HIDDEN.surface()
    matrices = np.asarray(hessians(make, knobs, thetas)[2])
    with threadpool_limits(1, "blas"):
        return np.linalg.eigvalsh(matrices)


def torch_spectra():
    """The spectra by torch.func: all Hessians in one vmap, all spectra in one call; None without torch."""
    try:
        import torch
    except ImportError:
        return None
    net, train = HIDDEN.architecture, HIDDEN.examples.train
    inputs, targets = torch.from_numpy(train.inputs), torch.from_numpy(train.targets.astype(float))

    def loss(theta):
        parts = unravelled(net, theta)
        hidden = torch.tanh(inputs @ parts["weight_1"] + parts["bias_1"])
        logits = (hidden @ parts["weight_2"] + parts["bias_2"])[:, 0]
        return torch.nn.functional.binary_cross_entropy_with_logits(logits, targets)

    curved = torch.func.vmap(torch.func.hessian(loss))

    def work(thetas: np.ndarray, threads: int) -> np.ndarray:
        torch.set_num_threads(threads)
        return torch.linalg.eigvalsh(curved(torch.from_numpy(thetas))).numpy()

    return work


def _against_torch() -> None:
    thetas = initials(HIDDEN.architecture, range(MANY))
    theirs = torch_spectra()
    if theirs is None:
        print("torch is not installed: its row is left out\n")
    timers = {"engine, one thread": lambda: elapsed(lambda: spectra(thetas))}
    for threads in (1, 2) if theirs else ():
        name = f"torch.func, {threads} thread{'s' * (threads > 1)}"
        timers[name] = lambda threads=threads: elapsed(lambda: theirs(thetas, threads))
    times = interleave(timers, ROUNDS)
    notes = [f"Float64, {HIDDEN.points} examples, ratios are medians of {ROUNDS} interleaved rounds."]
    if theirs:
        notes.append(f"The spectra agree to {np.abs(spectra(thetas) - theirs(thetas, 1)).max():.0e}.")
    table(
        f"{MANY} Hessians with all eigenvalues at {HIDDEN.size} parameters",
        ["", "best, ms", "÷ engine"],
        [[name, ms(timing.best), f"{timing.ratio:.1f}"] for name, timing in times.items()],
        *notes,
    )


def _scatter() -> None:
    rows = []
    for method in METHODS:
        begin = last = time.perf_counter()
        first, waits = 0.0, []
        for found in critical_networks(Search(SCATTER, WIDTHS, NETWORKS, method)):
            now = time.perf_counter()
            waits.append(now - last)
            last = now
            if len(found.width) and not first:
                first = now - begin
        kinds = Counter(found.kind.tolist())
        rows.append(
            [method, f"{first:.1f}", f"{last - begin:.1f}", ms(float(np.quantile(waits, 0.99)))]
            + [str(kinds[kind]) for kind in ("critical", "flat", "short")]
        )
    table(
        f"{NETWORKS} networks of widths {', '.join(map(str, WIDTHS))} to their critical points",
        ["", "first dot, s", "all, s", "99 % of waits, ms", "critical", "gradient-flat", "not arrived"],
        rows,
        "The first row compiles all programs.",
    )


def main() -> None:
    _against_torch()
    _scatter()


if __name__ == "__main__":
    main()
