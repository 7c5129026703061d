"""Every test runs in 64 bits, an implicit broadcast or promotion is an error, and no example is against the clock."""

import os
from pathlib import Path

import hypothesis
import jax
import pytest

from engine import xla  # before any test makes JAX choose its settings

CACHE = Path(os.environ.get("DESCENT_LAB_TEST_CACHE", Path(__file__).parents[1] / ".cache" / "tests"))
xla.remember_compiles(CACHE)  # nearly all the time of a first run is compiling; a second one finds it done

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_numpy_rank_promotion", "raise")
jax.config.update("jax_numpy_dtype_promotion", "strict")

hypothesis.settings.register_profile("lab", deadline=None)  # the first example of a test may compile; on CI fixed seeds
hypothesis.settings.load_profile("lab")


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in its own
def pytest_collection_modifyitems(items):
    """One file is one worker's; so is the browser, which comes first: it takes longest, and one app serves it."""
    items.sort(key=lambda item: "browser" not in item.path.parts)
    for item in items:
        item.add_marker(pytest.mark.xdist_group("browser" if "browser" in item.path.parts else item.path.stem))


@pytest.fixture
def compiled():
    """What XLA compiles while the test runs."""
    names = []

    def listen(event, duration, **details):
        if "backend_compile" in event:
            names.append(details)

    jax.monitoring.register_event_duration_secs_listener(listen)
    yield names
    jax.monitoring.unregister_event_duration_listener(listen)


@pytest.fixture(autouse=True, scope="module")
def few_programs():
    """Thousands of compiled programs would take many GB."""
    xla.forget_programs()
