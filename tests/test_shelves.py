"""What has a name is one file: in a copy of the house one is added to each shelf, and nothing else is touched.

Then the copy's own tests are asked for what is new: the formula that is shown is what runs, both languages are there,
the network is trained as NumPy has it, the link finds it, and the page offers and draws it.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CACHE

from engine import xla

ROOT = Path(__file__).parent.parent
PARTS = [path.name for path in ROOT.iterdir() if path.is_dir() and list(path.glob("**/*.py")) and path.name[0] != "."]

NEW = {
    "activations/bent_identity.py": r"""
import jax.numpy as jnp
from activations.base import Activation
from records import Words

def bent_identity(z):
    return (jnp.sqrt(z**2 + 1) - 1) / 2 + z

ACTIVATION = Activation(
    name=Words("bent identity", "弯曲恒等"), of=bent_identity, formula=r"\tfrac12 (\sqrt{z^2+1} - 1) + z",
    about=Words("A line that bends.", "弯曲的直线。"), source="none",
)
""",
    "initialisations/lecun.py": r"""
from initialisations.base import Initialisation
from records import Words

def lecun(chance, shape):
    return shape[0] ** -0.5 * chance.standard_normal(shape)

INITIALISATION = Initialisation(
    name=Words("LeCun", "LeCun"), of=lecun, formula=r"w \sim \mathcal{N}(0, 1/m)",
    about=Words("Variance 1/m.", "方差 1/m。"), source="none",
)
""",
    "normalisations/mean_square.py": r"""
import jax.numpy as jnp
from normalisations.base import Normalisation
from records import Words

def moments(z, axis, weights=None):
    square = jnp.mean(z**2, axis=axis)
    return jnp.zeros_like(square), square

NORMALISATION = Normalisation(
    name=Words("mean square", "均方归一化"), short=Words("square", "均方"),
    axis=0, parts=("bias", "gain"), moments=moments,
    formula=r"\frac{z}{\sqrt{v + 10^{-5}}},\quad v = \tfrac1m \sum_k z_k^2",
    about=Words("Without the mean.", "不减去均值。"), source="none",
)
""",
    "losses/half_squared.py": r"""
import jax.numpy as jnp
from losses.base import PointLoss
from losses.mse import spread
from records import Words

def half_squared(prediction, target):
    return jnp.sum((prediction - target) ** 2, axis=0) / 2

LOSS = PointLoss(
    name=Words("half squared", "半平方误差"), of=half_squared, formula=r"\tfrac12 \sum_i (\hat y_i - y_i)^2",
    about=Words("Half of it.", "一半。"), source="none", constant_class=lambda shares, many: spread(shares, many) / 2,
    constant_number=lambda wanted: float(wanted.var()) / 2,
)
""",
    "engine/networks/planes/coordinates.py": r"""
import numpy as np
from engine.networks.planes.base import AROUND, Laid, Plane
from engine.networks.slices import Slice
from records import Words

def coordinates(found):
    return Laid(Slice(found.centre, np.eye(2, found.centre.size)), AROUND)

PLANE = Plane(
    name=Words("first two weights", "前两个权重"), along=Words("weight 1", "权重 1"),
    across=Words("weight 2", "权重 2"), lay=coordinates, source="none",
)
""",
}
NEW["curves/runs/stride.py"] = r"""
import numpy as np
from curves.base import Curve, Line
from records import Words

def stride(run):
    return np.linalg.norm(run.trajectory.step, axis=1)

CURVE = Curve(
    name=Words("length of a step", "步长"), hint=Words("How far it goes.", "走多远。"), of=stride, chart="norm",
    heading="stride", log=True,
    limit=Line(key="reach", name=Words("reach", "可达"), of=lambda run: 0 * stride(run) + 1, heading="reach"),
)
"""
NEW["curves/trainings/worst.py"] = r"""
from curves.base import Curve
from records import Words

def worst(learner):
    return learner.training.train_loss[learner.lane].max(axis=0)

CURVE = Curve(
    name=Words("worst seed", "最差种子"), hint=Words("Of all seeds.", "所有种子中。"), short=Words("worst", "最差"),
    of=worst, chart="second", heading="worst", cell=Words("worst", "最差的"), cell_hint=Words("of all", "全部"),
    log=True,
)
"""
NEW["curves/spectra/slope.py"] = r"""
from curves.base import Curve
from records import Words

def slope(learner):
    return learner.training.gradient_norm[learner.lane, 0]

CURVE = Curve(name=Words("slope", "坡度"), of=slope, chart="loss", log=True)
"""
NEW["pages/overview.py"] = r"""
import streamlit as st
from records import Words
from views import frame
from views.kit.pages import Page

PAGE = Page(title=Words("Overview", "概览"), tagline=Words("All of it.", "全部内容。"))

picture, controls, folded = frame.bench("overview")
with picture:
    st.markdown("42")
"""
LIKE = {  # the older shelves: another name for what a neighbour does
    "landscapes": "booth", "optimizers": "momentum", "optimizers/schedules": "inverse_sqrt", "datasets": "sine",
}  # fmt: skip
SHOWN = """
import numpy as np
from test_pages import columns, fields, sent, visit
from activations import ACTIVATIONS
from curves.runs import RUNS
from curves.spectra import SPECTRA
from curves.trainings import TRAININGS
from engine import Experiment, NetworkExperiment, descend, finish, lane, train
from engine.networks.planes import PLANES
from initialisations import INITIALISATIONS
from losses import LOSSES
from normalisations import NORMALISATIONS
from engine.surfaces.experiment import run
from views.export import network, surface
from views.export.network import _parts
from views.kit.text import CATALOGUE

NET = NetworkExperiment.on(
    "again_sine", depth=2, width=3, steps=20, activation="bent_identity", scheme="lecun", norm="mean_square",
    loss="half_squared", plane="coordinates",
)

def test_again_on_the_page():
    assert NetworkExperiment.from_link(NET.to_link()) == (NET, ())
    for lang in ("en", "zh"):
        page = visit(NET.to_link(), lang, "networks")
        assert not page.warning
        shelves = {"activation": ACTIVATIONS, "norm": NORMALISATIONS, "scheme": INITIALISATIONS, "loss": LOSSES}
        shown = fields(page)
        for setting, table in shelves.items():
            name = getattr(NET, setting)
            assert list(table)[-1] == name and shown[f"net.{setting}"]["value"] == name
            assert [name, table[name].name.within(lang)] in [list(each) for each in shown[f"net.{setting}"]["options"]]
            assert table[name] in [record for _, record in _parts(NET)]
        header, _ = sent(page, "networks")
        plane = PLANES["coordinates"]
        assert header["scene"]["names"] == [plane.along.within(lang), plane.across.within(lang)]
        assert header["planes"][-1][1] == plane.name.within(lang)

def test_again_over_the_clock():
    for lang in ("en", "zh"):
        race = visit("surface=booth&steps=30&chart=stride", lang)
        assert not race.warning
        header, floats = sent(race, "compare")
        (stride,) = [curve for curve in header["curves"] if curve["name"] == "stride"]
        assert (stride["chart"], stride["limit"], header["looks"]["chart"]) == ("norm", "reach", "stride")
        assert header["words"]["curve_stride"] == RUNS["stride"].name.within(lang)
        assert header["words"]["curve_stride_hint"] == RUNS["stride"].hint.within(lang)
        found = columns(header["lanes"][0], floats)
        moved = np.linalg.norm(np.diff(found["theta"], axis=1), axis=0)
        np.testing.assert_allclose(found["stride"][0][:-1], moved, rtol=1e-3, atol=1e-6)
        assert set(found["reach"][0]) == {1}
        header, floats = sent(visit(NET.to_link(), lang, "networks"), "networks")
        assert [curve["name"] for curve in header["curves"] if curve["chart"] == "second"][-1] == "worst"
        assert header["cells"][-1]["name"] == "worst"
        names = {"curve_worst": "name", "short_worst": "short", "col_worst": "cell", "col_worst_hint": "cell_hint"}
        for key, name in names.items():
            assert header["words"][key] == getattr(TRAININGS["worst"], name).within(lang)
        table = columns(header["lanes"][0]["curves"], floats)
        np.testing.assert_array_equal(table["worst"], table["train"])  # of a single seed
        header, floats = sent(visit(NET.to_link(), lang, "curvature"), "curvature")
        assert header["words"]["curve_slope"] == SPECTRA["slope"].name.within(lang)
        assert columns(header["lanes"][0]["curve"], floats)["slope"].shape == (1, 21)

def test_again_in_the_files():
    experiment = Experiment.on("booth", lane("again_momentum"), steps=30)
    head, first, *_ = surface.csv_of(experiment, dict(run(experiment))).splitlines()
    assert head.split(",")[-2:] == ["stride", "reach"] and float(first.split(",")[-1]) == 1
    training = finish(train(NET.plan, *NET.examples.train[:2], *NET.examples.test[:2]))
    head, first, *_ = network.csv_of(NET, (training,)).splitlines()
    assert head.split(",")[-1] == "worst" and float(first.split(",")[-1]) == training.train_loss[0, 0, 0]

def test_again_a_page():
    for lang, title, tagline in (("en", "Overview", "All of it."), ("zh", "概览", "全部内容。")):
        links = [link.proto for link in visit(lang=lang).get("page_link")]
        assert (links[-1].label, links[-1].page) == (title, "overview")
        assert CATALOGUE["tagline"]["overview"].within(lang) == tagline
        assert "42" in [shown.value for shown in visit(lang=lang, to="overview").markdown]

def test_again_on_a_surface():
    found = descend("again_booth", "again_momentum", steps=5, schedule="again_inverse_sqrt", learning_rate=0.01)
    assert found.loss[-1] < found.loss[0]
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    house = tmp_path_factory.mktemp("house")
    for part in PARTS:
        shutil.copytree(ROOT / part, house / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in [*ROOT.glob("*.py"), *ROOT.glob("*.toml"), *ROOT.glob(".streamlit")]:
        (shutil.copytree if file.is_dir() else shutil.copy)(file, house / file.name)
    for file, source in NEW.items():
        (house / file).write_text(source, encoding="utf-8")
    for folder, name in LIKE.items():
        source = (ROOT / folder / f"{name}.py").read_text(encoding="utf-8")
        renamed = source.replace(f"def {name}(", f"def again_{name}(").replace(f"make={name},", f"make=again_{name},")
        (house / folder / f"again_{name}.py").write_text(renamed, encoding="utf-8")
    (house / "tests" / "test_again.py").write_text(SHOWN, encoding="utf-8")
    return house


def test_one_more_of_each_is_one_file(copy):
    """Its programs stand elsewhere: other sources would clear the shelf that all tests share."""
    files = [f"tests/test_{name}.py" for name in ("again", "layers", "formulas", "network", "network_plane")]
    made = [*(Path(file).stem for file in NEW), "again", "a_shelf", "a_function", "languages"]
    asked = [sys.executable, "-m", "pytest", "-q", "--tb=short", *files, "-k", " or ".join(made)]
    kept = os.environ | {"DESCENT_LAB_TEST_CACHE": str(CACHE), "DESCENT_LAB_TEST_PROGRAMS": str(copy / ".programs")}
    told = subprocess.run(asked, cwd=copy, env=kept, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-1000:]
    assert int(re.search(r"(\d+) passed", told.stdout)[1]) > 40
    assert xla._folder.exists()
