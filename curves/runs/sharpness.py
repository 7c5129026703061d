"""The largest curvature that a rule feels, and up to which one it is stable."""

from curves.base import Curve, Line, Run
from engine.arrays import Floats
from engine.surfaces.stability import limits_along, sharpness_along
from records import Words


def sharpness(run: Run) -> Floats:
    return sharpness_along(run.experiment.surface, run.trajectory, **run.experiment.landscape.numbers)


def stability_limit(run: Run) -> Floats:
    racer = run.experiment.lanes[run.number]
    return limits_along(racer.rule, run.trajectory, **racer.optimizer.numbers)


CURVE = Curve(
    name=Words("sharpness λmax", "锐度 λmax"),
    of=sharpness,
    chart="rate",
    hint=Words(
        "The largest curvature that each rule feels: the top eigenvalue of the Hessian H, of H divided by σ for "
        "adaptive rules. Dashed: up to where the rule is stable; above it, steps overshoot more and more. It rises "
        "when the learning rate falls, and in Adam's first steps. A mark shows where the curve last rose above it.",
        "每条规则感受到的最大曲率：Hessian 矩阵 H 的最大特征值；自适应规则则是 H 除以 σ 之后的。"
        "虚线：该规则的稳定上限，超过它，每一步都会越冲越远；学习率下降时、以及 Adam 的头几十步里，上限会升高。"
        "标记是曲线最近一次越过上限的地方。",
    ),
    short=Words("λmax", "λmax"),
    heading="sharpness",
    log=True,
    signed=True,
    late=True,
    limit=Line(key="limit", name=Words("stability limit", "稳定上限"), of=stability_limit, heading="stability_limit"),
    place=4,
)
