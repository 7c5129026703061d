"""What every page shares: a link that holds all of it, a script that runs, and the numbers beside the clock."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import again, visit

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import Experiment, lane
from views.kit.pages import pages
from views.kit.text import CATALOGUE

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("page", pages())
def test_every_page_has_a_fold_to_share(page):
    shown = visit("net=seed~1&steps=5" if page == "networks" else "", to="" if page == "compare" else page)
    assert CATALOGUE["share"]["share"] in [fold.label for fold in shown.expander]


def shared(link, page, of):
    """The link that the fold of a page shows for a part of what is looked at."""

    def script(page, of):
        import streamlit as st

        from views.export.share import whole
        from views.session import visit

        visit.enter(page)
        st.session_state.told = whole(of)

    shown = AppTest.from_function(script, args=(page, of), default_timeout=60)
    for key, values in parse_qs(link).items():
        shown.query_params[key] = values
    return again(shown).session_state["told"]


def test_the_link_says_how_it_is_looked_at():
    race = Experiment.on("booth", lane("adam"), steps=20).to_link()
    told = shared(f"{race}&chart=pace&tab=moment&heights=log&lang=zh&lesson=burst", "compare", race)
    assert told.startswith(race)
    assert parse_qs(told) == parse_qs(race) | {
        "chart": ["pace"], "tab": ["moment"], "heights": ["log"], "lesson": ["burst"], "lang": ["zh"],
    }  # fmt: skip
    assert parse_qs(shared("", "compare", race)) == parse_qs(race) | {"lang": ["en"]}
    net = NetworkExperiment(seed=3).to_link()
    assert parse_qs(shared(f"{net}&main=loss", "curvature", net))["main"] == ["loss"]


def test_the_script_of_both_races_runs():
    from views.classification.pair import both

    races = both(Experiment.on("three_logits_squared_error", lane("adam", learning_rate=0.1), steps=5))
    script = "\n\n".join(race.to_python() for race in races)
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.splitlines()) == 2
