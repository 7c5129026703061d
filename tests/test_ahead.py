"""What is sent ahead of a page: files that exist, all that its components import, and never Plotly."""

import re

import pytest

from views.kit.addresses import ROOT, WEB
from views.kit.text import CATALOGUE
from views.server import ahead


def linked(page):
    return re.findall(r'"\./([^"]+)"', ahead.links(page))


@pytest.mark.parametrize("page", CATALOGUE["pages"])
def test_every_file_is_there_and_none_is_missing(page):
    files = linked(page)
    ours = [name.removeprefix(f"{ROOT}/web/") for name in files if name.startswith(ROOT)]
    assert all((WEB / name).exists() for name in ours)
    assert all((ahead.STATIC / name).exists() for name in files if not name.startswith(ROOT))
    scripts = [WEB / path for path in ours if path.endswith(".js")]
    needed = {module.relative_to(WEB).as_posix() for path in scripts for module in ahead._modules(path)}
    assert len(needed) >= 9  # those of the panel
    assert needed <= set(ours)
    assert {"kit/panel.js", "kit/tab.js", "kit/lab.css"} <= set(ours)
    assert any("BidiComponent" in name for name in files)  # the piece of Streamlit that shows a component of ours


@pytest.mark.parametrize("page", CATALOGUE["pages"])
def test_plotly_never_comes_ahead(page):
    assert not [name for name in linked(page) if "plotly" in name.lower()]


@pytest.mark.parametrize("page", [path.stem for path in (WEB / "pages").glob("*.js")])
def test_the_picture_of_a_page_has_its_name(page):
    whose = {"trainings": "maps"}.get(page, page)  # which has two
    assert f"{ROOT}/web/pages/{page}.js" in linked(whose)
