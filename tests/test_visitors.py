"""Visitors come first, and a server that is asked to stop stops, whatever it compiles."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine import xla
from views.server import visitors, warm

ROOT = Path(__file__).parents[1]
PATIENCE = 30  # seconds, so that a server that hangs is a failure and not an endless test

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def state_of(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]


def helpers_of(server: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
@pytest.mark.parametrize("moment", ["first_picture", "helper"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_fresh_server_stops_when_it_is_asked_to(moment, how, tmp_path):
    with _started(tmp_path) as (server, _):
        if moment == "helper":
            _until(lambda: helpers_of(server.pid))
        helpers = helpers_of(server.pid)
        server.send_signal(how)
        _, told = server.communicate(timeout=PATIENCE)
    assert b"Traceback" not in told
    assert b"terminate called" not in told
    assert not any(Path(f"/proc/{helper}").exists() and state_of(helper) != "Z" for helper in helpers)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_a_helper_at_rest_does_not_outlive_a_server_that_is_killed(tmp_path):
    with _started(tmp_path) as (server, port):
        _until(lambda: helpers_of(server.pid))
        (helper,) = helpers_of(server.pid)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
        _until(lambda: state_of(helper) == "T")
        server.kill()
        _until(lambda: not Path(f"/proc/{helper}").exists() or state_of(helper) == "Z")


@contextmanager
def _started(cache: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A server with nothing compiled, and its port; it is gone after the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
        cwd=ROOT, env={**os.environ, "DESCENT_LAB_CACHE": str(cache)},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        _until(lambda: _answers(port))
        yield server, port
    finally:
        server.kill()
        server.communicate()


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
    except OSError:
        return False
    return True


def _until(holds) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_somebody_is_here_while_served_and_a_moment_longer(monkeypatch):
    monkeypatch.setattr(visitors, "_answered", -visitors.CALM)
    now = 0.0
    monkeypatch.setattr(visitors.time, "monotonic", lambda: now)
    assert not visitors.here()
    with visitors.served():
        now += 100.0
        with visitors.served():
            pass
        now += 100.0
        assert visitors.here()
    assert visitors.here()
    now += visitors.CALM
    assert not visitors.here()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_the_helper_rests_while_somebody_is_served(monkeypatch):
    monkeypatch.setattr(visitors, "CALM", 0.0)
    states = []

    async def watched():
        helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        watching = asyncio.create_task(warm._while_nobody_waits(helper))
        try:
            with visitors.served():
                await _state(helper, "T")
                states.append("rests")
            await _state(helper, "S")
            states.append("works")
        finally:
            helper.kill()
            await asyncio.wait_for(watching, PATIENCE)

    async def _state(helper, wanted):
        async with asyncio.timeout(PATIENCE):
            while state_of(helper.pid) != wanted:
                await asyncio.sleep(0.01)

    asyncio.run(watched())
    assert states == ["rests", "works"]


def test_what_was_only_begun_to_be_kept_is_thrown_away(tmp_path, monkeypatch):
    """JAX never writes an entry anew: one that a killed server left empty would be compiled at every start."""
    monkeypatch.setattr(xla.jax.config, "update", lambda *_: None)
    (tmp_path / "cut-cache").touch()
    (tmp_path / "whole-cache").write_bytes(b"program")
    xla.remember_compiles(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["whole-cache"]
    xla.remember_compiles(tmp_path / "not_there_yet")
