"""Critical points next to SciPy's root finder, Hessians next to ``jax.hessian``, Lanczos next to whole spectra."""

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from scipy.optimize import root

from benchmarks.timing import elapsed, interleave, ms, table
from engine.curvature.critical_points import CELLS, find_critical_points
from engine.curvature.derivatives import COLUMNS, SHARED, hessian, subject
from engine.curvature.derivatives import _columns as columns
from engine.curvature.lanczos import lanczos
from engine.curvature.newton import Window, converge
from landscapes import LANDSCAPES

SURFACES = ("himmelblau", "six_hump_camel", "goldstein_price", "muller_brown", "toy_network", "rastrigin")
SIDE = 48  # SciPy's starts along each side of the window
ROUNDS, FEW_ROUNDS, SLOW_ROUNDS = 21, 5, 2
HIDDEN = 29, 52  # neurons in each of two layers: 987 and 2965 parameters


def network(inputs, targets):
    """Mean squared error of a network 2-n-n-1 with tanh, its weights in one row."""

    def loss(weights):
        n = int(np.sqrt(weights.size + 3)) - 2  # n² + 5n + 1 weights
        out, first = inputs, 0
        for rows, width in ((2, n), (n, n), (n, 1)):
            matrix = weights[first : first + rows * width].reshape(rows, width)
            first += rows * width
            out = out @ matrix + weights[first : first + width][None, :]
            first += width
            out = jnp.tanh(out) if width > 1 else out
        return jnp.mean((out[:, 0] - targets) ** 2)

    return loss


def job(hidden: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Weights and data of a network."""
    chance = np.random.default_rng(0)
    inputs = chance.standard_normal((200, 2))
    weights = 0.3 * chance.standard_normal(hidden**2 + 5 * hidden + 1)
    return weights, {"inputs": inputs, "targets": np.sin(inputs[:, 0] * inputs[:, 1])}


@partial(jax.jit, static_argnames="make")
def whole_hessian(make: Callable[..., Callable[..., jax.Array]], data: dict[str, jax.Array], point: jax.Array):
    """What one would write without thinking of memory."""
    return jax.hessian(make(**data))(point)


def scipy_points(name: str, starts: np.ndarray) -> int:
    """How many different critical points SciPy finds, with JAX's gradient and Hessian, from each start in turn."""
    make, knobs = subject(name, {})
    slope, curvature = _derivatives(make)
    low, high = np.array(LANDSCAPES[name].window).T
    found = set()
    for start in starts:
        ended = root(lambda p: np.asarray(slope(knobs, p)), start, jac=lambda p: np.asarray(curvature(knobs, p)))
        if ended.success and np.all((low <= ended.x) & (ended.x <= high)):
            found.add(tuple(np.round(ended.x, 4) + 0.0))
    return len(found)


_compiled: dict[Callable[..., object], tuple[Callable[..., jax.Array], Callable[..., jax.Array]]] = {}


def _derivatives(make: Callable[..., Callable[..., jax.Array]]):
    if make not in _compiled:
        slope = jax.jit(lambda knobs, point: jax.grad(make(**knobs))(point))
        curvature = jax.jit(lambda knobs, point: jax.hessian(make(**knobs))(point))
        _compiled[make] = slope, curvature
    return _compiled[make]


def _same_starts() -> np.ndarray:
    middle = (np.arange(SIDE) + 0.5) / SIDE
    return np.stack(np.meshgrid(middle, middle), axis=-1).reshape(-1, 2)


def _points() -> None:
    rows, places = [], _same_starts()
    for name in SURFACES:
        low, high = np.array(LANDSCAPES[name].window).T
        make, knobs = subject(name, {})
        window = Window(make, knobs, low, high - low)
        found = find_critical_points(name)
        search = {"all": lambda name=name: elapsed(lambda: find_critical_points(name))}
        quick = interleave(search, ROUNDS)
        there: list[int] = []
        starts = low + (high - low) * places
        times = interleave(
            {
                "newton": lambda window=window: elapsed(lambda: converge(window, places)),
                **search,
                "scipy": lambda name=name, starts=starts, there=there: elapsed(
                    lambda: there.append(scipy_points(name, starts))
                ),
            },
            FEW_ROUNDS,
        )
        listed = f"{len(found.points)}" + (f" + {len(found.valleys)} valleys" if found.valleys else "")
        rows.append(
            [
                name,
                listed,
                str(there[-1]),
                ms(quick["all"].best),
                f"{times['scipy'].median / times['all'].median:.0f}",
                f"{times['scipy'].ratio:.0f}",
            ]
        )
    table(
        "All critical points of a surface",
        ["", "found", "SciPy finds", "search, ms", "SciPy / search", "SciPy / our Newton, same starts"],
        rows,
        f"SciPy: root (hybr) with JAX's compiled gradient and Hessian from {SIDE}² starts, one after the other.",
        f"Search: {CELLS[2]}² cells, the proof by the border included. Our Newton: the {SIDE}² starts at once.",
    )


def _hessians() -> None:
    weights, data = job(HIDDEN[0])
    assert weights.size > SHARED
    off = np.abs(hessian(network, weights, **data) - whole_hessian(network, data, weights)).max()
    times = interleave(
        {
            "ours": lambda: elapsed(lambda: hessian(network, weights, **data)),
            "jax": lambda: elapsed(lambda: whole_hessian(network, data, weights).block_until_ready()),
        },
        9,
    )
    half = COLUMNS * -(-weights.size // (2 * COLUMNS))
    ours = columns.lower(network, data, weights, np.int32(0), half).compile().memory_analysis()
    theirs = whole_hessian.lower(network, data, weights).compile().memory_analysis()
    small, large = 2 * ours.temp_size_in_bytes / 1e6, theirs.temp_size_in_bytes / 1e6
    table(
        f"The exact Hessian of a network with {weights.size} parameters",
        ["", "ms", "working memory, MB"],
        [
            ["engine", ms(times["ours"].best), f"{small:.0f}"],
            ["jax.hessian", ms(times["jax"].best), f"{large:.0f}"],
            ["ratio", f"{times['jax'].ratio:.1f}", f"{large / small:.0f}"],
        ],
        f"Both in float64; they differ by {off:.0e}. Memory: XLA's own figure for both threads, without the result.",
    )


def _ends() -> None:
    weights, data = job(HIDDEN[1])
    whole = np.linalg.eigvalsh(hessian(network, weights, **data))
    found = lanczos(network, weights, 5, **data)
    off = np.abs(found.eigenvalues[5:] - whole[-5:]).max() / whole[-1]
    times = interleave({"lanczos": lambda: elapsed(lambda: lanczos(network, weights, 5, **data))}, ROUNDS)
    both = interleave(
        {
            "lanczos": lambda: elapsed(lambda: lanczos(network, weights, 5, **data)),
            "whole": lambda: elapsed(lambda: np.linalg.eigvalsh(hessian(network, weights, **data))),
        },
        SLOW_ROUNDS,
    )
    table(
        f"The largest five eigenvalues of a network with {weights.size} parameters",
        ["", "ms"],
        [
            [f"Lanczos, {found.steps} products", ms(times["lanczos"].best)],
            ["whole spectrum", ms(both["whole"].best)],
            ["ratio", f"{both['whole'].ratio:.0f}"],
        ],
        f"The five agree to {off:.0e} of the largest.",
    )


def main() -> None:
    _points()
    _hessians()
    _ends()


if __name__ == "__main__":
    main()
