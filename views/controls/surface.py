"""The left side of the pages of surfaces: the menu of surfaces, and the panel of numbers."""

from typing import Any

from engine.surfaces.experiment import (
    KNOB,
    MOST_LANES,
    NOISE,
    SEED,
    STEPS,
    TOLERANCE,
    Experiment,
    own_names,
    own_value,
)
from engine.surfaces.study import TAU, Study, looked_at, push, usual_push
from landscapes import LANDSCAPES
from records import Knob, settings
from views.controls import widgets
from views.controls.fields import add_group, field, fields_of, lane_groups, menu_of, send_panel
from views.kit.labels import axis_names
from views.kit.text import names, say, text
from views.session import visit


def surface_menu(experiment: Experiment) -> None:
    """Choose the surface: its own start, and learning rates that suit it."""
    widgets.menu(
        text("page.surface"), "surface", names(LANDSCAPES), experiment.landscape.name,
        lambda name: visit.edit("landscape", name),
    )  # fmt: skip


def settings_panel(experiment: Experiment) -> None:
    """The sliders of the compare page."""
    send_panel(settings_groups(experiment))


def settings_groups(experiment: Experiment) -> list[dict[str, Any]]:
    """Surface, optimizers, run."""
    return [*_surface_group(experiment), *_lanes(experiment), _run_group(experiment)]


def fair_groups(experiment: Experiment, surface: bool) -> list[dict[str, Any]]:
    """The sliders of the fair race: all racers share everything, and starts are drawn. ``surface``: whether it is
    raced on that of the experiment."""
    steps = field("steps", STEPS, experiment.steps, text("fair.budget"), text("fair.budget_hint"))
    others = _run_group(experiment)["more"]
    run = {"kind": "run", "id": "run", "fields": [steps, *others]}
    return [*(_surface_group(experiment) if surface else []), run, *lane_groups(experiment), add_group(experiment)]


def _lanes(experiment: Experiment) -> list[dict[str, Any]]:
    """The cards of the lanes, each with what is its own, and the menus under them."""
    cards, add, names = lane_groups(experiment), add_group(experiment), own_names(experiment)
    called = {name: setting_on(experiment, name) for name in names}
    for number, card in enumerate(cards):
        racer = experiment.lanes[number]
        card["kept"] = racer.kept
        card["fields"] += [part for name, _ in racer.own for part in _own(experiment, number, name)]
        others = {name: called[name] for name in names if name not in dict(racer.own)}
        card["more"].append(menu_of(f"lanes.{number}.differ", text("net.differ"), others))
    if len(experiment.lanes) < MOST_LANES:
        add["fields"].insert(0, menu_of("compare", text("net.compare"), called))
    return [*cards, add]


def _own(experiment: Experiment, number: int, name: str) -> list[dict[str, Any]]:
    """The fields of a setting that is a lane's own; the last one takes it away."""
    own, under = experiment.of_lane(number), f"lanes.{number}.own"
    knobs = {"noise": NOISE, "seed": SEED} | {
        f"{KNOB}{each}": setting.knob for each, setting in settings(experiment.surface.make).items()
    }
    if name == "start":
        fields = _start(own, f"{under}.start")
    else:
        fields = [field(f"{under}.{name}", knobs[name], own_value(own, name), setting_on(experiment, name))]
    fields[-1]["clear"] = (f"lanes.{number}.share", name)
    return fields


def setting_on(experiment: Experiment, name: str) -> str:
    """What a setting that a lane may have of its own is called."""
    if not name.startswith(KNOB):
        return text(f"panel.{name}")
    knob = settings(experiment.surface.make)[name.removeprefix(KNOB)].knob
    return say(knob.label) or knob.symbol or name.removeprefix(KNOB)


def study_panel(experiment: Experiment, study: Study) -> None:
    """The sliders of the critical points."""
    send_panel(study_groups(experiment, study))


def study_groups(experiment: Experiment, study: Study) -> list[dict[str, Any]]:
    """Surface, point and τ, push, and the optimizers that descend from there."""
    point = _point_group(experiment, study)
    return [*_surface_group(experiment), point, *lane_groups(experiment), add_group(experiment)]


def _surface_group(experiment: Experiment) -> list[dict[str, Any]]:
    fields = fields_of("knobs", experiment.surface.make, experiment.landscape.numbers)
    return [{"kind": "surface", "id": "surface", "fields": fields}] if fields else []


def _point_group(experiment: Experiment, study: Study) -> dict[str, Any]:
    point = looked_at(experiment.landscape, study)
    surface, knobs = experiment.surface, experiment.landscape.numbers
    reach, pushed = push(surface), study.reach or usual_push(surface, point, **knobs)
    place = [
        field(
            f"point.{axis}",
            Knob(*surface.window[axis]),
            float(f"{value:.10g}"),
            name,
            text("panel.point", name=name),
            "number",
        )
        for axis, (value, name) in enumerate(zip(point.point.tolist(), axis_names(experiment), strict=True))
    ]
    digits = 3 if study.tolerance is None else 12
    tau = min(max(point.tolerance, TAU.low), TAU.high) if point.tolerance > 0 else TAU.low
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


def _start(experiment: Experiment, path: str) -> list[dict[str, Any]]:
    return [
        field(
            f"{path}.{axis}",
            Knob(*experiment.surface.window[axis]),
            value,
            f"{text('panel.start')} {name}",
            "",
            "number",
        )
        for axis, (value, name) in enumerate(zip(experiment.start, axis_names(experiment), strict=True))
    ]


def _run_group(experiment: Experiment) -> dict[str, Any]:
    start = _start(experiment, "start")
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
