"""Everything a person sets: Streamlit's menus for what has names, the panel for what has numbers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from engine.link import Notice
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import MOST_LANES, NOISE, SEED, STEPS, TOLERANCE, Experiment, Lane, differences
from engine.surfaces.study import TAU, Study, looked_at, push, usual_push
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from records import Knob, settings
from views import state
from views.component import component
from views.edits import edited
from views.text import LANGUAGES, language, names, say, section, text
from views.wire import packed

panel = component("panel")


def language_switch() -> None:
    """English or Chinese; the choice stands in the link."""

    def change() -> None:
        if st.session_state.lang:
            st.query_params["lang"] = st.session_state.lang

    st.session_state.lang = language()
    st.segmented_control(
        text("page.language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key="lang",
        on_change=change, label_visibility="collapsed",
    )  # fmt: skip


def surface_menu(experiment: Experiment) -> None:
    """Choose the surface: its own start, and learning rates that suit it."""
    st.session_state.surface = experiment.landscape.name
    st.selectbox(
        text("page.surface"), list(LANDSCAPES), format_func=names(LANDSCAPES).__getitem__, key="surface",
        on_change=lambda: state.keep(edited(state.experiment(), "landscape", st.session_state.surface), state.RACE),
    )  # fmt: skip


def settings_panel(experiment: Experiment) -> None:
    """The sliders of the compare page: surface, optimizers, run."""
    send_panel([
        *_surface_group(experiment),
        *lane_groups(experiment),
        add_group(experiment),
        _run_group(experiment),
    ])  # fmt: skip


def study_panel(experiment: Experiment, study: Study) -> None:
    """The sliders of the critical points: surface, point and τ, push, and the optimizers that descend from there."""
    send_panel([
        *_surface_group(experiment),
        _point_group(experiment, study),
        *lane_groups(experiment),
        add_group(experiment),
    ])  # fmt: skip


def send_panel(groups: list[dict[str, Any]], heard: Callable[[str], None] = state.heard) -> None:
    """Groups of fields to the component that draws them; ``heard`` takes what it sends back."""
    header = {
        "sequence": st.session_state.sequence,
        "language": language(),
        "words": section("panel"),
        "groups": groups,
    }
    panel(key="panel", data=packed(header), on_edit_change=lambda: heard("panel"))


def _surface_group(experiment: Experiment) -> list[dict[str, Any]]:
    fields = fields_of("knobs", experiment.surface.make, experiment.landscape.numbers)
    return [{"kind": "surface", "id": "surface", "fields": fields}] if fields else []


def _point_group(experiment: Experiment, study: Study) -> dict[str, Any]:
    here = looked_at(experiment.landscape, study)
    surface, knobs = experiment.surface, experiment.landscape.numbers
    reach, pushed = push(surface), study.reach or usual_push(surface, here, **knobs)
    place = [
        field(
            f"point.{axis}",
            Knob(*surface.window[axis]),
            float(f"{value:.10g}"),
            name,
            text("panel.point", name=name),
            "number",
        )
        for axis, (value, name) in enumerate(zip(here.point.tolist(), axis_names(experiment), strict=True))
    ]
    digits = 3 if study.tolerance is None else 12
    tau = min(max(here.tolerance, TAU.low), TAU.high) if here.tolerance > 0 else TAU.low
    return {
        "kind": "run",
        "id": "point",
        "fields": [
            *place,
            field("tau", TAU, float(f"{tau:.{digits}g}"), TAU.symbol, text("panel.tau_hint")),
            field("tau_auto", Knob(0, 1, "switch"), float(study.tolerance is None), "", text("panel.tau_auto")),
            field("reach", reach, pushed, text("panel.push"), text("panel.push_hint")),
            field("steps", STEPS, experiment.steps, text("panel.steps"), text("panel.steps_hint")),
        ],
    }


def lane_groups(experiment: Experiment | NetworkExperiment, under: str = "lanes") -> list[dict[str, Any]]:
    """A card for each lane; ``under``: where its fields' paths begin."""
    several, room = len(experiment.lanes) > 1, len(experiment.lanes) < MOST_LANES
    return [
        {
            "kind": "lane",
            "number": number,
            "path": f"{under}.{number}",
            "title": lane_label(experiment, number),
            "about": say(racer.rule.about),
            "shown": racer.shown,
            "removable": several,
            "copiable": room,
            "more_label": text("panel.more"),
            **_lane_fields(f"{under}.{number}", racer),
        }
        for number, racer in enumerate(experiment.lanes)
    ]


def _lane_fields(path: str, racer: Lane) -> dict[str, Any]:
    first, *others = fields_of(f"{path}.rule", racer.rule.make, racer.optimizer.numbers)
    plan = {
        "path": f"{path}.schedule",
        "kind": "choice",
        "symbol": "ηₜ",
        "label": text("panel.schedule"),
        "options": list(names(SCHEDULES).items()),
        "value": racer.schedule.name,
    }
    knobs = fields_of(f"{path}.plan", racer.timetable.make, racer.schedule.numbers)
    return {"fields": [first], "more": [*map(spelled, others), plan, *map(spelled, knobs)]}


def fields_of(prefix: str, make: Any, values: Mapping[str, float]) -> list[dict[str, Any]]:
    return [
        field(f"{prefix}.{name}", setting.knob, values[name], setting.knob.symbol or say(setting.knob.label) or name)
        for name, setting in settings(make).items()
    ]


def spelled(part: dict[str, Any]) -> dict[str, Any]:
    """A field with its label in words beside its symbol: a letter alone may mean several things."""
    return {**part, "symbol": f"{part['label']} {part['symbol']}".strip()} if part["label"] else part


def field(path: str, knob: Knob, value: float, symbol: str, label: str = "", kind: str = "") -> dict[str, Any]:
    shown = int(value) if knob.kind in ("whole", "switch") else value
    field = {
        "path": path, "kind": kind or knob.kind, "low": knob.low, "high": knob.high,
        "value": shown, "symbol": symbol, "label": label or say(knob.label),
    }  # fmt: skip
    notice = state.problem(path)
    return {**field, "problem": sentence(notice._replace(field=symbol or label))} if notice else field


def add_group(experiment: Experiment | NetworkExperiment, under: str = "") -> dict[str, Any]:
    menu = {"kind": "choice", "once": True, "value": "", "symbol": "", "label": ""}
    add = {**menu, "path": f"{under}lanes.add", "options": [("", text("panel.add")), *names(OPTIMIZERS).items()]}
    every = {
        **menu,
        "path": f"{under}schedule_all",
        "options": [("", text("panel.schedule_all")), *names(SCHEDULES).items()],
    }
    return {"kind": "plain", "id": "add", "fields": [add, every] if len(experiment.lanes) < MOST_LANES else [every]}


def _run_group(experiment: Experiment) -> dict[str, Any]:
    start = [
        field(
            f"start.{axis}",
            Knob(*experiment.surface.window[axis]),
            value,
            f"{text('panel.start')} {name}",
            "",
            "number",
        )
        for axis, (value, name) in enumerate(zip(experiment.start, axis_names(experiment), strict=True))
    ]
    return {
        "kind": "run",
        "id": "run",
        "more_label": text("panel.more"),
        "fields": [field("steps", STEPS, experiment.steps, text("panel.steps"), text("panel.steps_hint")), *start],
        "more": [
            field("noise", NOISE, experiment.noise, text("panel.noise"), text("panel.noise_hint")),
            field("seed", SEED, experiment.seed, text("panel.seed"), text("panel.seed_hint"), "number"),
            field("tolerance", TOLERANCE, experiment.tolerance, text("panel.tolerance"), text("panel.tolerance_hint")),
        ],
    }


def notices() -> None:
    """What was not taken from the link, in one plain notice."""
    told = [sentence(notice) for notice in state.refusals()]
    if told:
        with st.container(border=True, key="notices", gap=None):
            st.markdown(f":material/info: {text('page.ignored')}")
            st.text("\n".join(told))  # plain text: it quotes what somebody wrote


def axis_names(experiment: Experiment) -> list[str]:
    """What the coordinates are called on this surface."""
    return list(experiment.surface.coordinates)


def lane_label(experiment: Experiment | NetworkExperiment, number: int) -> str:
    """The rule's name and, where the rule runs twice, what tells this lane from its twins."""
    racer = experiment.lanes[number]
    twins = [at for at, lane in enumerate(experiment.lanes) if lane.optimizer.name == racer.optimizer.name]
    parts = [_told(name, knob, value) for name, knob, value in differences(experiment.lanes, number)]
    if any(experiment.lanes[twin].schedule.name != racer.schedule.name for twin in twins):
        parts.append(say(racer.timetable.name))
    same = [at for at in twins if replace(experiment.lanes[at], shown=racer.shown) == racer]
    if len(same) > 1:
        parts.append(f"#{same.index(number) + 1}")
    return " ".join([say(racer.rule.name), ", ".join(parts)]).strip()


def _told(name: str, knob: Knob, value: float) -> str:
    if knob.kind == "switch":
        return text("panel.with" if value else "panel.without", what=say(knob.label))
    return f"{knob.symbol or say(knob.label) or name} = {value:.12g}"


def sentence(notice: Notice) -> str:
    """A notice in the page's language."""
    return text(f"problem.{notice.problem}", field=notice.field, value=notice.value, allowed=notice.allowed)
