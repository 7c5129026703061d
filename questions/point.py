"""What kind of point is looked at: ``point``."""

from engine.surfaces.study import looked_at
from lessons.base import Stage
from questions.base import Answer, Asked, Choice, Kind, Unclear, filled, short
from questions.guesses import chosen
from questions.runs import where
from records import Words

KINDS = (
    Choice("minimum", Words("A minimum", "最小值")),
    Choice("saddle", Words("A saddle", "鞍点")),
    Choice("maximum", Words("A maximum", "最大值")),
    Choice("degenerate", Words("The eigenvalues do not decide", "特征值无法判定")),
    Choice("sloped", Words("No critical point", "不是临界点")),
)
WHY = {
    "minimum": Words("All eigenvalues of H are positive: {eigenvalues}.", "H 的特征值全为正：{eigenvalues}。"),
    "maximum": Words("All eigenvalues of H are negative: {eigenvalues}.", "H 的特征值全为负：{eigenvalues}。"),
    "saddle": Words("H has eigenvalues of both signs: {eigenvalues}.", "H 的特征值有正有负：{eigenvalues}。"),
    "degenerate": Words(
        "An eigenvalue counts as 0, and the others do not decide: {eigenvalues}.",
        "有特征值算作 0，其余的不能判定：{eigenvalues}。",
    ),
    "sloped": Words("The gradient is not 0 there: its length is {slope}.", "那里的梯度不为零，长度是 {slope}。"),
    "not smooth": Words(
        "The surface has a kink there, where H means nothing.", "曲面在那里有折角，H 没有意义。"
    ),
}  # fmt: skip


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    return ((),) if stage.study and stage.experiment and stage.study.point is not None else ()


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    del parts
    place = _place(stage)
    told = Words("({place})", "({place})")
    says = filled(
        Words("What is the point {at}?", "点 {at} 是什么？"), at=filled(told, place=", ".join(map(short, place)))
    )
    assert stage.experiment is not None
    shown = {**where(stage.experiment.alike, 0), "start": list(place)} if len(place) == 2 else None
    return Asked("choice", says, KINDS, where=shown)  # type: ignore[arg-type]


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    del parts
    _place(stage)
    assert stage.experiment is not None and stage.study is not None
    point = looked_at(stage.experiment.landscape, stage.study)
    told = filled(
        WHY[point.kind],
        eigenvalues=", ".join(short(float(value)) for value in point.eigenvalues),
        slope=short(float(point.gradient_norm)),
    )
    right = "degenerate" if point.kind == "not smooth" else point.kind
    return Answer([right], told)


def _place(stage: Stage) -> tuple[float, ...]:
    if not (stage.experiment and stage.study and stage.study.point is not None):
        raise Unclear("no point is looked at here", "这里没有选定的点")
    return stage.study.point


KIND = Kind(
    name=Words("What is this point", "这是什么点"),
    offered=offered,
    asked=asked,
    answered=answered,
    worth=chosen,
)
