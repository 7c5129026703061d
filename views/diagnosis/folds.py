"""Model size: training and validation loss against it, and k folds of which each is kept out once; the test last."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import time_ns
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
from settings.diagnosis import Diagnosis, ticket
from views.controls import network
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
from views.kit.tables import table
from views.kit.text import number, say, text
from views.session import visit
from views.session.played import play
from views.session.work import worked

LINES = {"train": 0, "held": 2, "test": 1}  # the version of each loss; training and test as on Batches


class Asked(NamedTuple):
    """What is tried: the lane's network in which sizes, judged by which folds; "" of the reason why there are none."""

    alone: NetworkExperiment
    setting: str
    values: tuple[int, ...]
    ways: tuple[Drawn, ...]
    trouble: str

    @property
    def nets(self) -> list[NetworkExperiment]:
        return sized(self.alone, self.setting, self.values)


class Found(NamedTuple):
    """What came out, as far as it has."""

    asked: Asked
    sizes: Tried | None
    folds: Tried | None


def panel(net: NetworkExperiment) -> None:
    """The network, whose width or depth is varied."""
    network.data_menu(net)
    network.network_panel(net, ("seeds",))


def show(net: NetworkExperiment) -> Found | None:
    """The curve on the left, the folds on the right, and what each of them chooses."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="fold_settings"):
        setting = linked_choice(text("folds.complexity"), "complexity", lambda name: text(f"folds.{name}"))
        count = linked_slider(text("folds.folds"), "folds", width=180)
        trials = linked_slider(text("folds.trials"), "trials", help=text("folds.trials_help"), width=180)
        alone = replace(net.alone(racer_menu(net)), seeds=trials)
    asked = _asked(alone, setting, count)
    if asked is None:
        return None
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{text('folds.curve')}**")
        sizes = _sizes(asked)
    with right:
        st.markdown(f"**{text('folds.picture', k=count)}**")
        folds = _folds(asked)
    if folds:
        _table(asked, folds)
    found = Found(asked, sizes, folds)
    _choice(found)
    play("diagnosis")
    st.caption(marked(text("folds.note", trials=trials)))
    return found


def _asked(alone: NetworkExperiment, setting: str, count: int) -> Asked | None:
    """The sizes that can be trained, and the folds; a sentence about what cannot be."""
    known = alone.held
    pool = len(known.train.targets) // (1 + alone.copies) + len(known.validation.targets)
    ways = dealt(alone.drawn, count) if count <= pool else ()
    problem = "" if ways else text("folds.too_many", k=count, count=pool)
    least = min(len(way.train.targets) for way in (*ways, known))
    problems = {
        value: refused(untrainable(each, least))
        for value, each in zip(SIZES[setting], sized(alone, setting, SIZES[setting]), strict=True)
    }
    able = tuple(value for value in SIZES[setting] if not problems[value])
    if bad := [value for value in SIZES[setting] if problems[value]]:
        st.warning(text("folds.left_out", values=", ".join(map(str, bad)), why=problems[bad[0]]))
    return Asked(alone, setting, able, ways, problem) if able else None


# ---- the curve -------------------------------------------------------------------------------------------------------


def _sizes(asked: Asked) -> Tried | None:
    if not len(asked.alone.held.validation.targets):
        st.info(text("folds.no_validation"))
        return None
    return _tried("sizes", asked, [asked.alone.held], lambda some, key: _curve(asked, some, key))


def _tried(
    name: str, asked: Asked, ways: Sequence[Drawn], drawn: Callable[[Tried, str], None] = lambda some, key: None
) -> Tried | None:
    """Train, draw what there is so far, and what came out."""
    nets = asked.nets
    key = tuple((plan_of(net), net.drawn, net.early, len(ways)) for net in nets)
    found = worked(
        name, key, trying_seconds(nets, ways), lambda: tried(nets, ways),
        draw=lambda some: drawn(some, f"{time_ns()}"), preparing=side_by_side(xla.missing(trying_compiles(nets, ways))),
    )  # fmt: skip
    if found is not None:
        drawn(found, "done")
    return found


def _curve(asked: Asked, found: Tried, key: str) -> None:
    """Every seed a dot, the middle a line; the test only when somebody has opened it."""
    if not found.finished:
        return
    whole = found.finished == len(asked.values)
    shown = [name for name in LINES if name != "test" or (whole and _opened(asked))]
    series = [
        each
        for name in shown
        for each in seeds_at(getattr(found, name)[:, 0], LINES[name], text(f"folds.{name}"), np.inf)
    ]
    mark = _chosen(found) if whole and found.best >= 0 else []
    axes = _axis(asked), Axis(text("folds.loss"), log=True)
    signs = [line_sign(LINES[name], text(f"folds.{name}")) for name in shown]
    colour = on_page(variant_line(LINES["held"])["colour"])
    chosen = f'<span style="color:{colour}">◆</span> {text("folds.chosen")}'
    signs_of([*signs, *([chosen] if mark else [])])
    draw(Chart(*axes, [*series, *mark], 380, legend=False, title=text("folds.curve")), f"sizes_{key}")


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


def _opened(asked: Asked) -> bool:
    """Whether the test is, and there is one."""
    return bool(visit.setting("opened")) and len(asked.alone.held.test.targets) > 0


# ---- the folds -------------------------------------------------------------------------------------------------------


def _folds(asked: Asked) -> Tried | None:
    if asked.trouble:
        st.info(asked.trouble)
        return None
    signs_of([_sign(fold) + " " + _name(fold) for fold in range(len(asked.ways))])
    draw(_picture(asked), "fold_examples")
    missing = lacking(asked.ways)
    for told, folds in (("one_class", missing.judged), ("no_class", missing.learned)):
        if folds:
            st.info(text(f"folds.{told}", folds=", ".join(str(fold + 1) for fold in folds)))
    return _tried("folds", asked, asked.ways)


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


def _table(asked: Asked, found: Tried) -> None:
    """Sizes down, folds across, the averages last; the lowest is bold."""
    heads = [text(f"folds.{asked.setting}"), *map(_name, range(len(asked.ways))), text("folds.average")]
    rows = []
    for place, value in enumerate(asked.values):
        cells = [str(value), *map(number, found.judged[place]), number(found.averages[place])]
        rows.append([f"**{cell}**" for cell in cells] if place == found.best else cells)
    st.markdown(table(heads, rows, "---:"))


# ---- what is chosen, and the test ------------------------------------------------------------------------------------


def _choice(found: Found) -> None:
    """What each way chooses; then, on a click, what the test says."""
    asked = found.asked
    told = [
        text(f"folds.by_{way}", size=_size(asked, each.best), loss=number(drawable(each.averages)[each.best]), k=k)
        for way, each, k in (("validation", found.sizes, 1), ("folds", found.folds, len(asked.ways)))
        if each and each.best >= 0
    ]
    lost = sum(int(each.lost.sum()) for each in (found.sizes, found.folds) if each)
    if told:
        st.markdown(" ".join(told))
    if lost:
        st.caption(text("folds.lost", count=lost))
    if not found.sizes or found.sizes.best < 0:
        return
    if not len(asked.alone.held.test.targets):
        st.caption(text("folds.no_test"))
    elif _opened(asked):
        st.markdown(_tested(found))
    else:
        entry = ticket(visit.about("opened"))
        st.button(text("folds.open"), key="open_test", on_click=lambda: visit.ask("opened", entry))


def _size(asked: Asked, place: int) -> str:
    return text(f"folds.size_{asked.setting}", value=asked.values[place])


def _tested(found: Found) -> str:
    """The test loss of what was chosen, and the lowest there is: what the choice has cost."""
    assert found.sizes
    losses = median(found.sizes.test[:, 0], np.inf)
    picks = dict.fromkeys(each.best for each in (found.sizes, found.folds) if each and each.best >= 0)
    told = [text("folds.tested", size=_size(found.asked, pick), loss=number(losses[pick])) for pick in picks]
    return f"{' '.join(told)} {text('folds.once')}"


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
    opened = _opened(found.asked)
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
