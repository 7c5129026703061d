"""What is installed, what is shipped and what is imported are the same things."""

import re
import sys
from pathlib import Path

from test_layers import FILES, MAY_IMPORT, imported, tree_of

ROOT = Path(__file__).parent.parent
# Where a package is imported under another name than it is installed.
IMPORTED_AS = {"scikit-learn": "sklearn", "sse-starlette": "sse_starlette"}
READ = {"sklearn"}  # not imported: its data are read as they lie there, see datasets/base.py


def lines_of(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in (raw.split("#")[0].strip() for raw in text.splitlines()) if line]


def names_in(requirements):
    return {re.match(r"[A-Za-z0-9_-]+", line).group() for line in lines_of(requirements) if not line.startswith("-r")}


def test_every_package_that_the_program_imports_is_required_and_no_other():
    packages = {name.split(".")[0] for file in FILES for name in imported(tree_of(file))} - sys.stdlib_module_names
    required = names_in("requirements.txt")
    assert {IMPORTED_AS.get(name, name) for name in required} == (packages | READ) - MAY_IMPORT.keys()


def test_jax_and_its_library_move_together():
    pins = dict(
        re.match(r"(jax|jaxlib)(?=[><=])(.*)", line).groups() for line in lines_of("requirements.txt") if "jax" in line
    )
    assert pins["jax"] == pins["jaxlib"]


def test_the_tests_start_from_what_the_program_needs():
    assert lines_of("requirements-dev.txt")[0] == "-r requirements.txt"


def test_the_image_holds_every_layer():
    shipped = {line[1:] for line in lines_of(".dockerignore") if line.startswith("!")}
    layers = {layer if (ROOT / layer).is_dir() else f"{layer}.py" for layer in MAY_IMPORT}
    assert shipped == layers | {"requirements.txt", ".streamlit/config.toml"}
