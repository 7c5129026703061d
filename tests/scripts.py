"""Modules of the browser, run by themselves: what needs neither a page nor a server."""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

WEB = Path(__file__).parents[1] / "views" / "web"


LOOP = """import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { module, name, given } = JSON.parse(line);
  console.log(JSON.stringify((await import(module))[name](...given)));
}
"""


def executable() -> str:
    """Of Node."""
    found = shutil.which("node")
    if found is None and not os.environ.get("CI"):
        pytest.skip("no node on this machine; .ci/run installs it")
    return found or "node"


@cache
def _running() -> subprocess.Popen[str]:
    command = [executable(), "--input-type=module", "-e", LOOP]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=WEB)


def call(module: str, name: str, *given: object) -> object:
    """What a function that a module of ``web`` exports answers, by one process for all tests."""
    running = _running()
    assert running.stdin
    assert running.stdout
    running.stdin.write(json.dumps({"module": f"{WEB.as_uri()}/{module}", "name": name, "given": given}) + "\n")
    running.stdin.flush()
    told = running.stdout.readline()
    assert told, f"{module}: {name} has thrown"
    return json.loads(told)


def node(script: str, given: object) -> object:
    """What a script of modules answers: it reads ``given`` and writes with ``tell``."""
    told = (
        """import { readFileSync } from "node:fs";
    const given = JSON.parse(readFileSync(0, "utf8"));
    const tell = (answer) => console.log(JSON.stringify(answer));
    """
        + script
    )
    command = [executable(), "--input-type=module", "-e", told]
    ran = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, cwd=WEB, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
