"""Batches: what their size does to the path, to the gradient and to what is learned."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from datasets import DATASETS
from engine.measures.batch_noise import noise
from engine.measures.batch_surfaces import ROWS, Walk, walk
from engine.measures.batch_timing import Timing, measure
from engine.measures.sweep import Swept, beside, longest, sweep, values_for, variants
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment, usual_rate
from engine.networks.network import initial
from engine.networks.spread import quarters
from engine.networks.training import Training, finish, train
from lessons.base import Stage
from optimizers import OPTIMIZERS
from questions.base import Choice, filled, short
from questions.measures.base import PER_CENT, Number, Ranking, Told, of_network, on, scale
from questions.runs import shown_in
from records import Words
from settings.batches import PAIR, Batches

RULE = "gradient_descent"  # on both surfaces
RECORD = 400  # points of a path
ALL = Words("all examples", "全部样本")
SET = {  # what is varied in a sweep, and what one of its values is called
    "batch": (Words("batch sizes", "各种批大小"), Words("batches of {value}", "每批 {value} 个")),
    "decay": (Words("values of λ", "各种 λ"), Words("λ = {value}", "λ = {value}")),
    "width": (Words("widths", "各种宽度"), Words("width {value}", "宽度 {value}")),
    "depth": (Words("depths", "各种深度"), Words("{value} layers", "{value} 层")),
    "shape": (
        Words("shapes with as many parameters", "参数一样多的各种形状"),
        Words("{value} layers of {width}", "{value} 层，每层 {width} 个"),
    ),
}


def net_of(stage: Stage, asked: Batches) -> NetworkExperiment:
    """What the page trains: its lane alone, once."""
    assert stage.net is not None
    racer = stage.net.lanes[int(asked.racer) if asked.racer else shown_in(stage.net)[0]]
    return replace(stage.net, lanes=(racer,), seeds=1)


# ---- paths -----------------------------------------------------------------------------------------------------------


def _nets(stage: Stage, asked: Batches) -> list[NetworkExperiment]:
    sizes = tuple(0 if size == "all" else int(size) for size in asked.sizes)
    return beside(net_of(stage, asked), sizes, asked.epochs if asked.equal == "epochs" else 0)


def _sizes(stage: Stage, asked: Batches) -> tuple[Choice, ...]:
    assert stage.net is not None
    return tuple(Choice(size, ALL if size == "all" else Words(f"batches of {size}", f"每批 {size} 个"))
                 for size in asked.sizes)  # fmt: skip


@lru_cache(maxsize=32)
def _trained(net: NetworkExperiment) -> Training:
    parts = net.examples
    return finish(train(replace(net.plan, rows=RECORD), *parts.train[:2], *parts.test[:2]))


def _ends(stage: Stage, asked: Batches) -> list[float]:
    return [float(_trained(net).objective[0, 0, -1]) for net in _nets(stage, asked)]


def _equal(stage: Stage, asked: Batches) -> Told:
    updates, epochs = _nets(stage, asked)[0].steps, asked.epochs
    told = {
        "updates": Words(f"{updates} updates each", f"各更新 {updates} 次"),
        "epochs": Words(f"{epochs} epochs each", f"各 {epochs} 轮"),
    }
    return {"equal": told[asked.equal], **of_network(stage, asked)}


def _updates(stage: Stage, asked: Batches) -> tuple[float, Told]:
    net = net_of(stage, asked)
    size = _smallest(asked)
    return float(updates_per_epoch(net.points, size)), {}


def _smallest(asked: Batches) -> int:
    """The second smallest size that is shown where there are two, so that the answer is no division by 1."""
    sizes = sorted(int(size) for size in asked.sizes if size != "all")
    return sizes[min(1, len(sizes) - 1)]


# ---- the cloud -------------------------------------------------------------------------------------------------------


def _uphill(stage: Stage, asked: Batches) -> tuple[float, Told]:
    """Of single examples, where the page looks."""
    nets = _nets(stage, asked)
    first, net = _trained(nets[0]), replace(nets[0], dropout=0.0)
    lost = int(first.diverged_at[0, 0])
    steps = first.steps[first.path_rows]
    alive = len(steps) if lost < 0 else max(int(np.searchsorted(steps, lost, "right")), 1)
    theta = first.path[0, round(asked.moment / 100 * (alive - 1))]
    make, data = net.surface()
    *_, (_, found) = noise(make, theta, (1, 8), True, **data)
    single, eight = found.clouds
    return 100 * (1 - single.downhill), {"eight": 100 * (1 - eight.downhill), "off": single.distance}


def _moment(stage: Stage, asked: Batches) -> Told:
    at = {
        0: Words("at the first weights", "在初始权重处"),
        100: Words("at the last weights", "在最后的权重处"),
    }.get(asked.moment, Words(f"after {asked.moment} % of the training", f"训练了 {asked.moment}% 之后"))
    return {"moment": at, **of_network(stage, asked)}


# ---- two surfaces ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _walk(net: NetworkExperiment, size: int) -> Walk:
    rule = net.lanes[0].optimizer
    rate = rule.numbers["learning_rate"] if rule.name == RULE else usual_rate(OPTIMIZERS[RULE])
    theta = initial(net.architecture, net.seed, net.scheme, net.scale)
    return walk(replace(net, dropout=0.0, batch=size), theta, size, rate, max(net.steps // ROWS, 1))


def _pair(asked: Batches) -> int:
    return int(asked.pair or PAIR)


def _other_slope(stage: Stage, asked: Batches) -> tuple[float | None, Told]:
    norms = _walk(net_of(stage, asked), _pair(asked)).norms[ROWS]
    first, second = float(norms[0]), float(norms[1])
    return (second if np.isfinite(norms).all() else None), {"first": first}


# ---- times -----------------------------------------------------------------------------------------------------------


def _slower(stage: Stage, asked: Batches) -> tuple[float, Told]:
    """An update on all examples beside one on a single example, measured on this machine."""
    net = replace(net_of(stage, asked), width=asked.wide, batch=0, dropout=0.0)
    timing: Timing
    inputs, targets = net.examples.train[:2]
    *_, (_, timing) = measure(net.architecture, net.criterion, net.classes, inputs, targets, (1, net.points))
    single, whole = (1e6 * float(each) for each in timing.update)
    return whole / single, {"single": single, "whole": whole}


def _points(stage: Stage, asked: Batches) -> Told:
    return {"points": net_of(stage, asked).points}


# ---- sweeps ----------------------------------------------------------------------------------------------------------


class _Sweep(NamedTuple):
    setting: str
    values: tuple[float, ...]
    nets: tuple[NetworkExperiment, ...]


def _sweep(stage: Stage, asked: Batches) -> _Sweep:
    net = replace(net_of(stage, asked), batch=0, seeds=asked.trials)
    values = values_for(net, asked.sweep)
    span = asked.span
    if asked.sweep == "batch":
        span = min(span, *(longest(net, int(value)) for value in values))
    nets = variants(net, asked.sweep, values, span)
    able = [place for place, each in enumerate(nets) if each.trouble is None]
    return _Sweep(asked.sweep, tuple(values[place] for place in able), tuple(nets[place] for place in able))


@lru_cache(maxsize=8)
def _swept(of: _Sweep) -> Swept:
    *_, (_, found) = sweep(of.nets, of.setting, of.values)
    return found


def _values(stage: Stage, asked: Batches) -> tuple[Choice, ...]:
    found = _sweep(stage, asked)
    return tuple(
        Choice(f"{value:g}", _value_said(found.setting, value, net))
        for value, net in zip(found.values, found.nets, strict=True)
    )


def _value_said(setting: str, value: float, net: NetworkExperiment) -> Words:
    if setting == "batch" and not value:
        return ALL
    return filled(SET[setting][1], value=short(value), width=net.width)


def _medians(measure: str, stage: Stage, asked: Batches) -> Sequence[float]:
    return quarters(getattr(_swept(_sweep(stage, asked)), measure).T, np.inf)[1].tolist()


def _swept_told(stage: Stage, asked: Batches) -> Told:
    found = _sweep(stage, asked)
    first = found.nets[0]
    epochs = round(first.steps / updates_per_epoch(first.points, first.batch))
    long = {
        True: Words(f"{epochs} epochs each", f"各训练 {epochs} 轮"),
        False: Words(f"{first.steps} updates each", f"各更新 {first.steps} 次"),
    }
    return {
        "data": DATASETS[first.data.name].name,
        "setting": SET[asked.sweep][0],
        "long": long[asked.sweep == "batch"],
        "seeds": asked.trials,
    }


# ---- small against large ---------------------------------------------------------------------------------------------


def _worse(stage: Stage, asked: Batches) -> tuple[float | None, Told]:
    """How many times larger the training loss of the large batch is, as the page's table has both."""
    net = net_of(stage, asked)
    small = int(asked.small or 8)
    several = replace(net, batch=0, seeds=asked.trials)
    epochs = min(asked.span, longest(net, small), longest(net, 0))
    both = variants(several, "batch", (small, 0), epochs)
    found = _swept(_Sweep("batch", (small, 0), tuple(both)))
    one, other = quarters(found.train_loss.T, np.inf)[1]
    told = {"one": float(one), "other": float(other), "few": both[1].steps, "many": both[0].steps}
    return (float(other / one) if one > 0 and np.isfinite([one, other]).all() else None), told


PATHS = on(Batches, topic="paths")
NUMBERS = {
    "epoch": Number(
        lambda stage: PATHS(stage) and any(size != "all" for size in stage.settings.sizes),  # type: ignore[attr-defined]
        Words("{points} examples, batches of {size}: how many updates is one epoch?",
              "{points} 个样本，每批 {size} 个：一轮是多少次更新？"),
        Words("{truth} updates until every example has been seen once; the last batch may be smaller.",
              "{truth} 次更新之后每个样本都看过一次；最后一批可能小一些。"),
        scale(1, 1000, log=True, whole=True), _updates,
        lambda stage, asked: {"points": net_of(stage, asked).points, "size": _smallest(asked)},
    ),
    "uphill": Number(
        PATHS,
        Words("{net}, {moment}. Take one example alone and step against its gradient: for how many per cent of the "
              "examples does the loss of all of them rise at first, or stay?",
              "{net}，{moment}。只取一个样本，按它的梯度走一小步：百分之几的样本会让全体的损失一开始不降（上升或"
              "持平）？"),
        Words("{truth} % of single examples, {eight} % of batches of 8. Their mean is the full gradient all the "
              "same.",
              "单个样本有 {truth}%，每批 8 个的有 {eight}%。但它们的平均仍是全梯度。"),
        PER_CENT, _uphill, _moment,
    ),
    "other_slope": Number(
        on(Batches, topic="surfaces"),
        Words("{net}. Gradient descent has seen one batch of {size} only, until it is done. How long is the gradient "
              "of another batch of {size} at that place?",
              "{net}。梯度下降一直只看一批 {size} 个样本，直到走完。在那个位置，另一批 {size} 个样本的梯度有多长？"),
        Words("‖∇L²‖ = {truth}, where ‖∇L¹‖ = {first}.", "‖∇L²‖ = {truth}，而 ‖∇L¹‖ = {first}。"),
        scale(1e-4, 100, log=True), _other_slope,
        lambda stage, asked: {"size": _pair(asked), **of_network(stage, asked)}, lacks=True,
    ),
    "slower": Number(
        on(Batches, topic="time"),
        Words("Measured on this server now: how many times as long as an update on one example takes an update "
              "on all {points}?",
              "就在这台服务器上现测：用全部 {points} 个样本更新一次，用时是用一个样本的多少倍？"),
        Words("{single} µs with one example, {whole} µs with all; another measurement gives a somewhat other number.",
              "用一个样本 {single} 微秒，用全部 {whole} 微秒；再测一次，数字会略有不同。"),
        scale(0.5, 1000, "×", log=True), _slower, _points,
    ),
    "worse": Number(
        on(Batches, topic="table"),
        Words("{net}, equal epochs, batches of {small} against all examples at once: how many times as large does "
              "the training loss of the large batch end?",
              "{net}，轮数相同，每批 {small} 个对一次用全部样本：大批最后的训练损失是小批的多少倍？"),
        Words("{one} after {many} updates with the small batch, {other} after {few} with all.",
              "小批更新 {many} 次后是 {one}，全部样本更新 {few} 次后是 {other}。"),
        scale(0.1, 1e4, "×", log=True), _worse,
        lambda stage, asked: {"small": asked.small or 8, **of_network(stage, asked)}, lacks=True,
    ),
}  # fmt: skip
RANKINGS = {
    "batch_losses": Ranking(
        PATHS,
        Words("{net}, {equal}: with which batches does the loss end lowest?",
              "{net}，{equal}：哪种批大小最后的损失最低？"),
        Words("{net}, {equal}: order the final losses, the lowest first.",
              "{net}，{equal}：按最后的损失从低到高排序。"),
        Words("At the end: {list}.", "最后：{list}。"), _sizes, _ends, told=_equal,
    ),
    "sweep_tests": Ranking(
        lambda stage: on(Batches, topic="sweep")(stage) and bool(stage.net and stage.net.test),
        Words("{data}, several {setting} ({long}, median of {seeds} seeds): which has the lowest test loss?",
              "{data}，{setting}（{long}，{seeds} 个种子的中位数）：哪一个的测试损失最低？"),
        Words("{data}, several {setting} ({long}, median of {seeds} seeds): order by the test loss, the lowest "
              "first.",
              "{data}，{setting}（{long}，{seeds} 个种子的中位数）：按测试损失从低到高排序。"),
        Words("Median test losses: {list}.", "测试损失中位数：{list}。"),
        _values, partial(_medians, "test_loss"), told=_swept_told,
    ),
    "sweep_trains": Ranking(
        on(Batches, topic="sweep"),
        Words("{data}, several {setting} ({long}, median of {seeds} seeds): which has the lowest training loss?",
              "{data}，{setting}（{long}，{seeds} 个种子的中位数）：哪一个的训练损失最低？"),
        Words("{data}, several {setting} ({long}, median of {seeds} seeds): order by the training loss, the lowest "
              "first.",
              "{data}，{setting}（{long}，{seeds} 个种子的中位数）：按训练损失从低到高排序。"),
        Words("Median training losses: {list}.", "训练损失中位数：{list}。"),
        _values, partial(_medians, "train_loss"), told=_swept_told,
    ),
}  # fmt: skip
