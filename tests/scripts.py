"""Modules of the browser, run by themselves: what needs neither a page nor a server."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).parents[1] / "views" / "web"


def node(script: str, given: object) -> object:
    """What a script of modules answers: it reads ``given`` and writes with ``tell``."""
    found = shutil.which("node")
    if found is None and not os.environ.get("CI"):
        pytest.skip("no node on this machine; .ci/run installs it")
    told = (
        """import { readFileSync } from "node:fs";
    const given = JSON.parse(readFileSync(0, "utf8"));
    const tell = (answer) => console.log(JSON.stringify(answer));
    """
        + script
    )
    command = [found or "node", "--input-type=module", "-e", told]
    ran = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, cwd=WEB, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
