"""Fields of the panel: what a slider is made of, the cards of lanes, and the component that draws them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NotRequired, TypedDict, cast

from engine.link import Numbers
from engine.networks.experiment import NetworkExperiment
from engine.shelf import Shelf
from engine.surfaces.experiment import MOST_LANES, Experiment, Lane
from optimizers import OPTIMIZERS, SCHEDULES
from records import Knob, settings
from views.kit.component import component
from views.kit.labels import lane_label, sentence
from views.kit.text import language, names, say, section, spoken, text
from views.kit.wire import packed
from views.session import visit
from views.session.answer import Answer
from views.session.edits import OWN

PANELS: Shelf[bytes] = Shelf(most=1000, room=8_000_000)  # by the links of their pictures, for all visitors

panel = component("panel")


class Field(TypedDict):
    """A slider, a switch, a menu, a number, or buttons of which some are down; ``kind`` says which, and how the slider
    runs."""

    path: str  # of the edit that it sends
    kind: str
    symbol: str
    label: str
    value: float | str
    low: NotRequired[float]
    high: NotRequired[float]
    options: NotRequired[list[tuple[str, str]]]  # of a menu: what is sent, and what is read
    once: NotRequired[bool]  # a menu that forgets what was chosen
    between: NotRequired[str]  # the names of buttons that are down
    most: NotRequired[int]  # of them
    hint: NotRequired[str]  # what a pointer reads, if not the label
    zero: NotRequired[str]  # what stands there instead of 0
    problem: NotRequired[str]
    clear: NotRequired[tuple[str, str]]  # the edit that takes the field away: its path and value


class Group(TypedDict):
    """A card of fields; that of a lane has a head."""

    kind: str
    fields: list[Field]
    more: NotRequired[list[Field]]
    more_label: NotRequired[str]
    id: NotRequired[str]
    at: NotRequired[str]  # the row of fields in which it stands, beside a picture; not in the panel
    number: NotRequired[int]
    path: NotRequired[str]
    title: NotRequired[str]
    about: NotRequired[str]
    shown: NotRequired[bool]
    removable: NotRequired[bool]
    copiable: NotRequired[bool]
    kept: NotRequired[bool]  # whether the lane stays as it is; a lane that cannot has none


class PanelShown(TypedDict):
    """What a panel shows; of a page whose picture is had by its link this is, too."""

    language: str
    words: dict[str, str]
    groups: list[Group]


class PanelPicture(PanelShown):
    """``learned``: the latest of the page's own links that it shows; ``at``: which row it is, "" the panel."""

    at: str
    sequence: int
    learned: int


def send_panel(groups: list[dict[str, Any]], at: str = "") -> None:
    """Groups of fields to the component that draws them, with what was wrong with the last value of one.

    at: draws those of this row, which stands beside a picture.
    """
    groups = [each for each in groups if each.get("at", "") == at]
    for part in _fields(groups):
        if notice := visit.problem(part["path"]):
            part["problem"] = sentence(notice._replace(field=part["symbol"] or part["label"]))
    sequence, learned = visit.visit().sequence, visit.visit().learned
    header: PanelPicture = {"at": at, "sequence": sequence, "learned": learned, **_shown(groups)}
    key = f"{at}_fields" if at else "panel"
    panel(key=key, data=packed(header), on_edit_change=lambda: visit.heard(key))


def panel_answer(picture: Answer[Any], groups: Callable[[Any], list[dict[str, Any]]]) -> Answer[tuple[Any, str]]:
    """The panel beside a picture that is had by its link, by the same link; ``groups``: of what decides the picture."""

    def work(asked: tuple[Any, str]) -> bytes:
        with spoken(asked[1]):
            return packed(_shown(groups(asked[0])))

    def drawn(asked: tuple[Any, str]) -> Iterator[tuple[float, bytes | None]]:
        yield 1.0, PANELS.made((groups, asked), lambda: work(asked))

    return Answer(
        of=lambda said, lang, own: (picture.of(said, lang, own), lang),
        link=lambda asked: picture.link(asked[0]),
        kept=lambda asked: PANELS.kept((groups, asked)),
        waits=lambda _: False,
        waiting=lambda _: b"",
        drawn=drawn,
        changed=picture.changed,
        own=picture.own,
    )


def _shown(groups: list[dict[str, Any]]) -> PanelShown:
    return {"language": language(), "words": section("panel"), "groups": cast(list[Group], groups)}


def _fields(groups: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    return (part for group in groups for part in (*group["fields"], *group.get("more", ())))


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
    return {"fields": [spelled(first)], "more": [*map(spelled, others), plan, *map(spelled, knobs)]}


def fields_of(prefix: str, make: Any, values: Mapping[str, float]) -> list[dict[str, Any]]:
    return [
        field(f"{prefix}.{name}", setting.knob, values[name], setting.knob.symbol or say(setting.knob.label) or name)
        for name, setting in settings(make).items()
    ]


def spelled(part: dict[str, Any]) -> dict[str, Any]:
    """A field with its label in words beside its symbol: a letter alone may mean several things."""
    return {**part, "symbol": f"{part['label']} {part['symbol']}".strip()} if part["label"] else part


def field(path: str, knob: Knob, value: float, symbol: str, label: str = "", kind: str = "") -> dict[str, Any]:
    number = int(value) if knob.kind in ("whole", "switch") else value
    return {
        "path": path, "kind": kind or knob.kind, "low": knob.low, "high": knob.high,
        "value": number, "symbol": symbol, "label": label or say(knob.label),
    }  # fmt: skip


def menu_of(path: str, label: str, settings_there: Mapping[str, str]) -> dict[str, Any]:
    """A menu of settings by what they are called, which forgets what was chosen."""
    options = [("", label), *settings_there.items()]
    return {"kind": "choice", "once": True, "value": "", "symbol": "", "path": path, "label": label, "options": options}


def add_group(experiment: Experiment | NetworkExperiment, under: str = "") -> dict[str, Any]:
    def menu(path: str, label: str, shelf: Mapping[str, Any]) -> dict[str, Any]:
        options = [("", label), *names(shelf).items()]
        look = {"kind": "choice", "once": True, "value": "", "symbol": ""}
        return {**look, "path": f"{under}{path}", "label": label, "options": options}

    add = menu("lanes.add", text("panel.add"), OPTIMIZERS)
    every = menu("schedule_all", text("panel.schedule_all"), SCHEDULES)
    return {"kind": "plain", "id": "add", "fields": [add, every] if len(experiment.lanes) < MOST_LANES else [every]}


def number_field(name: str, value: float, symbol: str, label: str = "", at: int = 0) -> dict[str, Any]:
    """A slider for a field of the page's own, whose path is its name in the link; ``at``: which of several numbers."""
    kind = OWN[name].kind
    knob: Knob = kind.knobs[at] if isinstance(kind, Numbers) else kind.knob
    return field(name, knob, value, symbol, label)


def choice_field(name: str, value: str, symbol: str, options: Mapping[str, str], label: str = "") -> dict[str, Any]:
    """A menu for a field of the page's own; options: what they are called."""
    return {
        "path": name, "kind": "choice", "symbol": symbol, "label": label or symbol, "options": list(options.items()),
        "value": value,
    }  # fmt: skip


def some_field(
    name: str, value: Sequence[str], symbol: str, options: Mapping[str, str], label: str = ""
) -> dict[str, Any]:
    """Buttons for a field of the page's own that has some of a few names."""
    kind = OWN[name].kind
    buttons = {**choice_field(name, kind.write(value), symbol, options, label), "kind": "some"}
    return {**buttons, "between": kind.between, "most": kind.most}


def group(name: str, fields: list[dict[str, Any]], at: str = "") -> dict[str, Any]:
    """A card of such fields; ``at``: of the row in which it stands."""
    return {"kind": "plain", "id": name, "fields": fields, **({"at": at} if at else {})}
