"""Central differences against the automatic gradient: the error falls as h², then rises as 1/h."""

import jax.numpy as jnp
import numpy as np
import pytest

from engine.measures.differences import COMPARED, gradient_check
from engine.networks.network import Architecture, initial, size
from engine.networks.objective import objective


def wave(a):
    """Its third derivative is a³ times its first one."""
    return lambda theta: jnp.sum(jnp.exp(a * theta))


def test_too_large_an_h_truncates():
    """(e^{ah} − e^{−ah}) / 2h = a (1 + (ah)²/6 + …)."""
    lengths, errors = gradient_check(wave, np.zeros(3), [1e-2, 1e-1], a=2.0)
    np.testing.assert_allclose(errors, (2 * lengths) ** 2 / 6, rtol=0.01)


def test_two_slopes_of_a_network():
    architecture = Architecture(2, 1, 2, 5)
    x = np.random.default_rng(0).standard_normal((20, 2))
    make = objective(architecture, "mse")
    lengths, errors = gradient_check(make, initial(architecture, 0), inputs=x, targets=np.sin(x[:, 0]), decay=0.01)
    best = lengths[errors.argmin()]
    assert errors.min() < 1e-8 and 1e-7 < best < 1e-3
    large, small = (lengths > 1e-3) & (lengths < 1e-1), lengths < 1e-8
    assert np.polyfit(np.log(lengths[large]), np.log(errors[large]), 1)[0] == pytest.approx(2, abs=0.1)
    assert np.polyfit(np.log(lengths[small]), np.log(errors[small]), 1)[0] == pytest.approx(-1, abs=0.2)


def test_a_corner_is_found():
    def corner():
        return lambda theta: jnp.sum(jnp.abs(theta))

    assert gradient_check(corner, [0.1, 1.0], [1e-3])[1] < 1e-10
    assert gradient_check(corner, [1e-4, 1.0], [1e-3])[1] > 0.5  # across the corner they do not agree


def test_a_landscape_by_name_and_a_part_of_many_coordinates():
    assert gradient_check("rosenbrock", (-1.2, 1.0), [1e-5])[1] < 1e-8
    architecture = Architecture(2, 1, 1, 50)
    assert size(architecture) > COMPARED
    x = np.ones((1, 2))
    _, errors = gradient_check(
        objective(architecture, "mse"), initial(architecture, 0), [1e-5], inputs=x, targets=[2.0], decay=0.0
    )
    assert errors < 1e-7


@pytest.mark.parametrize("distances", [[], [0.0], [-1.0], [np.inf], 1e-3])
def test_no_such_distance(distances):
    with pytest.raises(ValueError, match="distances must be finite and positive"):
        gradient_check("rosenbrock", (-1.2, 1.0), distances)
