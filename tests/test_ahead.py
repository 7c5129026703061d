"""What is sent ahead of a page: files that exist, all that its components import, Plotly only where it is used."""

import re

import pytest

from views.kit.addresses import ROOT, WEB
from views.kit.text import CATALOGUE
from views.server import ahead

PLOTLY = ("batches", "classification", "curvature", "gradients", "normalisation", "saddles")


def linked(page):
    return re.findall(r'"\./([^"]+)"', ahead.links(page))


@pytest.mark.parametrize("page", CATALOGUE["pages"])
def test_every_file_is_there_and_none_is_missing(page):
    files = linked(page)
    ours = [name.removeprefix(f"{ROOT}/web/") for name in files if name.startswith(ROOT)]
    assert all((WEB / name).exists() for name in ours)
    assert all((ahead.STATIC / name).exists() for name in files if not name.startswith(ROOT))
    needed = {f"{name}.js" for path in ours if path.endswith(".js") for name in ahead._modules(path[:-3])}
    assert needed <= set(ours)
    assert {"panel.js", "tab.js", "lab.css"} <= set(ours)
    assert any("BidiComponent" in name for name in files)  # the piece of Streamlit that shows a component of ours


@pytest.mark.parametrize("page", CATALOGUE["pages"])
def test_plotly_comes_ahead_where_it_is_used(page):
    assert any("PlotlyChart" in name for name in linked(page)) == (page in PLOTLY)


@pytest.mark.parametrize(("page", "name"), [("compare", "stage"), ("curvature", "spectra"), ("classification", "pair")])
def test_the_component_of_a_page(page, name):
    assert f"{ROOT}/web/{name}.js" in linked(page)
