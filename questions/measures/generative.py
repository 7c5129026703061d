"""Generative: what each model says of its examples, and of new ones."""

from typing import cast

import numpy as np

from engine.measures import shared_gradient, zero_one
from engine.measures.gaussian_classes import (
    CLOUDS,
    Examples,
    Gaussians,
    Kind,
    accuracy,
    drawn,
    fitted,
    held_out,
    log_likelihood,
    scores,
)
from engine.measures.naive_bayes import FEATURES, naive
from engine.measures.numbered_classes import around, nearest, numbered
from engine.measures.softmax_regression import logits, regression
from lessons.base import Stage
from questions.base import Choice, short
from questions.measures.base import PER_CENT, Number, Ranking, Told, on, scale
from records import Words
from settings.generative import Generative


def _denied(_: Stage, asked: Generative) -> tuple[float | None, Told]:
    counts = (asked.ones, asked.both, asked.first_only, asked.second_only, asked.neither)
    if not (counts[0] and sum(counts[1:])):
        return None, {}
    model = naive(counts)
    chance, (one, two) = model.posterior(FEATURES[0]), model.joint(FEATURES[0])
    return (None if chance is None else 100 * float(chance)), {"one": float(one), "two": float(two)}


def _staircase(_: Stage, asked: Generative) -> tuple[float, Told]:
    races = zero_one.races((asked.hill[0], asked.hill[1]), asked.pace, 60)
    moved = [race.moved("zero_one") > 0 for race in races]
    return float(sum(moved)), {"smooth": float(sum(race.moved("cross_entropy") > 0 for race in races))}


def _numbered(_: Stage, asked: Generative) -> tuple[float, Told]:
    examples = around((asked.cloud1, asked.cloud2, asked.cloud3))
    right = nearest(numbered(examples), examples.inputs) == examples.labels
    middle = right[examples.labels == 1]
    return 100 * float(right.mean()), {"middle": 100 * float(middle.mean())}


def _logistic(_: Stage, asked: Generative) -> tuple[float, Told]:
    x, y = np.array([asked.ex1, asked.ex2, asked.ex3, asked.ex4, asked.ex5]).T
    start = (asked.first_w, asked.first_b)
    found = shared_gradient.steps("logistic", x, np.clip(np.round(y), 0, 1), start, asked.stride)
    return 100 * float(found.loss[-1] / found.loss[0]), {"first": float(found.loss[0]), "last": float(found.loss[-1])}


def _examples(asked: Generative) -> Examples:
    counts = (asked.n1, asked.n2, asked.n3)[: len(CLOUDS[asked.cloud])]
    return drawn(asked.cloud, counts, asked.sample, asked.outliers, asked.wrong / 100)


def _likeliest(asked: Generative) -> Gaussians:
    return fitted(_examples(asked), len(CLOUDS[asked.cloud]), cast(Kind, asked.sigma))


def _generative(_: Stage, asked: Generative) -> tuple[float | None, Told]:
    examples = _examples(asked)
    if not len(examples.labels):
        return None, {}
    model, test = _likeliest(asked), held_out(asked.cloud)
    seen = 100 * accuracy(scores(model, examples.inputs), examples.labels)
    return 100 * accuracy(scores(model, test.inputs), test.labels), {"seen": seen}


def _clouds(_: Stage, asked: Generative) -> Told:
    return {
        "many": len(_examples(asked).labels), "clouds": len(CLOUDS[asked.cloud]), "outliers": asked.outliers,
        "wrong": asked.wrong,
    }  # fmt: skip


def _likelihood(_: Stage, asked: Generative) -> tuple[float | None, Told]:
    examples = _examples(asked)
    return (log_likelihood(_likeliest(asked), examples) if len(examples.labels) else None), {}


def _models(_: Stage, asked: Generative) -> list[float]:
    examples, test = _examples(asked), held_out(asked.cloud)
    if not len(examples.labels):
        return [np.nan, np.nan]
    said = scores(_likeliest(asked), test.inputs)
    line = logits(regression(examples, len(CLOUDS[asked.cloud])).weights, test.inputs)
    return [100 * accuracy(said, test.labels), 100 * accuracy(line, test.labels)]


NUMBERS = {
    "denied": Number(
        on(Generative, idea="tally"),
        Words("Class 1: {ones} × (1, 1). Class 2: {both} × (1, 1), {first} × (1, 0), {second} × (0, 1), {neither} × "
              "(0, 0). How many per cent does naive Bayes give class 1 at x = (1, 1)?",
              "第 1 类：{ones} 个 (1, 1)。第 2 类：{both} 个 (1, 1)、{first} 个 (1, 0)、{second} 个 (0, 1)、"
              "{neither} 个 (0, 0)。在 x = (1, 1) 处，朴素贝叶斯给第 1 类百分之几？"),
        Words("{truth} %: P(x, class 1) is {one}, P(x, class 2) is {two}.",
              "{truth}%：P(x, 第 1 类) 是 {one}，P(x, 第 2 类) 是 {two}。"),
        PER_CENT, _denied,
        lambda _, asked: {
            "ones": asked.ones, "both": asked.both, "first": asked.first_only, "second": asked.second_only,
            "neither": asked.neither,
        },
        lacks=True,
    ),
    "staircase": Number(
        on(Generative, idea="staircase"),
        Words("Four rules descend on the 0–1 loss for 60 steps. How many of them move at all?",
              "四种优化器在 0–1 损失上走 60 步。其中有几种会动？"),
        Words("{truth} of them: the gradient of the 0–1 loss is 0 wherever there is one; on cross-entropy "
              "{smooth} move.",
              "{truth} 种：0–1 损失处处要么梯度为零、要么没有梯度；在交叉熵上有 {smooth} 种会动。"),
        scale(0, 4, whole=True), _staircase,
    ),
    "numbered": Number(
        on(Generative, idea="numbering"),
        Words("A regression on the class numbers 1, 2, 3: how many per cent of the examples does it get right?",
              "对类别编号 1、2、3 做回归：百分之几的样本会答对？"),
        Words("{truth} % in all, and {middle} % of class 2.", "总共 {truth}%，第 2 类 {middle}%。"),
        PER_CENT, _numbered,
    ),
    "logistic": Number(
        on(Generative, idea="gradient"),
        Words("Logistic regression on five examples, begun at w = {w}, b = {b}: three steps with η = {eta}. How "
              "many per cent of its first value is the logistic loss then?",
              "五个样本上的逻辑回归，从 w = {w}、b = {b} 开始，用 η = {eta} 走三步：逻辑回归的损失是开始时的百分"
              "之几？"),
        Words("It goes from {first} to {last}.", "从 {first} 变到 {last}。"),
        scale(0, 200, "%"), _logistic,
        lambda _, asked: {"eta": short(asked.stride), "w": short(asked.first_w), "b": short(asked.first_b)},
    ),
    "likelihood": Number(
        lambda stage: on(Generative, idea="boundary")(stage) and bool(stage.settings.mean1),  # type: ignore[attr-defined]
        Words("Somebody moves the Gaussians by hand. How high can the log-likelihood of the examples get at most?",
              "有人用手移动高斯分布。样本的对数似然最高能到多少？"),
        Words("{truth}, with the means and mean squares of the examples.", "{truth}：取样本的均值和偏差平方的均值时。"),
        scale(-1000, 0, whole=True), _likelihood,
    ),
    "generative": Number(
        on(Generative, idea="boundary"),
        Words("{many} examples in {clouds} clouds, {outliers} of them far out, {wrong} % with a wrong label. How "
              "many per cent of new ones do the Gaussians of maximum likelihood get right?",
              "{clouds} 团共 {many} 个样本，其中 {outliers} 个在远处，{wrong}% 标错。最大似然的高斯对新样本答对百"
              "分之几？"),
        Words("{truth} % of new examples, and {seen} % of those that it was fitted to.",
              "新样本答对 {truth}%，拟合用的样本答对 {seen}%。"),
        PER_CENT, _generative, _clouds, lacks=True,
    ),
}  # fmt: skip
RANKINGS = {
    "models": Ranking(
        on(Generative, idea="boundary"),
        Words("{many} examples in {clouds} clouds, {outliers} of them far out, {wrong} % with a wrong label. "
              "Which of the two gets more of the new ones right?",
              "{clouds} 团共 {many} 个样本，其中 {outliers} 个在远处，{wrong}% 标错。哪一个对新样本答对得更多？"),
        Words("Order the two by their right answers on new examples, the fewer first.",
              "按新样本上答对的比例从低到高排序。"),
        Words("Of new examples they get right: {list}.", "新样本答对的比例：{list}。"),
        lambda stage, asked: (
            Choice("gaussians", Words("The Gaussians of maximum likelihood", "最大似然的高斯")),
            Choice("regression", Words("Logistic regression", "逻辑回归")),
        ),
        _models, high=True, unit=" %", told=_clouds,
    ),
}  # fmt: skip
