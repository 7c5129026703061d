"""Arrays taken apart into their numbers: what comes out is what the function gives."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from engine.numbers import apart, by_number, together

POINT = jax.ShapeDtypeStruct((3,), float)
LARGE = np.linspace(0, 1, 40)  # more numbers than are taken apart

FUNCTIONS = {
    "moved": lambda p: jnp.flip(jnp.pad(p[1:], (1, 2))).at[0].set(p[0]),
    "cut": lambda p: jax.lax.pad(p, 2.0, [(-1, 1, 1)]),
    "summed": lambda p: (p.sum(), p.max(), p.min(), p.prod(), (p > 0).all(), (p > 0).any()),
    "matrix": lambda p: (jnp.outer(p, p).T @ p, jnp.outer(p, p)[1:, ::2].reshape(-1)),
    "norm": lambda p: jnp.where(p > 0.5, p, -p) / jnp.sqrt(p @ p),
    "called": lambda p: jax.nn.softplus(p) + jax.jit(jnp.sort)(p),
    "large": lambda p: (jnp.sin(p[0] * LARGE).sum() + p, LARGE * p[1]),
    "loop": lambda p: jax.lax.fori_loop(0, 5, lambda _, q: 0.5 * q + p, p),
    "slope": jax.grad(lambda p: (p[0] - p[1] ** 2) ** 2 + jnp.logaddexp(p[2], p[0])),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_number_by_number_it_is_the_same(name):
    points = np.random.default_rng(0).uniform(-1, 1, (3, 5))

    @jax.jit
    def both(points):
        taken = jax.vmap(by_number(FUNCTIONS[name], POINT), in_axes=-1, out_axes=-1)(apart(points))
        plain = jax.vmap(FUNCTIONS[name], in_axes=-1, out_axes=-1)(points)
        return together(taken, jax.eval_shape(FUNCTIONS[name], POINT)), plain

    for one, other in zip(*map(jax.tree.leaves, both(points)), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-14, atol=1e-15)
