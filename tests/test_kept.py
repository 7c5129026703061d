"""Programs on the disk: found again, by the right name, and thrown away when something else decides."""

import subprocess
import sys
from functools import partial

import jax
import numpy as np
import pytest
from jax.experimental.compilation_cache.compilation_cache import reset_cache

from engine import descend, kept, xla
from engine.kept import name_of
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import Architecture
from engine.networks.objective import objective
from engine.networks.training import finish, train
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setattr(xla, "_folder", None)
    tests = jax.config.jax_compilation_cache_dir
    jax.config.update("jax_compilation_cache_dir", None)  # what JAX has read from its own cache cannot be written again
    reset_cache()
    jax.clear_caches()
    forget()
    xla.keep_programs(tmp_path)
    yield xla._folder
    forget()
    jax.config.update("jax_compilation_cache_dir", tests)
    reset_cache()


def forget():
    """As at a new start."""
    for each in xla._all:
        each.loaded.clear()


def trained():
    net = NetworkExperiment(depth=1, steps=40, lanes=NetworkExperiment().lanes[:1])
    train_part, test_part = net.examples
    return finish(train(net.plan, *train_part[:2], *test_part[:2]))


def test_a_second_start_neither_traces_nor_compiles(shelf):
    events = []
    listen = lambda name, *_, **__: events.append(name)  # noqa: E731
    first = [descend("rosenbrock", "adam", steps=50), trained()]
    assert list(shelf.glob("program-*")) and list(shelf.glob("stretch-*"))
    forget()
    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        second = [descend("rosenbrock", "adam", steps=50), trained()]
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
    assert not [name for name in events if "compile" in name and "trace" not in name]
    for one, other in zip(first, second, strict=True):
        for name, value in one._asdict().items():
            np.testing.assert_array_equal(value, getattr(other, name), err_msg=name)


def test_a_second_start_knows_lapack(tmp_path):
    """Newton's rule solves a system: a fresh process that loads its program must not call what nobody looked up."""
    script = (
        "import sys; from pathlib import Path; from engine import descend, xla; xla.keep_programs(Path(sys.argv[1]));"
        "print(descend('himmelblau', 'newton', steps=20).loss[-1])"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    first, second = (subprocess.run(command, cwd=kept.HOUSE, capture_output=True, text=True) for _ in range(2))
    assert any(kept.LAPACK in path.read_bytes() for path in tmp_path.glob("*/program-*"))
    assert (second.returncode, second.stdout) == (0, first.stdout)


def test_kept_programs_give_what_compiled_ones_give(shelf, monkeypatch):
    kept_one = descend("booth", "momentum", steps=30, noise=0.1)
    monkeypatch.setattr(xla, "_folder", None)
    plain = descend("booth", "momentum", steps=30, noise=0.1)
    np.testing.assert_array_equal(kept_one.params, plain.params)


def test_arguments_by_name_and_by_default(shelf):
    def scaled(how, x, by=2.0):
        return how(x) * by

    program = xla.program("how")(scaled)
    by_place = program(jax.numpy.sin, 1.0, 3.0)
    assert float(by_place) == float(program(jax.numpy.sin, by=3.0, x=1.0)) == pytest.approx(3 * np.sin(1.0))
    assert float(program(jax.numpy.sin, 1.0)) == pytest.approx(2 * np.sin(1.0))


def test_a_file_that_was_cut_off_is_written_anew(shelf):
    right = descend("booth", "adam", steps=20).params
    for path in shelf.iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    forget()
    np.testing.assert_array_equal(descend("booth", "adam", steps=20).params, right)
    assert all(kept.load(path) for path in shelf.glob("program-*"))


def test_other_sources_have_another_shelf(shelf, monkeypatch):
    descend("booth", "adam", steps=20)
    (shelf.parent / "not ours").mkdir()
    monkeypatch.setattr(kept, "circumstances", lambda: "0123456789abcdef0")
    xla.keep_programs(shelf.parent)
    assert {each.name for each in shelf.parent.iterdir()} == {"0123456789abcdef", "not ours"}


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(xla, "_folder", None)
    xla.keep_programs(tmp_path / "file" / "below")
    assert xla._folder is None
    assert descend("booth", "adam", steps=20).diverged_at < 0


@pytest.mark.parametrize("shelf_of", [LANDSCAPES, OPTIMIZERS], ids=["surfaces", "rules"])
def test_every_surface_and_rule_has_a_name_of_its_own(shelf_of):
    names = {name: name_of(record.make) for name, record in shelf_of.items()}
    makes = {name: record.make for name, record in shelf_of.items()}
    assert all(names.values()), [name for name, told in names.items() if not told]
    assert len(set(names.values())) == len(set(makes.values()))


def test_functions_that_close_over_other_things_have_other_names():
    small, large = Architecture(2, 1, 1, 4), Architecture(2, 1, 1, 5)
    names = {name_of(objective(net, loss)) for net in (small, large) for loss in ("mse", "mae")}
    assert len(names) == 4 and all(names)
    assert name_of(objective(small, "mse")) in names
    assert name_of(partial(objective, small)) != name_of(partial(objective, large))
    long = np.arange(10_000.0)
    assert name_of(long) != name_of(np.where(long == 5000, -1, long))


@pytest.mark.parametrize(
    "nameless", [object(), lambda: 0, [1], {"a": 1}, (1, object()), test_other_sources_have_another_shelf]
)
def test_what_has_no_name_elsewhere(nameless):
    """An object's address, a function of a notebook: another process means something else by it."""
    assert name_of(nameless) == ""
