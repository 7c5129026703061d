"""The race on several surfaces: a performance profile, scores over all of them, and what each rule solves where."""

import streamlit as st

from engine.races.run import FACTORS, Suite, solved
from engine.races.value import FairRace
from landscapes import LANDSCAPES
from views.fair.pictures import HIGH, names, show_scores, standing, taken_home, verdict
from views.kit.charts import Axis, Chart, draw, lane_line, line
from views.kit.glossary import marked
from views.kit.tables import table
from views.kit.text import say, text


def show(race: FairRace, found: Suite) -> None:
    """All of a finished race."""
    assert found.ranking
    st.markdown(verdict(race, found.ranking))
    title = text("fair.title_profile", runs=race.starts * len(race.surfaces), surfaces=len(race.surfaces))
    st.markdown(f"**{title}**")
    draw(profile(race, found, title), "fair_profile")
    heads, lines = rows(race, found)
    with st.container(key="fair_table"):
        st.markdown(table(heads, lines))
    show_scores(race, found.ranking)
    st.caption(marked(text("fair.caption_suite")))
    taken_home(race, [verdict(race, found.ranking), text("fair.caption_suite")], [heads, *lines])


def profile(race: FairRace, found: Suite, title: str) -> Chart:
    """What share each rule solves with no more than τ times the evaluations of whoever is the fastest from there."""
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
