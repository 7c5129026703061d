"""Optax as its documentation writes it, ``jit(vmap(scan))``, with XLA as it comes: a process that answers questions.

``descent.py`` starts it without our settings and asks, one line each; the answer is seconds.
"""

import sys
import time
from functools import cache, partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import lax

from benchmarks.race import RATES, start_points, yardstick

jax.config.update("jax_enable_x64", True)

RULES = {
    "gradient_descent": optax.sgd,
    "momentum": partial(optax.sgd, momentum=0.9),
    "adagrad": partial(optax.adagrad, initial_accumulator_value=0.0),
    "rmsprop": partial(optax.rmsprop, eps_in_sqrt=False),
    "adam": optax.adam,
}


def rosenbrock(point):
    x, y = point
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


@cache
def program(name: str, rate: float, steps: int):
    """Starts (N, 2) -> θ (N, steps + 1, 2), loss and gradient norm (N, steps + 1)."""
    rule = RULES[name](rate)

    def descend(start):
        def step(carry, _):
            params, state = carry
            loss, grads = jax.value_and_grad(rosenbrock)(params)
            updates, state = rule.update(grads, state, params)
            return (optax.apply_updates(params, updates), state), (params, loss, jnp.linalg.norm(grads))

        return lax.scan(step, (start, rule.init(start)), length=steps + 1)[1]

    return jax.jit(jax.vmap(descend))


def main(folder: Path) -> None:
    for line in sys.stdin:
        question, *words = line.split()
        begin = time.perf_counter()
        if question == "yardstick":
            yardstick()
        else:
            names, starts, steps = words[0].split(","), start_points(int(words[1])), int(words[2])
            for name in names:
                record = jax.block_until_ready(program(name, RATES[name], steps)(starts))
        seconds = time.perf_counter() - begin
        if question == "keep":
            params, loss, norm = map(np.asarray, record)
            rows = np.concatenate([params, loss[..., None], norm[..., None]], axis=-1)  # (N, steps + 1, 4)
            np.save(folder / "stock.npy", rows.transpose(1, 2, 0))
        print(seconds, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
