"""Every test runs in 64 bits, an implicit broadcast or promotion is an error, and no example is against the clock."""

import hypothesis
import jax

from engine import xla  # noqa: F401  before any test makes JAX choose its settings

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_numpy_rank_promotion", "raise")
jax.config.update("jax_numpy_dtype_promotion", "strict")

hypothesis.settings.register_profile("lab", deadline=None)  # the first example of a test may compile; on CI fixed seeds
hypothesis.settings.load_profile("lab")


def pytest_collection_modifyitems(items):
    """The browser comes last: the quick tests speak first, and Playwright's event loop stays in this thread."""
    items.sort(key=lambda item: "browser" in item.path.parts)
