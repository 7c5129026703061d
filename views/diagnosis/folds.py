"""Model size: training and validation loss against it, and k folds of which each is kept out once; the test last."""

import csv
import io
from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

import numpy as np
import streamlit as st

from engine import xla
from engine.measures.folds import SIZES, Tried, lacking, plan_of, sized, tried, trying_compiles, trying_seconds
from engine.networks.examples import Drawn
from engine.networks.examples import folded as dealt
from engine.networks.experiment import NetworkExperiment, untrainable
from engine.surfaces.cost import side_by_side
from settings.diagnosis import CHOOSING, Diagnosis, ticket
from views.controls import network
from views.controls.fields import send_panel
from views.controls.racer import racer_menu
from views.controls.widgets import linked_choice, linked_slider
from views.export.share import share
from views.kit.charts import (
    SHAPES,
    VARIANTS,
    Axis,
    Chart,
    Series,
    draw,
    line_sign,
    marks,
    on_page,
    rule,
    signs_of,
    variant_line,
)
from views.kit.fits import main_components
from views.kit.glossary import marked
from views.kit.labels import refused
from views.kit.seeds import drawable, median, seeds_at
from views.kit.sheet import Said, Sheet, Told, box, tell
from views.kit.text import language, number, say, text
from views.session import linked, visit
from views.session.linked import Linked, Parts, follow_sheet, piece, sheet_of
from views.session.played import play
from views.session.work import Task, shelf

DECIDES = ("question", *CHOOSING, "opened")  # of what the link says
CURVE, EXAMPLES, TABLE, CHOICE, TESTED, OPEN = (
    f"folds_{name}" for name in ("curve", "examples", "table", "choice", "tested", "open")
)
PICKED = -1  # the sign of what is chosen, among those of the lines
LINES = {"train": 0, "held": 2, "test": 1}  # the version of each loss; training and test as on Batches


class Asked(NamedTuple):
    """What is tried: the lane's network in which sizes, judged by which folds; "" of the reason why there are none."""

    alone: NetworkExperiment
    setting: str
    values: tuple[int, ...]
    ways: tuple[Drawn, ...]
    trouble: str
    folds: int = 0  # that are asked for
    opened: bool = False  # whether the test is

    @property
    def nets(self) -> list[NetworkExperiment]:
        return sized(self.alone, self.setting, self.values)


class Found(NamedTuple):
    """What came out, as far as it has."""

    asked: Asked
    sizes: Tried | None
    folds: Tried | None


def groups(net: NetworkExperiment) -> list[dict[str, Any]]:
    """Of the panel: the network, whose width or depth is varied."""
    return network.network_groups(net, ("seeds",))


def panel(net: NetworkExperiment) -> None:
    network.data_menu(net)
    send_panel(groups(net))


def show(net: NetworkExperiment) -> Found | None:
    """The curve on the left, the folds on the right, and what each of them chooses."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="fold_settings"):
        linked_choice(text("folds.complexity"), "complexity", lambda name: text(f"folds.{name}"))
        linked_slider(text("folds.folds"), "folds", width=180)
        trials = linked_slider(text("folds.trials"), "trials", help=text("folds.trials_help"), width=180)
        racer_menu(net)
    wish = linked.Asked(visit.settings(Diagnosis), language(), net)
    asked, left_out = _asked(wish)
    for told in left_out:
        box(told)
    whole = sheet_of(PAGE, wish)
    follow_sheet(PAGE, wish, whole.places if whole else ())
    if asked is None:
        return None
    found = whole or sheet(Found(asked, _unasked(asked), None), left_out)
    left, right = st.columns(2, gap="medium")
    with left:
        _lay_curve(asked, found)
    with right:
        _lay_folds(asked, found)
    for name in (TABLE, CHOICE, TESTED):
        if name in found.said:
            tell(found, name)
    if OPEN in found.buttons:
        st.button(text("folds.open"), key="open_test", on_click=_open)
    play("diagnosis")
    st.caption(marked(text("folds.note", trials=trials)))
    return Found(asked, *(shelf(name).kept(_key(asked, ways)) for name, ways in _judged_by(asked).items()))


def _unasked(asked: Asked) -> Tried | None:
    """The curve while the folds wait for a click, if it does not take long."""
    ways, nets, there = _judged_by(asked)["sizes"], asked.nets, dict[str, Any]()
    if not ways:
        return None
    preparing = side_by_side(xla.missing(trying_compiles(nets, ways)))
    task = Task("sizes", _key(asked, ways), trying_seconds(nets, ways), lambda _: tried(nets, ways), preparing)
    return there["sizes"] if task.begins and task.on_page(there) else None


def _lay_curve(asked: Asked, found: Sheet) -> None:
    st.markdown(f"**{text('folds.curve')}**")
    if not _validates(asked):
        box(Told(text("folds.no_validation")))
    elif CURVE in found.charts:
        signs_of([_curve_sign(*each) for each in found.signs.items()])
        draw(found.charts[CURVE], CURVE)


def _lay_folds(asked: Asked, found: Sheet) -> None:
    st.markdown(f"**{text('folds.picture', k=asked.folds)}**")
    if asked.trouble:
        return box(Told(asked.trouble))
    signs_of([_sign(fold) + " " + _name(fold) for fold in range(len(asked.ways))])
    draw(found.charts[EXAMPLES], EXAMPLES)
    for told in _lacking(asked):
        box(told)


def _open() -> None:
    """The test of what is chosen now."""
    visit.ask("opened", ticket(visit.about("opened")))


# ---- the sheet -------------------------------------------------------------------------------------------------------


def _asked(wish: linked.Asked) -> tuple[Asked | None, list[Told]]:
    """The sizes that can be trained, and the folds; and what is to be said of what cannot be."""
    own, net = wish.own, wish.net
    shown = [place for place, racer in enumerate(net.lanes) if racer.shown] or [0]
    racer = int(own.racer) if own.racer and int(own.racer) in shown else shown[0]
    alone = replace(net.alone(racer), seeds=own.trials)
    setting, count, known = own.complexity, own.folds, alone.held
    pool = len(known.train.targets) // (1 + alone.copies) + len(known.validation.targets)
    ways = dealt(alone.drawn, count) if count <= pool else ()
    problem = "" if ways else text("folds.too_many", k=count, count=pool)
    least = min(len(way.train.targets) for way in (*ways, known))
    problems = {
        value: refused(untrainable(each, least))
        for value, each in zip(SIZES[setting], sized(alone, setting, SIZES[setting]), strict=True)
    }
    able = tuple(value for value in SIZES[setting] if not problems[value])
    bad = [value for value in SIZES[setting] if problems[value]]
    told = [Told(text("folds.left_out", values=", ".join(map(str, bad)), why=problems[bad[0]]), True)] if bad else []
    opened = bool(own.opened) and len(known.test.targets) > 0
    return (Asked(alone, setting, able, ways, problem, count, opened) if able else None), told


def _validates(asked: Asked) -> bool:
    return len(asked.alone.held.validation.targets) > 0


def _judged_by(asked: Asked) -> dict[str, Sequence[Drawn]]:
    """What judges the sizes, by the name of what is found so."""
    return {"sizes": [asked.alone.held] if _validates(asked) else [], "folds": asked.ways}


def _key(asked: Asked, ways: Sequence[Drawn]) -> Hashable:
    return tuple((plan_of(net), net.drawn, net.early, len(ways)) for net in asked.nets)


def _left(wish: linked.Asked) -> list[tuple[list[NetworkExperiment], Sequence[Drawn]]]:
    """What must be trained: nothing twice."""
    asked, _ = _asked(wish)
    if asked is None:
        return []
    works = _judged_by(asked).items()
    return [(asked.nets, ways) for name, ways in works if ways and shelf(name).kept(_key(asked, ways)) is None]


def _seconds(wish: linked.Asked) -> float:
    return sum(trying_seconds(*each) for each in _left(wish))


def _preparing(wish: linked.Asked) -> float:
    compiled = {key: took for each in _left(wish) for key, took in trying_compiles(*each).items()}
    return side_by_side(xla.missing(compiled))


def _work(wish: linked.Asked) -> Parts:
    """The curve, then the folds: each as far as it has come."""
    asked, boxes = _asked(wish)
    if asked is None:
        yield 1.0, Sheet({}, {}, boxes=boxes)
        return
    there: dict[str, Tried | None] = {"sizes": None, "folds": None}
    works = [(name, ways) for name, ways in _judged_by(asked).items() if ways]
    for at, (name, ways) in enumerate(works):

        def so_far(some: Tried, name: str = name) -> Sheet:
            grows = sheet(Found(asked, **(there | {name: some})), boxes)
            return grows._replace(charts={at: grows.charts[at] for at in grows.charts if at == CURVE})

        there[name] = yield from piece(
            name, _key(asked, ways), partial(tried, asked.nets, ways), so_far, at / len(works), (at + 1) / len(works)
        )
    yield 1.0, sheet(Found(asked, **there), boxes)


PAGE: Linked = Linked(
    "folds", Diagnosis, DECIDES, _work, _seconds, _preparing, networks=True, begins=lambda asked: PAGE.soon(asked)
)


def sheet(found: Found, boxes: Sequence[Told]) -> Sheet:
    """All that is drawn and said."""
    asked = found.asked
    charts, signs = {}, dict[int, str]()
    if found.sizes and found.sizes.finished:
        charts[CURVE], signs = _curve(asked, found.sizes)
    if not asked.trouble:
        charts[EXAMPLES] = _picture(asked)
    said = {TABLE: _table(asked, found.folds)} if found.folds and found.folds.finished else {}
    told, buttons = _choice(found)
    return Sheet(charts, said | told, signs=signs, boxes=[*boxes, *_infos(asked)], buttons=buttons)


def _infos(asked: Asked) -> list[Told]:
    none = [] if _validates(asked) else [Told(text("folds.no_validation"))]
    return [*none, *([Told(asked.trouble)] if asked.trouble else _lacking(asked))]


# ---- the curve -------------------------------------------------------------------------------------------------------


def _curve(asked: Asked, found: Tried) -> tuple[Chart, dict[int, str]]:
    """Every seed a dot, the middle a line; the test only when somebody has opened it. And what they are called."""
    whole = found.finished == len(asked.values)
    shown = [name for name in LINES if name != "test" or (whole and asked.opened)]
    series = [
        each
        for name in shown
        for each in seeds_at(getattr(found, name)[:, 0], LINES[name], text(f"folds.{name}"), np.inf)
    ]
    mark = _chosen(found) if whole and found.best >= 0 else []
    axes = _axis(asked), Axis(text("folds.loss"), log=True)
    signs = {LINES[name]: text(f"folds.{name}") for name in shown} | ({PICKED: text("folds.chosen")} if mark else {})
    return Chart(*axes, [*series, *mark], 380, legend=False, title=text("folds.curve")), signs


def _curve_sign(place: int, name: str) -> str:
    if place != PICKED:
        return line_sign(place, name)
    return f'<span style="color:{on_page(variant_line(LINES["held"])["colour"])}">◆</span> {name}'


def _chosen(found: Tried) -> list[Series]:
    """The mark of the size with the lowest validation loss."""
    look = variant_line(LINES["held"])
    place = found.best + 0.12 * LINES["held"] - 0.06
    at = [place], [found.judged[found.best, 0]]
    return [
        rule(found.best, upright=True, colour="soft"),
        marks(*at, text("folds.chosen"), colour=look["colour"], symbol="diamond", size=9),
    ]


def _axis(asked: Asked) -> Axis:
    ticks = {float(place): str(value) for place, value in enumerate(asked.values)}
    return Axis(text(f"folds.{asked.setting}"), low=-0.5, high=len(ticks), ticks=ticks)  # room for its name


# ---- the folds -------------------------------------------------------------------------------------------------------


def _lacking(asked: Asked) -> list[Told]:
    """Which folds have only one class, or learn without one."""
    missing = lacking(asked.ways)
    return [
        Told(text(f"folds.{told}", folds=", ".join(str(fold + 1) for fold in folds)))
        for told, folds in (("one_class", missing.judged), ("no_class", missing.learned))
        if folds
    ]


def _name(fold: int) -> str:
    return text("folds.fold", number=fold + 1)


def _look(fold: int) -> dict[str, Any]:
    """Five colours, full and then open."""
    return {"colour": VARIANTS[fold % len(VARIANTS)], "open": "paper" if fold >= len(VARIANTS) else False}


def _sign(fold: int) -> str:
    return f'<span style="color:{on_page(_look(fold)["colour"])}">{"○" if _look(fold)["open"] else "●"}</span>'


def _picture(asked: Asked) -> Chart:
    """Every example in the colour of the fold in which it is kept out, in the shape of its class."""
    net = asked.alone
    inputs = np.concatenate([way.validation.inputs for way in asked.ways])
    flat = main_components(inputs) if net.inputs > 2 else None
    series = []
    for fold, way in enumerate(asked.ways):
        x, y = _places(way, flat)
        kinds = way.validation.targets if net.classes else np.zeros(len(x), int)
        for kind in np.unique(kinds).tolist():
            here = kinds == kind
            names = [_name(fold)] * int(here.sum())
            shape = SHAPES[int(kind) % len(SHAPES)]
            series.append(marks(x[here], y[here], hover=names, symbol=shape, size=4, width=2, **_look(fold)))
    names = [say(name) for name in net.dataset.features]
    across, up = ("PC 1", "PC 2") if flat else (names[0], names[1] if net.inputs > 1 else text("folds.target"))
    return Chart(Axis(across), Axis(up), series, 380, legend=False, title=text("folds.picture", k=len(asked.ways)))


def _places(way: Drawn, flat: Any) -> Any:
    """Two inputs as they are, more on their main components, one beside the target."""
    part = way.validation
    if flat:
        return flat(part.inputs).T
    return part.inputs.T if part.inputs.shape[1] > 1 else (part.inputs[:, 0], part.targets.astype(float))


def _table(asked: Asked, found: Tried) -> Said:
    """Sizes down, folds across, the averages last; the lowest is bold."""
    heads = [text(f"folds.{asked.setting}"), *map(_name, range(len(asked.ways))), text("folds.average")]
    rows = []
    for place, value in enumerate(asked.values):
        cells = [str(value), *map(number, found.judged[place]), number(found.averages[place])]
        rows.append([f"**{cell}**" for cell in cells] if place == found.best else cells)
    return Said((), heads, rows)


# ---- what is chosen, and the test ------------------------------------------------------------------------------------


def _choice(found: Found) -> tuple[dict[str, Said], list[str]]:
    """What each way chooses; then, once it is opened, what the test says, else the button that opens it."""
    asked = found.asked
    choices = [
        text(f"folds.by_{way}", size=_size(asked, each.best), loss=number(drawable(each.averages)[each.best]), k=k)
        for way, each, k in (("validation", found.sizes, 1), ("folds", found.folds, len(asked.ways)))
        if each and each.best >= 0
    ]
    lost = sum(int(each.lost.sum()) for each in (found.sizes, found.folds) if each)
    note = text("folds.lost", count=lost) if lost else ""
    said = {CHOICE: Said([" ".join(choices)] if choices else [], note=note)} if choices or lost else {}
    if not found.sizes or found.sizes.best < 0 or found.sizes.finished < len(asked.values):
        return said, []
    if not len(asked.alone.held.test.targets):
        return said | {TESTED: Said(note=text("folds.no_test"))}, []
    return (said | {TESTED: Said([_tested(found)])}, []) if asked.opened else (said, [OPEN])


def _size(asked: Asked, place: int) -> str:
    return text(f"folds.size_{asked.setting}", value=asked.values[place])


def _tested(found: Found) -> str:
    """The test loss of what was chosen, and the lowest there is: what the choice has cost."""
    assert found.sizes
    losses = median(found.sizes.test[:, 0], np.inf)
    picks = dict.fromkeys(each.best for each in (found.sizes, found.folds) if each and each.best >= 0)
    tests = [text("folds.tested", size=_size(found.asked, pick), loss=number(losses[pick])) for pick in picks]
    return f"{' '.join(tests)} {text('folds.once')}"


# ---- what is folded away ---------------------------------------------------------------------------------------------


def folded(net: NetworkExperiment, found: Found | None) -> None:
    """The link, a script, the numbers."""
    if found is None:
        return
    now = visit.settings(Diagnosis)
    link = "&".join(filter(None, (net.to_link(), urlencode(now.written()))))
    about = f"{text('share.python')}. {text('folds.python_note')}"
    there = bool(found.sizes or found.folds)
    share("folds", link, lambda: script_of(found.asked), about, lambda: csv_of(found), there)


def script_of(asked: Asked) -> str:
    return f'''"""Model size, {len(asked.ways)} folds: from Descent Lab; run it in its folder."""

from engine import NetworkExperiment
from engine.measures.folds import sized, tried
from engine.networks.examples import folded

net, _ = NetworkExperiment.from_link({asked.alone.to_link()!r})
values = {asked.values}
*_, (_, found) = tried(sized(net, {asked.setting!r}, values), folded(net.drawn, {len(asked.ways) or 2}))
for value, losses, average in zip(values, found.judged, found.averages, strict=True):
    print(value, *(f"{{loss:.6g}}" for loss in losses), f"average {{average:.6g}}")
print("chosen:", values[found.best])
'''


def csv_of(found: Found) -> str:
    """Every seed of every training; the test where it is open."""
    file = io.StringIO()
    writer = csv.writer(file)
    opened = found.asked.opened
    writer.writerow([found.asked.setting, "fold", "seed", "train_loss", "validation_loss", *(["test_loss"] * opened)])
    for each, first in ((found.sizes, ""), (found.folds, 1)):
        if each is None:
            continue
        for place, fold, seed in np.ndindex(each.held.shape):
            row = [found.asked.values[place], first and fold + first, found.asked.alone.seed + seed]
            losses = [each.train[place, fold, seed], each.held[place, fold, seed]]
            tests = [each.test[place, fold, seed]] if opened else []
            writer.writerow([*row, *losses, *tests])
    return file.getvalue()
