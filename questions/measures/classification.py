"""Classification: slopes, likelihoods, boundaries and features."""

from functools import partial

import numpy as np

from datasets import DATASETS
from engine.curvature.points import inspect
from engine.measures.layer_gradients import logit_gradient
from engine.measures.logistic import boundaries, likelihood
from engine.measures.xor_features import distances, separated
from engine.surfaces.experiment import on_surface
from lessons.base import Stage
from questions.base import short
from questions.measures.base import PER_CENT, Number, Told, on, scale
from records import Words
from settings.classification import PAIR, Classification

FAR = DATASETS["two_gaussians_and_far_points"]
XOR = DATASETS["xor"]


def _slopes(stage: Stage, _: Classification) -> tuple[float | None, Told]:
    """Of both surfaces at the start."""
    assert stage.experiment is not None
    alike = stage.experiment.alike
    both = [on_surface(alike, name).landscape for name in PAIR]
    squared, entropy = (inspect(each.name, alike.start, **each.numbers).gradient_norm for each in both)
    return (float(entropy / squared) if squared > 0 else None), {"squared": float(squared), "entropy": float(entropy)}


def _start(stage: Stage, _: Classification) -> Told:
    assert stage.experiment is not None
    x, y = stage.experiment.alike.start
    return {"x": float(x), "y": float(y)}


def _softmax(_: Stage, asked: Classification) -> tuple[float, Told]:
    found = logit_gradient([asked.s1, asked.s2, asked.s3], 0)
    return 100 * float(found.probabilities[0]), {"second": 100 * float(found.probabilities[1])}


def _entropy(_: Stage, asked: Classification) -> tuple[float, Told]:
    found = likelihood(asked.fit_w, asked.fit_b)
    return float(found.entropies.mean()), {"product": float(np.prod(found.own))}


def _far(_: Stage, asked: Classification) -> tuple[dict[str, float], dict[str, int]]:
    """Of both lines: by how many degrees they are turned against the upright one, and how many points they miss."""
    data = FAR.make(far=asked.far)
    lines = boundaries(data.inputs, data.targets)._asdict()
    turns = {name: abs(float(np.degrees(np.arctan2(up, across)))) for name, (across, up, _) in lines.items()}
    sides = {name: data.inputs @ line[:2] + line[2] > 0 for name, line in lines.items()}
    return turns, {name: int(np.sum(side != (data.targets == 1))) for name, side in sides.items()}


def _turned(stage: Stage, asked: Classification) -> tuple[float, Told]:
    turns, _ = _far(stage, asked)
    return turns["least_squares"], {"other": turns["logistic"]}


def _missed(stage: Stage, asked: Classification) -> tuple[float, Told]:
    _, missed = _far(stage, asked)
    return float(missed["least_squares"]), {"other": missed["logistic"]}


def _xor(by_hand: bool, _: Stage, asked: Classification) -> tuple[float, Told]:
    data = XOR.make(noise=asked.xor_noise)
    side = data.targets.astype(np.int64)
    plane, hand = (separated(each, side).right for each in (data.inputs, distances(data.inputs)))
    return 100 * (hand if by_hand else plane), {"other": 100 * (plane if by_hand else hand)}


NUMBERS = {
    "slope_ratio": Number(
        on(Classification, top="pair"),
        Words("Softmax of three logits at the start ({x}, {y}): how many times longer is the gradient of "
              "cross-entropy than that of the squared error?",
              "三个 logit 的 softmax，在起点 ({x}, {y}) 处：交叉熵的梯度长度是平方误差的多少倍？"),
        Words("‖∇L‖ is {entropy} with cross-entropy and {squared} with the squared error.",
              "‖∇L‖ 在交叉熵是 {entropy}，在平方误差是 {squared}。"),
        scale(1e-2, 1e7, "×", log=True), _slopes, _start, lacks=True,
    ),
    "softmax": Number(
        on(Classification, top="why", why="softmax"),
        Words("Logits {logits}: how many per cent does softmax give the first class?",
              "logit 为 {logits}：softmax 给第一类百分之几？"),
        Words("{truth} %, and {second} % to the second.", "{truth}%，第二类 {second}%。"),
        PER_CENT, _softmax,
        lambda _, asked: {"logits": f"({short(asked.s1)}, {short(asked.s2)}, {short(asked.s3)})"},
    ),
    "entropy": Number(
        on(Classification, top="why", why="likelihood"),
        Words("Logistic regression with w = {w}, b = {b} on eight examples: what is their mean cross-entropy? "
              "The answer ½ for all would have 0.693.",
              "八个样本上的逻辑回归，w = {w}、b = {b}：平均交叉熵是多少？对谁都答 ½ 是 0.693。"),
        Words("It is {truth}; the product of the probabilities of what was seen is {product}.",
              "是 {truth}；观测到的结果的概率之积是 {product}。"),
        scale(0.001, 100, log=True), _entropy, lambda _, asked: {"w": short(asked.fit_w), "b": short(asked.fit_b)},
    ),
    "turned": Number(
        on(Classification, top="why", why="far"),
        Words("Two classes that a line separates; points far out on their own side: {far}. By how many degrees "
              "is the boundary of least squares turned from upright?",
              "一条直线分得开的两类，{far} 个点在自己一侧的远处。最小二乘的边界偏离竖直方向多少度？"),
        Words("{truth}°; that of logistic regression {other}°.", "{truth}°；逻辑回归的是 {other}°。"),
        scale(0, 90, "°"), _turned, lambda _, asked: {"far": asked.far},
    ),
    "missed": Number(
        on(Classification, top="why", why="far"),
        Words("Two classes that a line separates; points far out on their own side: {far}. How many points does "
              "least squares get wrong?",
              "一条直线分得开的两类，{far} 个点在自己一侧的远处。最小二乘会判错几个点？"),
        Words("{truth}; logistic regression {other}.", "{truth} 个；逻辑回归 {other} 个。"),
        scale(0, 50, whole=True), _missed, lambda _, asked: {"far": asked.far},
    ),
    "xor_by_hand": Number(
        on(Classification, top="why", why="xor"),
        Words("The features are now the distances to (0, 0) and (1, 1): how many per cent does the line of "
              "logistic regression get right?",
              "特征改成到 (0, 0) 与 (1, 1) 的距离：逻辑回归的直线答对百分之几？"),
        Words("{truth} %; in the plane itself {other} %.", "{truth}%；在原来的平面里是 {other}%。"),
        PER_CENT, partial(_xor, True),
    ),
    "xor_in_the_plane": Number(
        on(Classification, top="why", why="xor"),
        Words("XOR in the plane of its two inputs: how many per cent does the line of logistic regression get right?",
              "异或，就在两个输入的平面里：逻辑回归的直线答对百分之几？"),
        Words("{truth} %; with the distances to two corners {other} %.", "{truth}%；用到两个角的距离是 {other}%。"),
        PER_CENT, partial(_xor, False),
    ),
}  # fmt: skip
