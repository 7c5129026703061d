"""What a measure of the page gives: ``measured~best_coin``. For pages whose subject is a computed number and no run."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isqrt
from typing import Any, cast

import numpy as np

from engine.measures import cases, enumeration, luck, shared_gradient, windows, zero_one
from engine.measures.gaussian_classes import CLOUDS, accuracy, drawn, fitted, held_out, scores
from engine.measures.gaussian_classes import Kind as Sigma
from engine.measures.layer_gradients import logit_gradient
from engine.measures.logistic import likelihood
from engine.measures.naive_bayes import FEATURES, naive
from engine.measures.numbered_classes import around, nearest, numbered
from engine.measures.remembered import remembered
from lessons.base import Stage
from questions.base import Answer, Asked, Choice, Kind, Scale, Unclear, filled, short
from questions.guesses import numbered as worth
from records import Words
from settings.base import Settings
from settings.classification import Classification
from settings.diagnosis import Diagnosis
from settings.generative import Generative
from settings.gradients import Gradients
from settings.normalisation import Normalisation

NONE = Choice("none", Words("There is no such number", "没有这样的数"))
WEIGHTS = 5  # of the model that is tried on a grid and descended on
CASES = 90  # examples of several kinds, as on the page


@dataclass(frozen=True)
class Number:
    """of: what it is, from the page's settings, with what the sentence needs; None where there is no such number."""

    page: type[Settings]
    topic: tuple[str, str]  # a field of the settings, and what it must be
    says: Words
    why: Words
    scale: Scale
    of: Callable[[Any], tuple[float | None, dict[str, float]]]
    told: Callable[[Any], dict[str, object]] = lambda _: {}


def _scale(low: float, high: float, unit: str = "", log: bool = False, whole: bool = False) -> Scale:
    return {"low": low, "high": high, "unit": unit, "log": log, "whole": whole}


PER_CENT = _scale(0.0, 100.0, "%")


def _logits(*values: float) -> str:
    return f"({', '.join(map(short, values))})"


def _best_coin(asked: Diagnosis) -> tuple[float, dict[str, float]]:
    found = luck.scores(asked.models, asked.public, asked.flips)
    return 100 * float(found.public[found.chosen]), {"private": 100 * float(found.private[found.chosen])}


def _best_window(asked: Normalisation) -> tuple[float, dict[str, float]]:
    found = windows.windowed(windows.daily_views(asked.days, asked.past_noise), asked.past)
    best = int(np.argmin(found.test))
    return best + 1.0, {"error": float(found.test[best]), "one": float(found.test[0])}


def _own_lines(asked: Normalisation) -> tuple[float, dict[str, float]]:
    given = cases.examples(CASES, asked.cases_noise)
    one, own = (cases.fitted(model, given).test for model in ("one", "own"))
    return (one / own if own > 0 else np.inf), {"one": one, "own": own}


def _descent(asked: Normalisation) -> tuple[float, dict[str, float]]:
    found = enumeration.raced(WEIGHTS, asked.per_axis)
    return float(found.steps), {"points": float(found.points), "gradient": enumeration.GRADIENT}


def _denied(asked: Generative) -> tuple[float | None, dict[str, float]]:
    counts = (asked.ones, asked.both, asked.first_only, asked.second_only, asked.neither)
    if not (counts[0] and sum(counts[1:])):
        return None, {"one": 0.0, "two": 0.0}
    model = naive(counts)
    chance, (one, two) = model.posterior(FEATURES[0]), model.joint(FEATURES[0])
    return (None if chance is None else 100 * float(chance)), {"one": float(one), "two": float(two)}


def _staircase(asked: Generative) -> tuple[float, dict[str, float]]:
    races = zero_one.races((asked.hill[0], asked.hill[1]), asked.pace, 60)
    moved = [race.moved("zero_one") > 0 for race in races]
    return float(sum(moved)), {"smooth": float(sum(race.moved("cross_entropy") > 0 for race in races))}


def _numbered(asked: Generative) -> tuple[float, dict[str, float]]:
    examples = around((asked.cloud1, asked.cloud2, asked.cloud3))
    right = nearest(numbered(examples), examples.inputs) == examples.labels
    middle = right[examples.labels == 1]
    return 100 * float(right.mean()), {"middle": 100 * float(middle.mean())}


def _logistic(asked: Generative) -> tuple[float, dict[str, float]]:
    x, y = np.array([asked.ex1, asked.ex2, asked.ex3, asked.ex4, asked.ex5]).T
    start = (asked.first_w, asked.first_b)
    found = shared_gradient.steps("logistic", x, np.clip(np.round(y), 0, 1), start, asked.stride)
    return 100 * float(found.loss[-1] / found.loss[0]), {"first": float(found.loss[0]), "last": float(found.loss[-1])}


def _generative(asked: Generative) -> tuple[float | None, dict[str, float]]:
    many = len(CLOUDS[asked.cloud])
    counts = (asked.n1, asked.n2, asked.n3)[:many]
    examples = drawn(asked.cloud, counts, asked.sample, asked.outliers, asked.wrong / 100)
    if not len(examples.labels):
        return None, {"seen": 0.0}
    model = fitted(examples, many, cast(Sigma, asked.sigma))
    test = held_out(asked.cloud)
    seen = 100 * accuracy(scores(model, examples.inputs), examples.labels)
    return 100 * accuracy(scores(model, test.inputs), test.labels), {"seen": seen}


def _right_logit(asked: Gradients) -> tuple[float, dict[str, float]]:
    place = int(asked.right) - 1
    found = logit_gradient([asked.z1, asked.z2, asked.z3], place)
    return float(found.gradient[place]), {"chance": float(found.probabilities[place])}


def _kept(asked: Gradients) -> tuple[float, dict[str, float]]:
    found = remembered(int(asked.memory_depth))
    return found.peak[0] / found.peak[2], {"all": float(found.peak[0]), "segments": float(found.peak[2])}


def _softmax(asked: Classification) -> tuple[float, dict[str, float]]:
    found = logit_gradient([asked.s1, asked.s2, asked.s3], 0)
    return 100 * float(found.probabilities[0]), {"second": 100 * float(found.probabilities[1])}


def _entropy(asked: Classification) -> tuple[float, dict[str, float]]:
    found = likelihood(asked.fit_w, asked.fit_b)
    return float(found.entropies.mean()), {"product": float(np.prod(found.own))}


NUMBERS = {
    "best_coin": Number(
        Diagnosis, ("question", "luck"),
        Words("{models} models flip coins on a public test of {public} examples. How many per cent does the "
              "best get right?",
              "{models} 个模型在 {public} 个样本的公开测试上抛硬币。最好的答对百分之几？"),
        Words("The best gets {truth} % right in public, and {private} % on the private test.",
              "最好的公开答对 {truth}%，私有测试 {private}%。"),
        PER_CENT, _best_coin, lambda asked: {"models": asked.models, "public": asked.public},
    ),
    "best_window": Number(
        Normalisation, ("linear", "window"),
        Words("How many past days does the model see whose test error is lowest?",
              "看过去多少天的模型，测试误差最低？"),
        Words("With {truth} days the test error is {error}; with one day it is {one}.",
              "用 {truth} 天时测试误差是 {error}；只用一天时是 {one}。"),
        _scale(1, windows.LONGEST, whole=True), _best_window,
    ),
    "own_lines": Number(
        Normalisation, ("linear", "cases"),
        Words("How many times larger is the test error of one line for all kinds than of a line for each?",
              "所有种类共用一条直线，测试误差是各用一条的多少倍？"),
        Words("One line for all: {one}; a line for each kind: {own}.", "共用一条：{one}；各用一条：{own}。"),
        _scale(0.1, 1000, "×", log=True), _own_lines,
    ),
    "descent": Number(
        Normalisation, ("linear", "grid"),
        Words("A grid tries {grid} values of each of 5 weights. After how many steps is a descent as low, "
              "or as low as the noise lets it, where the grid is too large to try?",
              "网格对 5 个权重各试 {grid} 个值。下降要多少步才一样低（网格大到试不完时，则到噪声所允许的程度）？"),
        Words("The grid has {points} points; the descent takes {truth} steps.",
              "网格有 {points} 个点；下降只要 {truth} 步。"),
        _scale(1, enumeration.STEPS, log=True, whole=True), _descent, lambda asked: {"grid": asked.per_axis},
    ),
    "denied": Number(
        Generative, ("idea", "tally"),
        Words("How many per cent does naive Bayes give class 1 at x = (1, 1)?",
              "在 x = (1, 1) 处，朴素贝叶斯给第 1 类百分之几？"),
        Words("{truth} %: P(x, class 1) is {one}, P(x, class 2) is {two}.",
              "{truth}%：P(x, 第 1 类) 是 {one}，P(x, 第 2 类) 是 {two}。"),
        PER_CENT, _denied,
    ),
    "staircase": Number(
        Generative, ("idea", "staircase"),
        Words("Four rules descend on the 0–1 loss for 60 steps. How many of them move at all?",
              "四种优化器在 0–1 损失上走 60 步。其中有几种会动？"),
        Words("{truth} of them: the gradient of the 0–1 loss is 0 wherever there is one; on cross-entropy "
              "{smooth} move.",
              "{truth} 种：0–1 损失处处要么梯度为零、要么没有梯度；在交叉熵上有 {smooth} 种会动。"),
        _scale(0, 4, whole=True), _staircase,
    ),
    "numbered": Number(
        Generative, ("idea", "numbering"),
        Words("A regression on the class numbers 1, 2, 3: how many per cent of the examples does it get right?",
              "对类别编号 1、2、3 做回归：百分之几的样本会答对？"),
        Words("{truth} % in all, and {middle} % of class 2.", "总共 {truth}%，第 2 类 {middle}%。"),
        PER_CENT, _numbered,
    ),
    "logistic": Number(
        Generative, ("idea", "gradient"),
        Words("Three steps with η = {eta}: how many per cent of its first value is the logistic loss then?",
              "用 η = {eta} 走三步：逻辑回归的损失是开始时的百分之几？"),
        Words("It goes from {first} to {last}.", "从 {first} 变到 {last}。"),
        _scale(0, 200, "%"), _logistic, lambda asked: {"eta": short(asked.stride)},
    ),
    "generative": Number(
        Generative, ("idea", "boundary"),
        Words("The generative model of maximum likelihood: how many per cent of new examples does it get right?",
              "最大似然的生成模型：新样本会答对百分之几？"),
        Words("{truth} % of new examples, and {seen} % of those that it was fitted to.",
              "新样本答对 {truth}%，拟合用的样本答对 {seen}%。"),
        PER_CENT, _generative,
    ),
    "right_logit": Number(
        Gradients, ("part", "depth"),
        Words("Logits {logits}, class {right} is right: what is ∂L/∂z of the right class?",
              "logit 为 {logits}，正确的是第 {right} 类：正确类的 ∂L/∂z 是多少？"),
        Words("softmax gives it {chance}, and {chance} − 1 is {truth}.",
              "softmax 给它 {chance}，{chance} − 1 就是 {truth}。"),
        _scale(-1, 1), _right_logit,
        lambda asked: {"logits": _logits(asked.z1, asked.z2, asked.z3), "right": asked.right},
    ),
    "kept": Number(
        Gradients, ("part", "memory"),
        Words("{depth} layers: how many times fewer numbers are there at once if only what enters "
              "stretches of {side} layers is kept?",
              "{depth} 层：如果只保留每段 {side} 层的输入，最多同时存放的数会少多少倍？"),
        Words("All: {all} numbers; in segments: {segments}.",
              "全部保留：{all} 个数；分段：{segments} 个。"),
        _scale(1, 100, "×", log=True), _kept,
        lambda asked: {"depth": asked.memory_depth, "side": isqrt(int(asked.memory_depth))},
    ),
    "softmax": Number(
        Classification, ("why", "softmax"),
        Words("Logits {logits}: how many per cent does softmax give the first class?",
              "logit 为 {logits}：softmax 给第一类百分之几？"),
        Words("{truth} %, and {second} % to the second.", "{truth}%，第二类 {second}%。"),
        PER_CENT, _softmax, lambda asked: {"logits": _logits(asked.s1, asked.s2, asked.s3)},
    ),
    "entropy": Number(
        Classification, ("why", "likelihood"),
        Words("w = {w}, b = {b}: what is the mean cross-entropy of the examples?",
              "w = {w}、b = {b}：样本的平均交叉熵是多少？"),
        Words("It is {truth}; the product of the probabilities of what was seen is {product}.",
              "是 {truth}；观测到的结果的概率之积是 {product}。"),
        _scale(0.001, 100, log=True), _entropy, lambda asked: {"w": short(asked.fit_w), "b": short(asked.fit_b)},
    ),
}  # fmt: skip


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    return tuple((name,) for name, number in NUMBERS.items() if _fits(stage, number))


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    number = _number(stage, parts)
    return Asked("number", filled(number.says, **number.told(stage.settings)), (NONE,), number.scale)


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    number = _number(stage, parts)
    truth, told = number.of(stage.settings)
    if truth is None or not np.isfinite(truth):
        return Answer(NONE.key, Words("There is no such number here.", "这里没有这样的数。"))
    values = {name: short(value) for name, value in told.items()}
    within = float(np.clip(truth, number.scale["low"], number.scale["high"]))
    return Answer(within, filled(number.why, truth=short(truth), **values))


def _number(stage: Stage, parts: tuple[str, ...]) -> Number:
    number = NUMBERS.get("".join(parts[:1]))
    if number is None or not _fits(stage, number):
        able = ", ".join(name for (name,) in offered(stage)) or "–"
        raise Unclear(f"of this page can be asked: {able}", f"这一页可以问：{able}")
    return number


def _fits(stage: Stage, number: Number) -> bool:
    field, topic = number.topic
    return isinstance(stage.settings, number.page) and getattr(stage.settings, field) == topic


KIND = Kind(
    name=Words("What the measure gives", "测出来是多少"), offered=offered, asked=asked, answered=answered,
    worth=worth,
)  # fmt: skip
