"""What is folded away under the pages of surfaces: sharing, formulas, the view in three dimensions."""

import csv
import io
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import numpy as np
import streamlit as st

from curves.base import Run, headed
from curves.runs import runs_on
from engine.curvature.points import judged
from engine.surfaces.descent import Trajectory
from engine.surfaces.experiment import Experiment, run
from engine.surfaces.study import Study, found_on, looked_at
from views.export.share import entry, share
from views.kit.labels import axis_names, lane_label
from views.kit.text import text


def share_race(experiment: Experiment) -> None:
    """A race: a script that runs it again, and every step, for which it is run when they are asked for."""
    share(
        "trajectories", experiment.to_link(), experiment.to_python,
        f"{text('share.python')}. {text('share.python_note')}",
        lambda: csv_of(experiment, dict(run(experiment))), any(racer.shown for racer in experiment.lanes),
    )  # fmt: skip


def csv_of(experiment: Experiment, trajectories: dict[int, Trajectory]) -> str:
    """Every step of every trajectory, in full precision."""
    file = io.StringIO()
    writer = csv.writer(file)
    names = axis_names(experiment)
    lines = headed(runs_on(experiment.surface.dimension))
    heads = [_heads(heading, line, names) for heading, line in lines.items()]
    writer.writerow(["optimizer", "step", *names, *(head for group in heads for head in group)])
    for number, trajectory in trajectories.items():
        label, run = lane_label(experiment, number), Run(experiment.of_lane(number), number, trajectory)
        columns = [part.tolist() for line in lines.values() for part in np.atleast_2d(line.of(run).T)]
        for step, (point, *values) in enumerate(zip_longest(trajectory.params.tolist(), *columns, fillvalue="")):
            writer.writerow([label, step, *point, *values])
    return file.getvalue()


def _heads(heading: str, line: Any, names: list[str]) -> list[str]:
    """Over the columns of a curve: one, or one for each coordinate."""
    return [f"{heading}_{name}" for name in names] if getattr(line, "each", False) else [heading]


def share_pair(races: Sequence[Experiment]) -> None:
    """Two races from one start: a script that runs both; their numbers are saved beside the clock."""
    share(
        "classification", races[0].to_link(), lambda: "\n\n".join(race.to_python() for race in races),
        f"{text('share.python')}. {text('share.python_note')}",
    )  # fmt: skip


def share_points(experiment: Experiment, study: Study) -> None:
    """Critical points: a script that finds them again, and the list of them."""
    share(
        "critical_points", "&".join(filter(None, (experiment.to_link(), study.to_link()))),
        lambda: script_of(experiment, study), f"{text('share.python_points')}. {text('share.python_note_points')}",
        lambda: points_csv(experiment, study), there=True,
    )  # fmt: skip


def script_of(experiment: Experiment, study: Study) -> str:
    """A script that prints all critical points of the surface, and the point that is looked at."""
    chosen = experiment.landscape
    place = tuple(map(float, looked_at(chosen, study).point))
    return (
        '"""Critical points with Descent Lab; run it in the folder of the repository."""\n\n'
        "from engine import critical_points\n"
        "from engine import inspect\n\n"
        f"surface, knobs = {chosen.name!r}, {chosen.numbers!r}\n"
        "for point in critical_points(surface, **knobs):\n"
        "    print(point.kind, point.point, point.loss, point.eigenvalues)\n"
        f"print(inspect(surface, {place!r}, tolerance={study.tolerance!r}, **knobs))\n"
    )


def points_csv(experiment: Experiment, study: Study) -> str:
    """Every isolated critical point, one per row, in full precision; then the points of valleys, and tips and edges."""
    file = io.StringIO()
    writer = csv.writer(file)
    width, names = experiment.surface.dimension, axis_names(experiment)
    numbered = [f"eigenvalue_{axis + 1}" for axis in range(width)]
    vectors = [f"eigenvector_{axis + 1}_{name}" for axis in range(width) for name in names]
    head = ["kind", *names, "loss", "gradient_norm", "positive", "zero", "negative", "tolerance", "condition"]
    writer.writerow([*head, *numbered, *vectors])
    critical = found_on(experiment.landscape)
    for point in critical.points:
        verdict = judged(point, study.tolerance or point.tolerance)
        signs = [verdict.positive, verdict.zero, verdict.negative]
        numbers = [verdict.loss, verdict.gradient_norm, *signs, verdict.tolerance, verdict.condition]
        turned = verdict.eigenvectors.T.ravel().tolist()
        row = [*verdict.point.tolist(), *numbers, *verdict.eigenvalues.tolist(), *turned]
        writer.writerow([verdict.kind, *row])
    for valley in critical.valleys:
        for place in valley.points.tolist():
            writer.writerow([f"valley: {valley.kind}", *place, valley.loss])
    for kink in critical.kinks:
        writer.writerow([f"not smooth: {kink.kind}", *kink.point.tolist(), kink.loss])
    return file.getvalue()


def formulas(experiment: Experiment) -> None:
    """Surface, rules and schedules as formulas, each with its source."""
    fold = st.expander(text("share.formulas"), key="formulas", on_change="rerun")
    if not fold.open:
        return
    with fold:
        surface = experiment.surface
        entry(surface.name, surface.about, rf"L = {surface.formula}", surface.source)
        st.markdown(text("share.summary_rule"))
        st.latex(r"\theta_{t+1} \leftarrow \theta_t - \frac{\eta_t}{\sigma_t}\, m_t")
        rules = {racer.optimizer.name: racer.rule for racer in experiment.lanes}
        plans = {racer.schedule.name: racer.timetable for racer in experiment.lanes}
        records: list[Any] = [*rules.values(), *plans.values()]
        for record in records:
            entry(record.name, record.about, record.formula, record.source)
