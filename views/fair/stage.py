"""The page: what every rule gets, the race, its verdict, and what it shares."""

import csv
import io
from typing import Any

import streamlit as st

from engine import xla
from engine.races.networks import MOST_UPDATES, NetRace, racing_networks
from engine.races.run import Raced, Suite, racing, racing_suite, table
from engine.races.value import MOST_EVALUATIONS, FairRace
from engine.surfaces.cost import side_by_side
from landscapes import LANDSCAPES
from settings.fair import Fair
from views.controls.fields import send_panel
from views.controls.network import data_menu, network_groups
from views.controls.surface import fair_groups, surface_menu
from views.controls.widgets import linked_choice, linked_choices, linked_slider, linked_switch
from views.export.share import share
from views.fair import pictures, several
from views.kit.glossary import marked
from views.kit.labels import trouble
from views.kit.sheet import Said, Sheet, Told, box, lay
from views.kit.text import language, say, text
from views.session import said, visit
from views.session.linked import Asked, Linked, Parts, follow_sheet, piece, sheet_of
from views.session.work import shelf

DECIDES = tuple(name for name in Fair.fields() if name != "heights")  # of what the link says


def wish() -> Asked:
    """What this visit asks for."""
    own = visit.settings(Fair)
    return PAGE.asked(said.Said(visit.experiment(), visit.visit().said.study, visit.network()), own, language())


def race_of(asked: Asked) -> FairRace | NetRace:
    return pictures.race_of(asked.own, asked.experiment or asked.own.first_experiment(), asked.net)


def groups(asked: Asked) -> list[dict[str, Any]]:
    """Of the panel."""
    if asked.experiment is None:
        return network_groups(asked.net, ("seeds",))
    return fair_groups(asked.experiment, asked.own.fair_over == "surface")


def panel() -> None:
    now = wish()
    if now.experiment is None:
        data_menu(now.net)
    elif now.own.fair_over == "surface":
        surface_menu(now.experiment)
    send_panel(groups(now))


def show() -> None:
    """Draw the race, or say why there is none."""
    linked_choice(text("fair.over"), "fair_over", lambda name: text(f"fair.over_{name}"), label_visibility="collapsed")
    over = visit.settings(Fair).fair_over
    with st.container(horizontal=True, vertical_alignment="bottom", key="fair_settings"):
        if over == "suite":
            with st.popover(text("fair.suite")):
                linked_choices(text("fair.suite_help"), "fair_suite", lambda name: say(LANDSCAPES[name].name))
        if over == "networks":
            linked_slider(text("fair.seeds"), "fair_seeds", help=text("fair.seeds_help"), width=220)
        else:
            linked_slider(text("fair.starts"), "fair_starts", help=text("fair.starts_help"), width=220)
        untuned = not visit.setting("fair_tuned")
        linked_slider(text("fair.rates"), "fair_rates", help=text("fair.rates_help"), width=220, disabled=untuned)
        linked_switch(text("fair.tuned"), "fair_tuned", help=text("fair.tuned_help"))
    now = wish()
    race = race_of(now)
    if not trouble_of(race):
        lay(pictures.BUDGET, _budget(race))
    sheet = sheet_of(PAGE, now)
    for told in sheet.boxes if sheet else ():
        box(told)
    if sheet is None:
        st.caption(marked(text("fair.about")))
    elif several.PROFILE in sheet.charts:
        several.lay(sheet)
    elif sheet.charts:
        pictures.lay(race, sheet)
    follow_sheet(PAGE, now, sheet.places if sheet else ())


def trouble_of(race: FairRace | NetRace) -> str:
    """Why it cannot be run, in words."""
    if isinstance(race, NetRace) and (problem := trouble(race.net)):
        return problem
    return text(f"fair.trouble_{race.trouble}", most=MOST_EVALUATIONS, updates=MOST_UPDATES) if race.trouble else ""


# ---- the sheet -------------------------------------------------------------------------------------------------------


def _budget(race: FairRace | NetRace) -> Said:
    return Said(note=pictures.budget(race))


def _work(asked: Asked) -> Parts:
    """The race: while it runs the rates that have been tried, at last all of it."""
    race = race_of(asked)
    if problem := trouble_of(race):
        yield 1.0, Sheet({}, {}, boxes=[Told(problem, True)])
        return
    if isinstance(race, FairRace) and race.surfaces:
        suite = yield from piece("fair", race, lambda: racing_suite(race))
        whole = several.sheet(race, suite)
    else:
        raced = yield from piece(
            "fair", race, lambda: racing_networks(race) if isinstance(race, NetRace) else racing(race),
            lambda some: Sheet(pictures.rates(race, some), {}),
        )  # fmt: skip
        whole = pictures.sheet(race, raced)
    yield 1.0, whole._replace(said={pictures.BUDGET: _budget(race), **whole.said})


def _left(asked: Asked) -> list[FairRace | NetRace]:
    """What must be run, if anything must."""
    race = race_of(asked)
    return [] if trouble_of(race) or shelf("fair").kept(race) else [race]


def _about(own: Fair) -> tuple[str, ...]:
    return ("network",) if own.fair_over == "networks" else ("experiment",)


PAGE: Linked = Linked(
    "fair", Fair, DECIDES, _work,
    seconds=lambda asked: sum(race.seconds for race in _left(asked)),
    preparing=lambda asked: sum(side_by_side(xla.missing(race.compiles)) for race in _left(asked)),
    begins=lambda asked: PAGE.soon(asked),
    parts=_about,
)  # fmt: skip


# ---- what is folded away ---------------------------------------------------------------------------------------------


def folded() -> None:
    """How it is decided; and the link, a script and the numbers."""
    now, found = pictures.shown_now()
    with st.expander(text("fair.rules")):
        st.markdown(marked(text("fair.note")))
    if not trouble_of(now):
        share(
            "fair", now.labelled.to_link(), now.to_python, f"{text('share.python')}. {text('fair.python_note')}",
            lambda: csv_of(now, found), found is not None,
        )  # fmt: skip


def csv_of(now: FairRace | NetRace, found: Raced | Suite | None) -> str:
    """Two tables: the rules, and every run that was judged."""
    file = io.StringIO()
    if found is None:
        return ""
    writer = csv.writer(file)
    writer.writerows(table(now, found))
    writer.writerow([])
    writer.writerow(["surface", "rule", "run", "evaluations", "loss_above_lowest"])
    for name, raced in _parts(now, found):
        for lane, scored in zip(now.lanes, raced.scored, strict=True):
            first = [name, lane.optimizer.name]
            for run, curve in enumerate(scored.curves):
                writer.writerows([*first, run, at, height] for at, height in zip(raced.at, curve, strict=True))
    return file.getvalue()


def _parts(now: FairRace | NetRace, found: Raced | Suite) -> list[tuple[str, Raced]]:
    """Each race by what it was on."""
    if isinstance(now, NetRace):
        return [(now.net.data.name, found)] if isinstance(found, Raced) else []
    if isinstance(found, Suite):
        return list(zip(now.surfaces, found.raced, strict=True))
    return [(now.experiment.landscape.name, found)]
