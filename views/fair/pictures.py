"""What is drawn of a fair race: bands over many starts, the rates that were tried, the scores, and a table."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike

from datasets import DATASETS
from engine.arrays import Floats
from engine.networks.experiment import NetworkExperiment
from engine.networks.spread import quarters
from engine.races import networks
from engine.races.networks import NetRace
from engine.races.run import Raced, Tried, smoother
from engine.races.scores import Ranking
from engine.races.value import SCORING, TUNING, FairRace
from engine.surfaces.experiment import Experiment
from landscapes import LANDSCAPES
from settings.fair import Fair
from views.controls.widgets import pointed_at
from views.kit.charts import Axis, Chart, Series, band, draw, key_of, lane_line, line, marks, rule, whiskers
from views.kit.glossary import marked
from views.kit.labels import lane_label
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import language, number, say, text
from views.session import visit
from views.session.played import play
from views.session.work import shelf

Race = FairRace | NetRace

ENDLESS = 1e30  # where a band reaches whose runs are lost: beyond every axis
HIGH, LOW = 380, 300
BANDS, SCORES, RATES, TABLE, VERDICT, BUDGET = (
    f"fair_{name}" for name in ("bands", "scores", "rates_chart", "rows", "verdict", "budget")
)
MARGIN = 1.6  # times what an axis must reach, so that no mark is cut


def sheet(race: Race, found: Raced) -> Sheet:
    """All of a finished race."""
    assert found.ranking
    leads = verdict(race, found.ranking)
    smooth = smoothness(race, found) if isinstance(race, FairRace) else ""
    heads, lines = rows(race, found)
    charts = {BANDS: bands(race, found), SCORES: scores(race, found.ranking)}
    charts |= rates(race, found) if race.tuned else {}
    said = {VERDICT: Said([leads, *filter(None, [smooth])]), TABLE: Said((), heads, lines)}
    taken = [leads, *([smooth] if race.noisy else []), caption(race)]
    return Sheet(charts, said, home=home(race, taken, [heads, *lines]))


def lay(race: Race, shown: Sheet) -> None:
    """Put it on the page."""
    tell(shown, VERDICT)
    st.markdown(f"**{shown.charts[BANDS].title}**")
    draw(shown.charts[BANDS], BANDS, on_edit_change=partial(_open, key_of(BANDS, HIGH)))
    with st.container(key="fair_table"):
        tell(shown, TABLE)
    left, right = st.columns(2)
    with left:
        lay_scores(shown)
    if RATES in shown.charts:
        with right:
            st.markdown(f"**{shown.charts[RATES].title}**")
            draw(shown.charts[RATES], RATES, on_edit_change=partial(_open_tried, key_of(RATES, LOW)))
    st.caption(marked(caption(race)))
    take_home(shown)


def lay_scores(shown: Sheet) -> None:
    st.markdown(f"**{shown.charts[SCORES].title}**")
    draw(shown.charts[SCORES], SCORES)


def caption(race: Race) -> str:
    return text(f"fair.caption{_of(race)}" if race.tuned else f"fair.caption_untuned{_of(race)}")


def home(race: Race, said: Sequence[str], table: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """What the picture says that has everything in it."""
    told = [f"{place_of(race)} {budget(race)}", *(each.replace("**", "") for each in said)]
    return told, [[*row] for row in table]


def take_home(shown: Sheet) -> None:
    """Its button."""
    told, table = shown.home
    with st.container(key="fair_home"):
        play("fair", told=told, rows=table)


def place_of(race: Race) -> str:
    """What is raced on, as the saved picture begins."""
    if isinstance(race, NetRace):
        return text("fair.on", what=say(DATASETS[race.net.data.name].name))
    if race.surfaces:
        return text("fair.on", what=listed(say(LANDSCAPES[name].name) for name in race.surfaces))
    own = race.experiment
    noise = text("fair.with_noise", noise=number(own.noise)) if own.noise else ""
    return text("fair.on", what=say(LANDSCAPES[own.landscape.name].name) + noise)


def budget(race: Race) -> str:
    """What each rule may spend on choosing its rate, and on being judged."""
    several = isinstance(race, FairRace) and len(race.surfaces)
    judging = race.starts * race.budget
    spent: dict[str, Any] = {"tuning": f"{race.rates * judging:,}", "judging": f"{judging:,}"}
    spent |= {"rates": race.rates, "starts": race.starts, "steps": race.budget}
    said = text(f"fair.budget_all{_of(race)}" if race.tuned else f"fair.budget_none{_of(race)}", **spent)
    return f"{said} {text('fair.budget_each', surfaces=several)}" if several else said


def _of(race: Race) -> str:
    """What ends the names of sentences on networks."""
    return "" if isinstance(race, FairRace) else "_nets"


def names(race: Race) -> list[str]:
    return [lane_label(race.labelled, lane) for lane in range(len(race.lanes))]


def verdict(race: Race, ranking: Ranking) -> str:
    """Who is ahead, in a sentence, by what is decided alone."""
    called = names(race)
    lead, *others = ranking.order.tolist()
    beaten = [called[other] for other in others if ranking.decided[lead, other]]
    open_with = [called[other] for other in others if not ranking.decided[lead, other]]
    if not open_with:
        return text("fair.verdict_ahead", rule=called[lead])
    if not ranking.decided.any():
        return text("fair.verdict_nothing")
    if not beaten:
        return text("fair.verdict_open", rule=called[lead], others=listed(open_with))
    return text("fair.verdict_some", rule=called[lead], beaten=listed(beaten), others=listed(open_with))


def listed(names: Iterable[str]) -> str:
    """Names in a row, as the page's language has it."""
    return ("、" if language() == "zh" else ", ").join(names)


def bands(race: Race, found: Raced) -> Chart:
    """Over the evaluations the middle of the runs and their quarters; a lost run is above all."""
    title = text("fair.title_bands" if race.tuned else "fair.title_bands_untuned", starts=race.starts)
    least, called = race.floor, names(race)
    series: list[Series] = [rule(race.tolerance, colour="ink")] if race.tolerance else []
    for lane, scored in enumerate(found.scored):
        low, middle, high = np.maximum(quarters(scored.curves), least)
        look, there = lane_line(lane), np.isfinite(low)
        shaded = (found.at[there], low[there], np.where(np.isfinite(high), high, ENDLESS)[there])
        series.append(band(*shaded, colour=look["colour"], alpha=0.11, mute=True))
        middle = np.where(np.isfinite(middle), middle, np.nan)
        series.append(line(found.at[:-1], middle[:-1], called[lane], **look))
        series.append(line(found.at[-2:], middle[-2:], **look, mute=True))  # so that a pointer there finds the mark
        if np.isfinite(middle[-1]):
            run = int(np.argsort(scored.above, kind="stable")[len(scored.above) // 2])
            hover = [text(f"fair.hover_end{_of(race)}", rule=called[lane], loss=number(float(middle[-1])))]
            look = {"colour": look["colour"], "size": 4.5, "open": "paper"}
            series.append(marks(found.at[-1:], middle[-1:], hover=hover, ids=[f"{lane}~{run}"], **look))
    edges = [quarters(scored.curves) for scored in found.scored]
    ends = [high[-1] for _, _, high in edges]  # on the way to being lost a band is as high as numbers go
    up = room(text(f"fair.above{_of(race)}"), [race.tolerance or np.nan, *(each[:2] for each in edges), *ends], least)
    return Chart(Axis(text("fair.evaluations")), up, series, HIGH, title=title)


def room(title: str, reached: Sequence[ArrayLike], least: float) -> Axis:
    """A logarithmic axis with room for all of this that is finite."""
    values = np.concatenate([np.ravel(np.asarray(part, float)) for part in reached])
    there = np.maximum(values[np.isfinite(values)], least)
    there = there[there > 0]
    if not there.size:
        return Axis(title, log=True)
    return Axis(title, log=True, low=float(there.min()) / MARGIN, high=float(there.max()) * MARGIN)


def rates(race: Race, found: Raced) -> dict[str, Chart]:
    """Every rate that was tried, and the one that is chosen: all that there is while the race runs."""
    series: list[Series] = []
    for lane, (called, tried) in enumerate(zip(names(race), found.tried, strict=True)):
        series += _tried(race, called, lane, tried)
    up = room(text(f"fair.above_end{_of(race)}"), [tried.above[:, :2] for tried in found.tried], race.floor)
    axes = Axis(text("fair.rate"), log=True), up
    return {RATES: Chart(*axes, series, LOW, title=text(f"fair.title_rates{_of(race)}"))}


def _tried(race: Race, called: str, lane: int, tried: Tried) -> list[Series]:
    look = lane_line(lane)
    low, middle, high = np.maximum(tried.above.T, race.floor)
    there = np.flatnonzero(np.isfinite(middle))
    hover = [
        text(f"fair.hover_rate{_of(race)}", rule=called, rate=number(tried.rates[p]), loss=number(middle[p]))
        for p in there
    ]
    upper = np.where(np.isfinite(high), high, ENDLESS)
    series = [
        band(tried.rates[there], low[there], upper[there], colour=look["colour"], alpha=0.08, mute=True),
        line(tried.rates[there], middle[there], called, **look, mute=True),
        marks(
            tried.rates[there], middle[there], hover=hover, ids=[f"{lane}~{place}" for place in there],
            colour=look["colour"], size=3, open="paper",
        ),
    ]  # fmt: skip
    if tried.place >= 0 and np.isfinite(middle[tried.place]):
        at = tried.rates[tried.place], middle[tried.place]
        series.append(marks(at[:1], at[1:], colour=look["colour"], symbol="star", size=9, mute=True))
    return series


def scores(race: Race, ranking: Ranking) -> Chart:
    """The share of the others' runs that a rule is ahead of, with its interval."""
    title = text("fair.title_scores")
    order, called = ranking.order.tolist(), names(race)
    series: list[Series] = [rule(50.0, colour="ink")]
    for place, lane in enumerate(order):
        look = {"colour": lane_line(lane)["colour"]}
        low, high = 100 * ranking.interval[lane]
        score = 100 * float(ranking.score[lane])
        hover = [text("fair.hover_score", rule=called[lane], score=number(score), low=number(low), high=number(high))]
        series.append(whiskers([place], [low], [high], **look, width=2.5, mute=True))
        series.append(marks([place], [score], hover=hover, **look, size=5))
    ticks: dict[float, str] = {place: called[lane] for place, lane in enumerate(order)}
    across = Axis("", low=-0.6, high=len(order) - 0.4, ticks=ticks)
    return Chart(across, Axis(text("fair.score"), low=-4.0, high=104.0), series, LOW, legend=False, title=title)


def rows(race: Race, found: Raced) -> tuple[list[str], list[list[str]]]:
    """A head, and a row for each rule, the highest score first."""
    assert found.ranking
    called, noisy = names(race), race.noisy
    judged = isinstance(race, FairRace)  # of a network no lowest loss is known
    heads = ["rule", "rate", *(["working"] if race.tuned else []), "end" if judged else "end_nets"]
    heads += [*(["solved"] if judged else []), "lost", "ahead", "place"]
    lines = []
    for lane in found.ranking.order.tolist():
        tried, scored = found.tried[lane], found.scored[lane]
        low, middle, high = quarters(scored.above)
        cells = [
            called[lane],
            number(scored.rate) + edge(tried),
            *([works(tried)] if race.tuned else []),
            f"{number(float(middle))} ({_size(low)} … {_size(high)})" if np.isfinite(middle) else "∞",
            *([share(scored.solved)] if judged else []),
            share(scored.lost),
            *standing(called, found.ranking, lane),
        ]
        turns = scored.turning[np.isfinite(scored.turning)]
        lines.append([*cells, *([f"{turns.mean():.1f}°" if len(turns) else "–"] if noisy else [])])
    heads += ["turning"] if noisy else []
    return [text(f"fair.column_{head}") for head in heads], lines


def standing(called: list[str], ranking: Ranking, lane: int) -> list[str]:
    """Whom a rule is ahead of, as far as that is decided, and the places that it may have."""
    first, last = ranking.place(lane)
    ahead = [called[other] for other in ranking.order if ranking.decided[lane, other]]
    nobody = text("fair.nobody" if first == last else "fair.undecided")
    return [listed(ahead) or nobody, str(first) if first == last else f"{first}–{last}"]


def edge(tried: Tried) -> str:
    """A mark at a rate beyond which none was tried."""
    return " ◂▸" if len(tried.rates) > 1 and tried.place in (0, len(tried.rates) - 1) else ""


def works(tried: Tried) -> str:
    """The rates that work, and how many decades they are."""
    if tried.place < 0:
        return text("fair.none")
    low, high = (float(tried.rates[place]) for place in tried.working)
    if low == high:
        return text("fair.only", rate=number(low))
    below, beyond = ("≤ " * (tried.working[0] == 0)), ("≥ " * (tried.working[1] == len(tried.rates) - 1))
    return f"{below}{number(low)} … {beyond}{number(high)} ({text('fair.decades', many=f'{np.log10(high / low):.1f}')})"


def _size(value: float) -> str:
    return number(float(value)) if np.isfinite(value) else "∞"


def share(of: Floats) -> str:
    return f"{100 * of.mean():.0f} %"


def smoothness(race: Race, found: Raced) -> str:
    """Whether Adam's paths are smoother than those of gradient descent under the same noise."""
    if not race.noisy:
        return text("fair.smooth_ask")
    rules = [lane.optimizer.name for lane in race.lanes]
    middle, low, high = smoother(found, rules.index("adam"), rules.index("gradient_descent"))
    if np.isnan(middle):
        return text("fair.smooth_unknown")
    answer = "smooth_yes" if high < 0 else "smooth_no" if low > 0 else "smooth_open"
    least, most = sorted((abs(low), abs(high))) if answer != "smooth_open" else (max(-low, 0), max(high, 0))
    return text(f"fair.{answer}", less=f"{abs(middle):.1f}", low=f"{least:.1f}", high=f"{most:.1f}")


def race_of(own: Fair, experiment: Experiment, net: NetworkExperiment) -> Race:
    """What is asked for."""
    if own.fair_over == "networks":
        return NetRace(networks.with_always(net), own.fair_rates, own.fair_seeds, own.fair_tuned)
    return own.race(experiment)


def shown_now() -> tuple[Race, Any]:
    """The race of this visit, and what came out if somebody has run it."""
    race = race_of(visit.settings(Fair), visit.experiment(), visit.network())
    return race, shelf("fair").kept(race)


def _open(key: str) -> None:
    """The middle run of a rule, on Compare."""
    (race, found), (lane, place) = shown_now(), _pointed(key)
    if isinstance(found, Raced) and 0 <= lane < len(race.lanes) and 0 <= place < race.starts:
        _go(race, lane, found.scored[lane].rate, SCORING, place)


def _open_tried(key: str) -> None:
    """The middle run at a rate that was tried."""
    (race, found), (lane, place) = shown_now(), _pointed(key)
    if isinstance(found, Raced) and 0 <= lane < len(race.lanes) and 0 <= place < len(found.tried[lane].rates):
        tried = found.tried[lane]
        _go(race, lane, float(tried.rates[place]), TUNING, int(tried.middle_run[place]))


def _pointed(key: str) -> tuple[int, int]:
    lane, _, place = (pointed_at(key) or "").partition("~")
    return (int(lane), int(place)) if lane.isdigit() and place.isdigit() else (-1, -1)


def _go(race: Race, lane: int, rate: float, which: int, place: int) -> None:
    said = visit.visit().said._replace(**race.opened(lane, rate, which, place))
    visit.show(said, visit.beside(), "compare" if isinstance(race, FairRace) else "networks", visit.RACE)
