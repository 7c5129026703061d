"""The race on several surfaces: a performance profile, scores over all of them, and what each rule solves where."""

import streamlit as st

from engine.races.run import FACTORS, Suite, solved
from engine.races.value import FairRace
from landscapes import LANDSCAPES
from views.fair.pictures import (
    HIGH,
    SCORES,
    TABLE,
    VERDICT,
    home,
    lay_scores,
    names,
    scores,
    standing,
    take_home,
    verdict,
)
from views.kit.charts import Axis, Chart, draw, lane_line, line
from views.kit.glossary import marked
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import say, text

PROFILE = "fair_profile"


def sheet(race: FairRace, found: Suite) -> Sheet:
    """All of a finished race."""
    assert found.ranking
    leads = verdict(race, found.ranking)
    heads, lines = rows(race, found)
    said = {VERDICT: Said([leads]), TABLE: Said((), heads, lines)}
    charts = {PROFILE: profile(race, found), SCORES: scores(race, found.ranking)}
    return Sheet(charts, said, home=home(race, [leads, text("fair.caption_suite")], [heads, *lines]))


def lay(shown: Sheet) -> None:
    """Put it on the page."""
    tell(shown, VERDICT)
    st.markdown(f"**{shown.charts[PROFILE].title}**")
    draw(shown.charts[PROFILE], PROFILE)
    with st.container(key="fair_table"):
        tell(shown, TABLE)
    lay_scores(shown)
    st.caption(marked(text("fair.caption_suite")))
    take_home(shown)


def profile(race: FairRace, found: Suite) -> Chart:
    """What share each rule solves with no more than τ times the evaluations of whoever is the fastest from there."""
    title = text("fair.title_profile", runs=race.starts * len(race.surfaces), surfaces=len(race.surfaces))
    series = [
        line(FACTORS, 100 * shares, called, **lane_line(lane))
        for lane, (called, shares) in enumerate(zip(names(race), found.profile, strict=True))
    ]
    across = Axis(text("fair.factor"), log=True, low=1.0, high=float(FACTORS[-1]))
    return Chart(across, Axis(text("fair.solved_share"), low=0.0, high=100.0), series, HIGH, title=title)


def rows(race: FairRace, found: Suite) -> tuple[list[str], list[list[str]]]:
    """A head, and a row for each rule, the highest score first: what it solves on each surface."""
    assert found.ranking
    called = names(race)
    heads = [text("fair.column_rule"), *(say(LANDSCAPES[name].name) for name in race.surfaces)]
    heads += [text(f"fair.column_{name}") for name in ("ahead", "place")]
    lines = []
    for lane in found.ranking.order.tolist():
        shares = (f"{100 * share:.0f} %" for share in solved(found, lane))
        lines.append([called[lane], *shares, *standing(called, found.ranking, lane)])
    return heads, lines
