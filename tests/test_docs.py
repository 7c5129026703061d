"""What the texts say of the sources is so: links between pages, the version."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMED = re.compile(r"`((?:[a-z_.]+/)+[a-z_]*(?:\.[a-z]+)?)`")


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_files_that_a_text_names_are_there(text):
    words = text.read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#:]+)\)", words)
    assert not [target for target in linked if not (text.parent / target).exists()]
    assert not [name for name in NAMED.findall(words) if not (ROOT / name).exists()]


def test_the_version_is_the_one_of_the_changelog():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = re.search(r"^## (\S+?),? ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest and newest[1] == version
