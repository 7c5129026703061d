"""Every test runs in 64 bits, an implicit broadcast or promotion is an error, and no example is against the clock."""

import gc
import os
import threading
from functools import cache
from pathlib import Path

# For what tests compile beside programs of ours, which have options of their own: it takes a third of the time.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_cpu_use_fusion_emitters=false")

import hypothesis
import jax
import pytest
from streamlit.components.v2 import manifest_scanner
from xdist.scheduler import LoadScopeScheduling

from engine import kept, xla  # before any test makes JAX choose its settings

CACHE = Path(os.environ.get("DESCENT_LAB_TEST_CACHE", Path(__file__).parents[1] / ".cache" / "tests"))
xla.remember_compiles(CACHE)  # nearly all the time of a first run is compiling; a second one finds it done
PROGRAMS = Path(os.environ.get("DESCENT_LAB_TEST_PROGRAMS", CACHE / "programs"))
xla.keep_programs(PROGRAMS)  # ours whole: neither another file of tests nor their server traces them again
gc.set_threshold(100_000, 20, 50)  # tracing makes many small objects: Python would look through all of them again

# Each AppTest would read what all installed packages say of themselves, which takes longer than a short page.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

_latest = threading.local()
jax.monitoring.register_event_listener(
    lambda event, **_: event.startswith("/jax/compilation_cache/") and setattr(_latest, "event", event)
)


def _save(path, program, save=kept.save):
    """The two do not go together: XLA cannot write again what it has read, and would not say so."""
    if not getattr(_latest, "event", "").endswith("/cache_hits"):
        save(path, program)


kept.save = _save

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_numpy_rank_promotion", "raise")
jax.config.update("jax_numpy_dtype_promotion", "strict")

hypothesis.settings.register_profile("lab", deadline=None)  # the first example of a test may compile; on CI fixed seeds
hypothesis.settings.load_profile("lab")


class ByFile(LoadScopeScheduling):
    """One file is one worker's, and so is the whole folder of the browser: one app serves it."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "browser" if "/browser/" in file else file


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


LONG = (
    "browser", "test_folds.py", "test_network_lessons.py", "test_diagnosis.py", "test_atlas.py", "test_settings.py",
    "test_training.py", "test_batches.py", "test_curvature_page.py", "test_spectra.py", "test_normalisation_page.py",
)  # fmt: skip


def pytest_collection_modifyitems(items):
    """What takes longest comes first, and what comes last is short: the workers end together."""
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if name in item.path.parts), len(LONG)))
    for item in items:
        if "browser" in item.path.parts:  # a browser beside another worker may be slow once: it is told, not hidden
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def compiled(monkeypatch):
    """What is compiled while the test runs: programs of ours that are new, also where they lie on the disk already, and
    what else XLA compiles."""
    names, ours = [], []
    make = xla.Program._made

    def made(self, key, *rest):
        if key not in self.loaded:
            names.append({"fun_name": self.function.__name__})
        ours.append(self)
        try:
            return make(self, key, *rest)
        finally:
            ours.pop()

    def listen(event, duration, **details):
        if "backend_compile" in event and not ours:
            names.append(details)

    monkeypatch.setattr(xla.Program, "_made", made)
    jax.monitoring.register_event_duration_secs_listener(listen)
    yield names
    jax.monitoring.unregister_event_duration_listener(listen)


@pytest.fixture(autouse=True, scope="module")
def few_programs():
    """Thousands of compiled programs would take many GB."""
    xla.forget_programs()
