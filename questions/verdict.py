"""What is the matter with a training: the box that lights up on Diagnosis, ``verdict~1`` of lane 1."""

import numpy as np

from engine.measures.diagnosis import diagnose, ends
from engine.networks.objective import constant_loss
from engine.networks.together import Learned
from engine.networks.verdict import commonest
from lessons.base import Stage
from questions.base import Answer, Asked, Choice, Kind, Unclear, filled, lane, told
from questions.guesses import chosen
from questions.runs import lane_in, lanes_of, trainings
from records import Words
from settings.diagnosis import Diagnosis

BOXES = (
    Choice("bias", Words("Model bias: too small or too constrained", "模型偏差：太小或限制太多")),
    Choice("optimisation", Words("Optimisation: better parameters exist", "优化问题：存在更好的参数")),
    Choice("undecided", Words("What is shown does not tell which of these two", "仅凭这些分不清是前两者中的哪个")),
    Choice("overfitting", Words("Overfitting: these examples are learned by heart", "过拟合：把样本背了下来")),
    Choice("mismatch", Words("Mismatch: the tests come from elsewhere", "分布不一致：测试来自别处")),
    Choice("fine", Words("Nothing: both losses are small", "没有问题：两种损失都小")),
)
SAYS = Words(
    "Once everything here is trained, compare the losses: what will be the matter with {who}?",
    "这里全部训练完之后，比较各个损失：{who} 的问题会是什么？",
)
TRAINED = Words(
    "Training loss {train}; the best constant answer has {constant}.",
    "训练损失 {train}；最佳常数答案的损失是 {constant}。",
)
TESTED = Words(
    "Training loss {train}, test loss {test}; the best constant answer has {constant}.",
    "训练损失 {train}，测试损失 {test}；最佳常数答案的损失是 {constant}。",
)


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    return tuple((str(number),) for number in lanes_of(stage)) if _guided(stage) else ()


def _guided(stage: Stage) -> bool:
    return isinstance(stage.settings, Diagnosis) and stage.settings.races


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    return Asked("choice", filled(SAYS, who=lane(_lane(stage, parts))), BOXES)


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    number, net = _lane(stage, parts), stage.net
    assert net is not None
    lanes = trainings(net)
    found = [ends(each) for each in lanes]
    place = [each.number for each in lanes].index(number)
    findings = diagnose(lanes, found, _falls, net.large, net.gap)[place]
    end = found[place]
    values = {"train": float(end.train[1]), "test": float(end.test[1]), "constant": float(end.constant)}
    why = filled(TRAINED if np.isnan(end.test[1]) else TESTED, **told(values))
    return Answer([finding.box for finding in findings], why)


def _falls(each: Learned) -> bool:
    """Whether the objective still falls, as the page asks it."""
    net = each.net
    constant = constant_loss(net.criterion, net.classes, net.architecture.outputs, net.held.train.targets)
    return commonest(each.training, each.lane, constant, net.surface()).verdict.kind == "falls"


def _lane(stage: Stage, parts: tuple[str, ...]) -> int:
    if not _guided(stage):
        raise Unclear("no training is judged here", "这里不评判训练")
    return lane_in(stage, "".join(parts[:1]))


KIND = Kind(
    name=Words("What is the matter", "出了什么问题"), offered=offered, asked=asked, answered=answered, worth=chosen
)
