"""The house, read from its source: imports run one way, and each folder holds what its menu shows."""

import ast
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from activations import ACTIVATIONS
from curves.runs import RUNS
from curves.spectra import SPECTRA
from curves.trainings import TRAININGS
from datasets import DATASETS
from engine import kept
from engine.maps.measures import MEASURES
from engine.networks.planes import PLANES
from initialisations import INITIALISATIONS
from landscapes import LANDSCAPES
from lectures import DECKS
from lessons import LESSONS
from losses import LOSSES
from normalisations import NORMALISATIONS
from optimizers import OPTIMIZERS, SCHEDULES
from questions import KINDS
from records import Words, settings
from settings import SETTINGS
from views.kit import addresses

ROOT = Path(__file__).parent.parent
CJK = re.compile(r"[\u4e00-\u9fff]")

SHELVES_BELOW = {  # the engine
    "activations", "datasets", "initialisations", "landscapes", "losses", "normalisations", "optimizers",
}  # fmt: skip
MAY_IMPORT = {  # of our own; a layer may always import itself
    "records": set(),
    "activations": {"records"},
    "initialisations": {"records"},
    "losses": {"records"},
    "normalisations": {"records"},
    "datasets": {"records"},
    "landscapes": {"records"},
    "optimizers": {"records"},
    "engine": {*SHELVES_BELOW, "records"},
    "curves": {"engine", "records"},
    "settings": {"curves", "engine", "optimizers", "records"},
    "lessons": {"engine", "records", "settings"},
    "questions": {*SHELVES_BELOW, "engine", "lessons", "records", "settings"},
    "lectures": {"lessons", "records"},
    "rooms": set(),
    "views": {*SHELVES_BELOW, "curves", "lectures", "lessons", "questions", "settings", "engine", "records"},
    "pages": {"views", "lessons", "records"},
    "app": {"views", "lessons", "rooms"},
}
# Of the engine; each may import itself and those before.
FLOORS = ["", "curvature", "surfaces", "networks", "measures", "races", "maps"]
LATE = {"engine/notebook.py": {"plotly"}}  # imported inside a function, when a figure is asked for, and nowhere else
NEEDS = {  # of others; what a page is made of stays out of what computes
    "records": set(),
    "activations": {"jax"},
    "initialisations": {"numpy"},
    "losses": {"jax", "numpy"},
    "normalisations": {"jax"},
    "datasets": {"numpy"},
    "landscapes": {"jax", "numpy"},
    "optimizers": {"jax", "numpy", "optax"},
    "engine": {"jax", "jaxlib", "numpy", "contourpy", "threadpoolctl"},
    "curves": {"numpy"},
    "settings": set(),
    "lessons": set(),
    "questions": {"numpy"},
    "lectures": set(),
    "views": {"numpy", "starlette", "streamlit"},
    "rooms": {"segno", "sse_starlette", "starlette", "uvicorn"},
    "pages": {"streamlit"},
    "app": {"streamlit"},
}
SHELVES = {
    "activations": ("ACTIVATION", ACTIVATIONS),
    "initialisations": ("INITIALISATION", INITIALISATIONS),
    "losses": ("LOSS", LOSSES),
    "normalisations": ("NORMALISATION", NORMALISATIONS),
    "datasets": ("DATASET", DATASETS),
    "landscapes": ("LANDSCAPE", LANDSCAPES),
    "optimizers": ("OPTIMIZER", OPTIMIZERS),
    "optimizers/schedules": ("SCHEDULE", SCHEDULES),
    "settings": ("SETTINGS", SETTINGS),
    "engine/maps/measures": ("MEASURE", MEASURES),
    "engine/networks/planes": ("PLANE", PLANES),
    "curves/runs": ("CURVE", RUNS),
    "curves/trainings": ("CURVE", TRAININGS),
    "curves/spectra": ("CURVE", SPECTRA),
    "lessons": ("LESSON", LESSONS),
    "questions": ("KIND", KINDS),
    "lectures": ("DECK", DECKS),
}


def files_of(layer):
    single = ROOT / f"{layer}.py"
    return [single] if single.exists() else sorted((ROOT / layer).rglob("*.py"))


FILES = {path.relative_to(ROOT).as_posix(): layer for layer in MAY_IMPORT for path in files_of(layer)}


def tree_of(file):
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), file)


def imported(tree):
    """Full names of the modules that a file imports, wherever in the file it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import; write the full name"
            yield node.module


def test_every_folder_of_the_program_is_a_layer():
    holding_code = {path.relative_to(ROOT).parts[0] for path in ROOT.glob("[!.]*/**/*.py")}
    assert holding_code - {"tests", "benchmarks"} == {layer for layer in MAY_IMPORT if (ROOT / layer).is_dir()}
    assert {path.stem for path in ROOT.glob("*.py")} == {
        layer for layer in MAY_IMPORT if (ROOT / f"{layer}.py").exists()
    }


@pytest.mark.parametrize("file", FILES)
def test_imports_run_one_way(file):
    layer = FILES[file]
    packages = {name.split(".")[0] for name in imported(tree_of(file))} - sys.stdlib_module_names
    assert packages <= {layer} | MAY_IMPORT[layer] | NEEDS[layer] | LATE.get(file, set())


@pytest.mark.parametrize("file", LATE)
def test_what_draws_in_a_notebook_is_loaded_late(file):
    outside = [node for node in tree_of(file).body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not {name.split(".")[0] for name in imported(ast.Module(outside, []))} & LATE[file]
    loads = f"import sys, engine; sys.exit(bool({LATE[file]!r} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", loads], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("file", [file for file, layer in FILES.items() if layer == "engine"])
def test_the_engine_has_floors(file):
    if file == "engine/__init__.py":  # the door shows what all floors have
        return

    def floor(room):
        return FLOORS.index(room[0] if len(room) > 1 else "")

    below = floor(file.split("/")[1:])
    modules = [name.split(".") for name in imported(tree_of(file)) if name.startswith("engine.")]
    assert all(floor(name[1:]) <= below for name in modules)


@pytest.mark.parametrize("file", [file for file, layer in FILES.items() if layer == "views"])
def test_a_page_knows_its_own_room_and_what_all_share(file):
    """What pages share knows no page, and no page knows another one."""
    room = Path(file).with_suffix("").parts[1]
    rooms = {name.split(".")[1] for name in imported(tree_of(file)) if name.startswith("views.")}
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert not (rooms & pages) - {room}
    order = ["kit", "session", "controls", "export"]  # of the rooms that all share, each on those before
    if room in order:
        assert rooms <= set(order[: order.index(room) + 1])


@pytest.mark.parametrize("file", FILES)
def test_nothing_typed_or_linked_can_run(file):
    called = {
        node.func.id
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"eval", "exec", "compile", "__import__"}


def test_javascript_runs_no_text_either():
    scripts = sorted((ROOT / "views" / "web").glob("**/*.js"))
    assert scripts
    for script in scripts:
        assert not re.search(r"\beval\s*\(|\bnew\s+Function\b", script.read_text(encoding="utf-8")), script.name


def test_a_module_is_named_after_what_it_is_about():
    vague = {"utils", "util", "helpers", "common", "misc"}
    assert not [
        path for path in ROOT.glob("[!.]*/**/*.py") if vague & {path.stem, *path.parent.parts[len(ROOT.parts) :]}
    ]


@pytest.mark.parametrize("folder", SHELVES)
def test_a_shelf_shows_every_file_of_its_folder(folder):
    constant, table = SHELVES[folder]
    modules = {
        path.stem: tree_of(path.relative_to(ROOT)) for path in (ROOT / folder).glob("*.py") if path.stem != "__init__"
    }
    with_record = {name for name, tree in modules.items() if assigns(tree, constant)}
    borrowed = {name.split(".")[-1] for tree in modules.values() for name in imported(tree)}
    assert with_record == set(table)
    assert modules.keys() - with_record <= borrowed, "a file without a record is there for its neighbours"


def assigns(tree, constant):
    return any(
        isinstance(target, ast.Name) and target.id == constant
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    )


def function_of(record):
    """What a record is about: a factory, or a function; None where it only says what is done."""
    return getattr(record, "make", None) or getattr(record, "of", None)


@pytest.mark.parametrize("folder", [folder for folder in SHELVES if any(map(function_of, SHELVES[folder][1].values()))])
def test_a_function_is_called_what_its_file_is_called(folder):
    table = SHELVES[folder][1]
    assert {name: function_of(record).__name__ for name, record in table.items()} == {name: name for name in table}


def words_in(value, said=""):
    """All words of a record, with where they stand; a field that is annotated with them holds nothing else."""
    if isinstance(value, Words):
        yield said, value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            held = getattr(value, field.name)
            if field.type is Words:
                assert isinstance(held, Words), f"{said}.{field.name}: {held!r} is in one language"
            yield from words_in(held, f"{said}.{field.name}")
    elif isinstance(value, tuple | list):
        for each in value:
            yield from words_in(each, said)


@pytest.mark.parametrize("folder", sorted(set(SHELVES) - {"settings"}))
def test_every_record_speaks_both_languages(folder):
    for name, record in SHELVES[folder][1].items():
        for setting in settings(record.make).values() if hasattr(record, "make") else ():
            assert not setting.knob.label or setting.knob.label.zh, name
        said = dict(words_in(record, name))
        assert said, name
        for where, words in said.items():
            assert words.strip() == words, where
            assert bool(words) == bool(words.zh), where
            assert not CJK.search(words), where
            assert CJK.search(words.zh) or words.zh == words, where
        assert record.name, name


def test_what_a_program_or_a_picture_is_made_of_decides_its_name():
    """Programs on the disk, and addresses that a browser keeps: what is forgotten there stays as it was."""
    shelves = MAY_IMPORT["engine"] - {"records"}
    assert set(kept.OURS) == {"engine", *(shelf for shelf in shelves if "jax" in NEEDS[shelf])}
    assert set(addresses.FOLDERS) == {"engine", "views", *shelves}


def test_rooms_of_javascript_have_an_order_and_short_lines():
    """What all share, what one picture draws, the map of cells, the pages, the lecture; each knows those before it."""
    rooms = ["kit", "pictures", "maps", "pages", "lecture"]
    web = ROOT / "views" / "web"
    assert {path.name for path in web.iterdir()} == set(rooms)
    for script in sorted(web.glob("**/*.js")):
        source = script.read_text(encoding="utf-8")
        asked = {found or script.parent.name for found in re.findall(r'from "\.(?:\./(\w+)|)/\w+\.js"', source)}
        assert asked <= set(rooms[: rooms.index(script.parent.name) + 1]), script.name
        assert max(map(len, source.splitlines())) <= 120, script.name
