"""Gradients: how much of them comes through, how well differences agree, and what going back needs."""

from dataclasses import replace
from functools import lru_cache
from math import isqrt
from typing import Any

import numpy as np

from activations import ACTIVATIONS
from engine.measures.differences import DISTANCES, gradient_check
from engine.measures.layer_gradients import VARIANTS, layer_gradients, logit_gradient
from engine.measures.matrix_form import matrix_form
from engine.measures.remembered import remembered
from engine.networks.experiment import NetworkExperiment, usual_lanes
from engine.networks.network import initial, initials
from lessons.base import Stage
from questions.base import Choice, short
from questions.measures.base import Number, Ranking, Told, on, scale
from questions.runs import trainings
from records import Words
from settings.gradients import Gradients

SEEDS = 8  # whose median is drawn
COMPARED = ("sigmoid", "tanh", "relu")
WAYS = {
    "plain": Words("plain layers", "普通的层"),
    "batch": Words("batch normalisation", "批归一化"),
    "layer": Words("layer normalisation", "层归一化"),
    "residual": Words("residual connections", "残差连接"),
}
MOST = 24.0  # powers of ten


@lru_cache(maxsize=64)
def _reach(net: NetworkExperiment, depth: int, of: str, activation: str, variant: str) -> float:
    """What of the last layer's gradient is there at the first one, before any update, as on the page."""
    deep = replace(net, depth=depth, kernel=0, batch=0, dropout=0.0, lanes=usual_lanes(), steps=1, seeds=1)
    deep = replace(deep, **VARIANTS[variant])
    network = replace(deep.architecture, activation=activation)
    thetas = initials(network, range(deep.seed, deep.seed + SEEDS), deep.scheme, deep.scale)
    return layer_gradients(network, deep.criterion, deep.classes, thetas, *deep.examples.train[:2]).reach(of)


def _reached(stage: Stage, asked: Gradients, activation: str, variant: str) -> float:
    assert stage.net is not None
    return _reach(stage.net, asked.layers, asked.norms, activation, variant)


def _lost_powers(stage: Stage, asked: Gradients) -> tuple[float, Told]:
    reach = _reached(stage, asked, "sigmoid", "plain")
    return float(np.clip(-np.log10(reach), 0.0, MOST)) if reach > 0 else MOST, {"reach": reach, "quarter": 0.25}


def _by_activation(stage: Stage, asked: Gradients) -> list[float]:
    return [_reached(stage, asked, activation, "plain") for activation in COMPARED]


def _by_way(stage: Stage, asked: Gradients) -> list[float]:
    return [_reached(stage, asked, "sigmoid", variant) for variant in VARIANTS]


@lru_cache(maxsize=8)
def _errors(net: NetworkExperiment, after: bool) -> Any:
    alone = replace(net, lanes=tuple(racer for racer in net.lanes if racer.shown)[:1], seeds=1, dropout=0.0)
    if after:
        theta = trainings(alone)[0].training.final[0, 0]
    else:
        alone = replace(alone, lanes=usual_lanes()[:1], steps=1, batch=0)
        theta = initial(alone.architecture, alone.seed, alone.scheme, alone.scale)
    examples = alone.examples.train
    return gradient_check(
        alone.surface()[0], theta, DISTANCES, "float64",
        inputs=examples.inputs, targets=examples.targets, decay=alone.decay,
    )[1]  # fmt: skip


def _best_distance(stage: Stage, asked: Gradients) -> tuple[float | None, Told]:
    assert stage.net is not None
    errors = _errors(stage.net, asked.after)
    if not np.isfinite(errors).any():
        return None, {}
    best = int(np.nanargmin(np.where(np.isfinite(errors), errors, np.nan)))
    return float(DISTANCES[best]), {"error": float(errors[best]), "small": float(errors[0]), "large": float(errors[-1])}


def _right_logit(_: Stage, asked: Gradients) -> tuple[float, Told]:
    place = int(asked.right) - 1
    found = logit_gradient([asked.z1, asked.z2, asked.z3], place)
    return float(found.gradient[place]), {"chance": float(found.probabilities[place])}


def _entries(_: Stage, asked: Gradients) -> tuple[float, Told]:
    found = matrix_form(asked.rows, asked.theta_seed)
    (n, across), classes = found.x.shape, found.shares.shape[1]
    return float(found.gradient.size), {"n": n, "across": across, "classes": classes}


def _kept(_: Stage, asked: Gradients) -> tuple[float, Told]:
    found = remembered(int(asked.memory_depth))
    return found.peak[0] / found.peak[2], {"all": float(found.peak[0]), "segments": float(found.peak[2])}


def _layers(_: Stage, asked: Gradients) -> Told:
    return {"layers": asked.layers}


THROUGH, CHECK = on(Gradients, part="depth"), on(Gradients, part="check")
NUMBERS = {
    "lost_powers": Number(
        THROUGH,
        Words("{layers} plain sigmoid layers: by how many powers of ten does the gradient shrink from the last layer "
              "to the first?",
              "{layers} 层普通的 sigmoid：从最后一层传到第一层，梯度缩小了几个数量级（10 的几次方）？"),
        Words("{reach} of it is left at the first layer, the median of 8 seeds.",
              "到第一层只剩 {reach}（8 个种子的中位数）。"),
        scale(0, MOST), _lost_powers, _layers,
    ),
    "best_distance": Number(
        CHECK,
        Words("(L(θ + h) − L(θ − h))/2h: with which h is it nearest to the gradient, in 64 bits?",
              "(L(θ + h) − L(θ − h))/2h：在 64 位精度下，h 取多少时离梯度最近？"),
        Words("With h = {truth} the relative error is {error}; with h = 10⁻¹² it is {small}, with h = 1 {large}.",
              "h = {truth} 时相对误差是 {error}；h = 10⁻¹² 时是 {small}，h = 1 时是 {large}。"),
        scale(1e-12, 1, "", log=True), _best_distance,
    ),
    "right_logit": Number(
        CHECK,
        Words("Logits {logits}, class {right} is right: what is ∂L/∂z of the right class?",
              "logit 为 {logits}，正确的是第 {right} 类：正确类的 ∂L/∂z 是多少？"),
        Words("softmax gives it {chance}, and {chance} − 1 is {truth}.",
              "softmax 给它 {chance}，{chance} − 1 就是 {truth}。"),
        scale(-1, 1), _right_logit,
        lambda _, asked: {"logits": f"({short(asked.z1)}, {short(asked.z2)}, {short(asked.z3)})", "right": asked.right},
    ),
    "entries": Number(
        on(Gradients, part="matrices"),
        Words("{rows} examples of 4 features and a bias, 3 classes: how many numbers has the gradient Xᵀ(S − I)/n?",
              "{rows} 个样本，各有 4 个特征和一个偏置，3 个类别：梯度 Xᵀ(S − I)/n 有多少个数？"),
        Words("Xᵀ is {across} × {n} and S − I is {n} × {classes}: the product has {truth} numbers, one a weight, "
              "however many examples there are.",
              "Xᵀ 是 {across} × {n}，S − I 是 {n} × {classes}：乘积有 {truth} 个数，每个权重一个，与样本数无关。"),
        scale(1, 100, whole=True), _entries, lambda _, asked: {"rows": asked.rows},
    ),
    "kept": Number(
        on(Gradients, part="memory"),
        Words("{depth} layers: how many times fewer numbers are there at once if only what enters "
              "stretches of {side} layers is kept?",
              "{depth} 层：如果只保留每段 {side} 层的输入，最多同时存放的数会少多少倍？"),
        Words("All: {all} numbers; in segments: {segments}.",
              "全部保留：{all} 个数；分段：{segments} 个。"),
        scale(1, 100, "×", log=True), _kept,
        lambda _, asked: {"depth": asked.memory_depth, "side": isqrt(int(asked.memory_depth))},
    ),
}  # fmt: skip
RANKINGS = {
    "reach_by_activation": Ranking(
        THROUGH,
        Words("{layers} plain layers, before any update: with which activation does most of the gradient reach the "
              "first layer?",
              "{layers} 层普通的层，尚未更新：用哪种激活函数，传到第一层的梯度比例最大？"),
        Words("{layers} plain layers: order the activations by the share of the gradient that reaches the first "
              "layer, the smallest first.",
              "{layers} 层普通的层：按传到第一层的梯度比例，把激活函数从小到大排序。"),
        Words("At the first layer, in units of the last one's: {list}.", "第一层与最后一层之比：{list}。"),
        lambda _, asked: tuple(Choice(name, ACTIVATIONS[name].name) for name in COMPARED), _by_activation, high=True,
        told=_layers,
    ),
    "reach_by_way": Ranking(
        THROUGH,
        Words("{layers} sigmoid layers, before any update: which way to build them brings most of the gradient "
              "to the first layer?",
              "{layers} 层 sigmoid，尚未更新：哪种构造让传到第一层的梯度比例最大？"),
        Words("{layers} sigmoid layers: order the ways to build them by the share of the gradient that reaches the "
              "first layer, the smallest first.",
              "{layers} 层 sigmoid：按传到第一层的梯度比例，把各种构造从小到大排序。"),
        Words("At the first layer, in units of the last one's: {list}.", "第一层与最后一层之比：{list}。"),
        lambda _, asked: tuple(Choice(name, said) for name, said in WAYS.items()), _by_way, high=True, told=_layers,
    ),
}  # fmt: skip
