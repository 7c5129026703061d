"""The gradient against central differences: the error against h, and some coordinates side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.curvature.derivatives import slopes_at
from engine.measures.differences import DISTANCES, central_differences, compared, gradient_check
from engine.measures.layer_gradients import coordinate_names
from engine.networks.cost import MULTIPLICATIONS
from engine.networks.experiment import NetworkExperiment, usual_lanes
from engine.networks.network import initial
from settings.gradients import Gradients
from views.controls.fields import group, number_field, send_panel
from views.kit.charts import STRETCHES, Axis, Chart, Series, line, marks, variant_line
from views.kit.labels import trouble
from views.kit.sheet import Said, Sheet, Told, box, tell
from views.kit.text import number, text
from views.session.linked import put
from views.session.trained import first, training_task
from views.session.work import Task

ROWS = 6  # coordinates in the table
PRECISIONS = {"float64": 2.0**-52, "float32": 2.0**-23}  # with the distance ε from 1 to the next number
CHECK = 3.0  # times as long as training in float32: what is computed twice


class Checked(NamedTuple):
    """What the differences say at one θ; entries of errors that are still to come are nan."""

    errors: dict[str, Floats]  # by precision, (m,), at DISTANCES
    names: list[str]  # of some coordinates
    automatic: Floats  # (k,), the gradient there
    differences: Floats  # (k,), at the best h in float64


NOWHERE = Checked({}, [], np.zeros(0), np.zeros(0))  # where training has diverged


def checked_net(net: NetworkExperiment, own: Gradients) -> NetworkExperiment:
    """The network whose gradient is checked: after its training, or as it begins."""
    alone = replace(net, lanes=tuple(racer for racer in net.lanes if racer.shown)[:1], seeds=1, dropout=0.0)
    return alone if own.after else replace(alone, lanes=usual_lanes()[:1], steps=1, batch=0)


def tasks(net: NetworkExperiment, own: Gradients) -> list[Task]:
    alone = checked_net(net, own)
    if trouble(alone):
        return []
    evaluations = 2 * 2 * len(DISTANCES) * len(compared(alone.size))
    seconds = evaluations * (CHECK * alone.size * alone.points / MULTIPLICATIONS + 1e-6)
    before = [training_task(alone)] if own.after else []
    return [
        *before,
        Task("check", (alone, own.after), seconds, lambda found: _check(alone, _place(alone, own, found))),
    ]


def _place(alone: NetworkExperiment, own: Gradients, found: Mapping[str, Any]) -> Floats:
    """θ."""
    training = first(found.get("training")) if own.after else None
    return training.final[0, 0] if training else initial(alone.architecture, alone.seed, alone.scheme, alone.scale)


def fields(own: Gradients) -> list[dict[str, Any]]:
    """What is chosen beside the picture."""
    after = number_field("after", own.after, "", text("gradients.after"))
    return [group("check", [{**after, "hint": text("gradients.after_help")}], at="check")]


def sheet(net: NetworkExperiment, own: Gradients, found: Mapping[str, Any]) -> Sheet:
    if problem := trouble(checked_net(net, own)):
        return Sheet({}, {}, boxes=[Told(problem, warns=True)])
    if "check" not in found:
        return Sheet({}, {})
    checked = found["check"]
    if checked is NOWHERE:
        return Sheet({}, {}, boxes=[Told(text("gradients.diverged"), warns=True)])
    return _sheet(checked)


def lay(net: NetworkExperiment, own: Gradients, found: dict[str, Any]) -> Sheet:
    """The part of the page; what takes long is put down in ``found``."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{text('gradients.check_title')}**", width="stretch")
        with st.container(width=220):
            send_panel(fields(own), "check")
    for task in tasks(net, own):
        if not task.on_page(found):
            break
    drawn = sheet(net, own, found)
    for each in drawn.boxes:
        box(each)
    for key in drawn.charts:
        put(drawn, key)
    for key in drawn.said:
        tell(drawn, key)
    return drawn


def _check(net: NetworkExperiment, theta: Floats) -> Iterator[tuple[float, Checked]]:
    """One distance after the other, in each precision."""
    if not np.isfinite(theta).all():
        yield 1.0, NOWHERE
        return
    make, examples = net.surface()[0], net.examples.train
    data: dict[str, Any] = {"inputs": examples.inputs, "targets": examples.targets, "decay": net.decay}
    every = compared(net.size)
    some = every[np.unique(np.linspace(0, len(every) - 1, ROWS).astype(int))]
    numbers = {name: np.asarray(value, dtype=np.float64) for name, value in data.items()}
    automatic = np.asarray(slopes_at(make, numbers, theta[None])[1])[0, some]
    errors = {precision: np.full(len(DISTANCES), np.nan) for precision in PRECISIONS}
    checked = Checked(errors, coordinate_names(net.architecture, some.tolist()), automatic, np.full(len(some), np.nan))
    for done, (precision, place) in enumerate(product(PRECISIONS, range(len(DISTANCES))), 1):
        errors[precision][place] = gradient_check(make, theta, DISTANCES[[place]], precision, **data)[1][0]
        yield done / (2 * len(DISTANCES)), checked
    best = DISTANCES[[_best(errors["float64"])]]
    yield 1.0, checked._replace(differences=central_differences(make, theta, best, some, **data)[0])


def _best(errors: Floats) -> int:
    """Where the error is least."""
    return int(np.argmin(np.where(np.isfinite(errors), errors, np.inf)))


def _sheet(checked: Checked) -> Sheet:
    seen = np.concatenate([errors[np.isfinite(errors) & (errors > 0)] for errors in checked.errors.values()])
    if not seen.size:
        return Sheet({}, {}, boxes=[Told(text("gradients.no_error"))])
    series, notes = [], []
    for place, (precision, errors) in enumerate(checked.errors.items()):
        arms, said = _slopes(precision, errors)
        series += [
            line(DISTANCES, errors, precision, **variant_line(place)),
            marks(DISTANCES, errors, colour=variant_line(place)["colour"], size=2.5, mute=True),
            *arms,
        ]
        notes.append(said)
    error = Axis(text("gradients.error"), log=True, low=seen.min() / 3, high=min(seen.max(), 1e6) * 3)
    distance = Axis(text("gradients.distance"), log=True)
    chart = Chart(distance, error, series, height=300, title=text("gradients.check_title"))
    head, rows = _table(checked)
    note = " ".join([text("gradients.check_note"), *notes])
    return Sheet({"check_errors": chart}, {"check_told": Said(head=head, rows=rows, note=note)})


def _slopes(precision: str, errors: Floats) -> tuple[list[Series], str]:
    """Lines of slope −1 and 2 through the two arms; which slopes are measured, and where the error is least."""
    lengths, at = DISTANCES, _best(errors)
    best = lengths[at]
    known = np.isfinite(errors) & (errors > 0)
    slopes: dict[int, float] = {}
    arms = []
    for power, arm in ((-1, (lengths < best / 10) & (errors < 0.5)), (2, (lengths > 4 * best) & (lengths < 0.4))):
        rows = arm & known
        slopes[power] = np.nan
        if rows.sum() < 3:
            continue
        slopes[power] = np.polyfit(np.log(lengths[rows]), np.log(errors[rows]), 1)[0]
        level = np.median(errors[rows] / lengths[rows] ** power)
        drawn = (lengths <= best) if power < 0 else (lengths >= best)
        law = level * lengths[drawn] ** power
        arms.append(line(lengths[drawn], law, colour="soft", dash=STRETCHES["dot"], width=1.5, mute=True))
    theory = PRECISIONS[precision] ** (1 / 3)
    return arms, text(
        "gradients.slopes", precision=precision, small=number(slopes[-1], 3), large=number(slopes[2], 3),
        best=number(best, 2), least=number(errors[at], 2), theory=number(theory, 2),
    )  # fmt: skip


def _table(checked: Checked) -> tuple[list[str], list[list[str]]]:
    """Some coordinates: both derivatives with all their digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.abs(checked.differences - checked.automatic) / np.abs(checked.automatic)
    columns = [
        checked.names,
        *([f"{value:.12f}" for value in values] for values in (checked.automatic, checked.differences)),
        [number(value, 2) for value in relative],
    ]
    head = [text(f"gradients.{name}") for name in ("coordinate", "automatic", "difference", "relative")]
    return head, [list(row) for row in zip(*columns, strict=True)]
