"""Normalisation: how many days, lines, points and updates it takes, and what a norm within a network changes."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from datasets import DATASETS
from engine.arrays import Floats
from engine.link import choice
from engine.measures import cases, enumeration, windows
from engine.measures.conditioning import Bowl, bowl, curvature, typical
from engine.networks.experiment import NetworkExperiment, usual_rate
from engine.networks.network import initial
from engine.networks.objective import objective
from engine.networks.training import finish, train
from engine.surfaces.experiment import lane
from lessons.base import Stage
from normalisations import NORMALISATIONS
from optimizers import OPTIMIZERS
from questions.base import Choice, short
from questions.measures.base import Number, Ranking, Told, of_network, on, scale
from records import Words
from settings.normalisation import NORMS, Normalisation

WEIGHTS = 5  # of the model that is tried on a grid and descended on
CASES = 90  # examples of several kinds, as on the page
SHARE = 0.01  # of the way that may be left
SEEDS = 8  # of networks, whose median is drawn


def _best_window(_: Stage, asked: Normalisation) -> tuple[float, Told]:
    series = windows.daily_views(asked.days, asked.past_noise)
    found = windows.windowed(series, asked.past)
    best = int(np.argmin(found.test))
    return best + 1.0, {"error": float(found.test[best]), "one": float(found.test[0])}


def _own_lines(_: Stage, asked: Normalisation) -> tuple[float, Told]:
    given = cases.examples(CASES, asked.cases_noise)
    one, own = (cases.fitted(model, given).test for model in ("one", "own"))
    return (one / own if own > 0 else np.inf), {"one": one, "own": own}


def _descent(_: Stage, asked: Normalisation) -> tuple[float, Told]:
    found = enumeration.raced(WEIGHTS, asked.per_axis)
    return float(found.steps), {"points": int(found.points), "gradient": enumeration.GRADIENT}


def _linear(net: NetworkExperiment) -> NetworkExperiment:
    """The data of a linear model; where there are classes, those that stand in on the page."""
    return net if not net.classes else replace(net, data=choice(DATASETS, "unequal_features", ratio=10.0))


def _raw(net: NetworkExperiment) -> Bowl:
    """Its surface on raw features."""
    return bowl(*replace(_linear(net), standardise=0).examples.train[:2])


def _scales(stage: Stage, _: Normalisation) -> Told:
    assert stage.net is not None
    data = _linear(stage.net).data
    return {"data": DATASETS[data.name].name, "ratio": data.numbers.get("ratio", float("nan"))}


def _condition(stage: Stage, _: Normalisation) -> tuple[float, Told]:
    assert stage.net is not None
    found = _raw(stage.net)
    return found.condition, {"low": float(found.ends[0]), "high": float(found.ends[1])}


def _updates(stage: Stage, _: Normalisation) -> tuple[float, Told]:
    assert stage.net is not None
    found = _raw(stage.net)
    return float(found.updates_to(SHARE)), {"condition": found.condition}


# ---- layers ----------------------------------------------------------------------------------------------------------


def _norms(_: Stage, asked: Normalisation) -> tuple[Choice, ...]:
    return tuple(Choice(norm, NORMALISATIONS[norm].short) for norm in NORMS[asked.norm_place])


def _rate(asked: Normalisation) -> float:
    return float(asked.norm_rate or f"{usual_rate(OPTIMIZERS[asked.norm_rule]):g}")


def _variants(stage: Stage, asked: Normalisation) -> list[NetworkExperiment]:
    assert stage.net is not None
    racer = lane(asked.norm_rule, learning_rate=_rate(asked))
    return [replace(stage.net, norm=norm, seeds=SEEDS, lanes=(racer,)) for norm in NORMS[asked.norm_place]]


@lru_cache(maxsize=32)
def _end(variant: NetworkExperiment) -> float:
    """The median over the seeds of what is descended on, at the end; infinite where most have diverged."""
    parts = variant.examples
    plan = replace(variant.plan, rows=2, dtype="float32")
    return float(typical(finish(train(plan, *parts.train[:2], *parts.test[:2])).objective)[0, -1])


def _ends(stage: Stage, asked: Normalisation) -> list[float]:
    return [_end(variant) for variant in _variants(stage, asked)]


def _sharpness(stage: Stage, asked: Normalisation) -> list[float]:
    """λmax at the first weights."""
    found = []
    for variant in _variants(stage, asked):
        examples = variant.examples.train
        data: dict[str, Any] = {"inputs": examples.inputs, "targets": examples.targets, "decay": variant.decay}
        theta: Floats = initial(variant.architecture, variant.seed, variant.scheme, variant.scale)
        make = objective(variant.architecture, variant.criterion, variant.classes)
        found.append(curvature(make, theta, **data).sharpness)
    return found


NUMBERS = {
    "best_window": Number(
        on(Normalisation, linear="window"),
        Words("A linear model predicts tomorrow's views of a channel from those of past days. With how many days is "
              "its test error lowest?",
              "线性模型用过去若干天的观看数预测明天的。用多少天时，测试误差最低？"),
        Words("With {truth} days the test error is {error}; with one day it is {one}.",
              "用 {truth} 天时测试误差是 {error}；只用一天时是 {one}。"),
        scale(1, windows.LONGEST, whole=True), _best_window,
    ),
    "own_lines": Number(
        on(Normalisation, linear="cases"),
        Words("Three kinds of examples, each around a line of its own. How many times larger is the test error "
              "of one line for all than of a line for each?",
              "三种样本，各在自己的直线附近。共用一条直线，测试误差是各用一条的多少倍？"),
        Words("One line for all: {one}; a line for each kind: {own}.", "共用一条：{one}；各用一条：{own}。"),
        scale(0.1, 1000, "×", log=True), _own_lines,
    ),
    "descent": Number(
        on(Normalisation, linear="grid"),
        Words("A grid tries {grid} values of each of 5 weights. After how many steps is a descent as low, "
              "or as low as the noise lets it, where the grid is too large to try?",
              "网格对 5 个权重各试 {grid} 个值。下降要多少步才一样低（网格大到试不完时，则到噪声所允许的程度）？"),
        Words("The grid has {points} points; the descent takes {truth} steps.",
              "网格有 {points} 个点；下降只要 {truth} 步。"),
        scale(1, enumeration.STEPS, log=True, whole=True), _descent, lambda _, asked: {"grid": asked.per_axis},
    ),
    "condition": Number(
        on(Normalisation, linear="scale", first="features"),
        Words("{data}, one scale {ratio} times the other: what is the condition number κ of the surface of a linear "
              "model on the raw features?",
              "{data}，一个尺度是另一个的 {ratio} 倍：用原始特征的线性模型，误差曲面的条件数 κ 是多少？"),
        Words("κ = λmax/λmin = {high}/{low} = {truth}.", "κ = λmax/λmin = {high}/{low} = {truth}。"),
        scale(1, 1e6, log=True), _condition, _scales,
    ),
    "raw_updates": Number(
        on(Normalisation, linear="scale", first="features"),
        Words("{data}, one scale {ratio} times the other, raw features, the best constant η: how many updates "
              "until 1 % of the way to the minimum is left?",
              "{data}，一个尺度是另一个的 {ratio} 倍；原始特征，最佳的固定 η：要多少次更新，离最小值只剩百分之一？"),
        Words("{truth} updates: κ is {condition}.", "{truth} 次：κ 是 {condition}。"),
        scale(1, 1e6, log=True, whole=True), _updates, _scales,
    ),
}  # fmt: skip
RANKINGS = {
    "norm_losses": Ranking(
        on(Normalisation, first="layers"),
        Words("{net}, η = {eta}, {steps} updates, {seeds} seeds: where does the median loss end lowest?",
              "{net}，η = {eta}，更新 {steps} 次，{seeds} 个种子：哪一种的损失中位数最后最低？"),
        Words("{net}, η = {eta}, {steps} updates, {seeds} seeds: order the final median losses, the lowest first.",
              "{net}，η = {eta}，更新 {steps} 次，{seeds} 个种子：按最后的损失中位数从低到高排序。"),
        Words("Median losses at the end: {list}.", "最后的损失中位数：{list}。"),
        _norms, _ends,
        told=lambda stage, asked: {
            "eta": short(_rate(asked)), "steps": stage.net.steps if stage.net else 0, "seeds": SEEDS,
            **of_network(stage, asked),
        },
    ),
    "norm_sharpness": Ranking(
        on(Normalisation, first="layers"),
        Words("{net}, at the first weights: which surface is most curved, by its λmax?",
              "{net}，在初始权重处：哪一种的曲面最弯（λmax 最大）？"),
        Words("{net}, at the first weights: order λmax, the smallest first.",
              "{net}，在初始权重处：按 λmax 从小到大排序。"),
        Words("λmax at the first weights: {list}.", "初始权重处的 λmax：{list}。"),
        _norms, _sharpness, high=True, told=of_network,
    ),
}  # fmt: skip
