"""Critical points: how many there are, and what a push away from one does."""

from dataclasses import replace

from engine.surfaces.escape import step_out, way_out
from engine.surfaces.study import found_on, looked_at, usual_push
from landscapes import LANDSCAPES
from lessons.base import Stage
from questions.base import Choice
from questions.measures.base import Number, Pick, Told, on, scale
from records import Words
from settings.critical_points import CriticalPoints

MANY = 20.0
FALLS, RISES, LEVEL = (
    Choice("falls", Words("It falls", "下降")),
    Choice("rises", Words("It rises", "上升")),
    Choice("level", Words("It stays as it is", "不变")),
)


def _counts(stage: Stage) -> dict[str, int]:
    assert stage.experiment is not None
    kinds = [point.kind for point in found_on(stage.experiment.landscape).points]
    return {kind: kinds.count(kind) for kind in ("minimum", "saddle", "maximum", "degenerate")}


def _told(stage: Stage) -> Told:
    counts = _counts(stage)
    return {
        "minima": counts["minimum"],
        "saddles": counts["saddle"],
        "maxima": counts["maximum"],
        "undecided": counts["degenerate"],
    }


def _saddles(stage: Stage, _: CriticalPoints) -> tuple[float, Told]:
    return float(_counts(stage)["saddle"]), _told(stage)


def _minima(stage: Stage, _: CriticalPoints) -> tuple[float, Told]:
    return float(_counts(stage)["minimum"]), _told(stage)


def _pushed(stage: Stage, _: CriticalPoints) -> tuple[list[str], Told]:
    """Along the eigenvector of the lowest eigenvalue, or along −g on a slope."""
    experiment, study = stage.experiment, stage.study
    assert experiment is not None and study is not None
    knobs = experiment.landscape.numbers
    point = looked_at(experiment.landscape, replace(study, tolerance=None))
    out = way_out(point)
    direction = point.eigenvectors[:, 0] if out is None else out
    reach = study.reach or usual_push(experiment.surface, point, **knobs)
    step = step_out(LANDSCAPES[experiment.landscape.name], point, direction, reach, **knobs)
    flat = abs(point.eigenvalues[0]) <= point.tolerance and point.kind != "sloped"  # then H does not say
    keys = [choice.key for choice in (FALLS, RISES, LEVEL)] if flat else ["falls" if step.change < 0 else "rises"]
    return keys, {"lowest": float(point.eigenvalues[0]), "change": step.change, "reach": reach}


def _is_flat(stage: Stage) -> bool:
    """At a critical point of a smooth place, of which somebody has said which."""
    return on(CriticalPoints)(stage) and bool(stage.study and stage.study.point is not None and stage.experiment)


NUMBERS = {
    "saddles": Number(
        on(CriticalPoints),
        Words("How many isolated points of this window does H call a saddle?",
              "这个窗口里有多少个孤立的点被 H 判为鞍点？"),
        Words("Saddles: {saddles}, minima: {minima}, maxima: {maxima}, undecided: {undecided}.",
              "鞍点 {saddles} 个，极小 {minima} 个，极大 {maxima} 个，无法判定的 {undecided} 个。"),
        scale(0, MANY, whole=True), _saddles,
    ),
    "minima": Number(
        on(CriticalPoints),
        Words("How many isolated points of this window does H call a minimum?",
              "这个窗口里有多少个孤立的点被 H 判为极小？"),
        Words("Minima: {minima}, saddles: {saddles}, maxima: {maxima}, undecided: {undecided}.",
              "极小 {minima} 个，鞍点 {saddles} 个，极大 {maxima} 个，无法判定的 {undecided} 个。"),
        scale(0, MANY, whole=True), _minima,
    ),
}  # fmt: skip
PICKS = {
    "pushed": Pick(
        _is_flat,
        Words("Push the marked point a little along the eigenvector of the lowest eigenvalue: what does the loss do?",
              "把标出的点沿最小特征值的特征向量推一点：损失会怎样？"),
        Words("The lowest eigenvalue is {lowest}; a push by {reach} changes the loss by {change}.",
              "最小特征值是 {lowest}；推 {reach}，损失变化 {change}。"),
        lambda stage, asked: (FALLS, RISES, LEVEL), _pushed,
    ),
}  # fmt: skip
