"""Diagnosis: whose test loss is lowest, which size is chosen, and what luck makes of a public test."""

from dataclasses import replace
from functools import lru_cache

from datasets import DATASETS
from engine.measures import luck
from engine.measures.diagnosis import ends
from engine.measures.folds import SIZES, Tried, sized, tried
from engine.networks.experiment import NetworkExperiment
from lessons.base import Stage
from questions.base import Choice, filled
from questions.measures.base import PER_CENT, Number, Ranking, Told, on
from questions.runs import lane_choices, lanes_of, shown_in, trainings
from records import Words
from settings.diagnosis import Diagnosis

CALLED = {"width": Words("width {size}", "宽度 {size}"), "depth": Words("{size} layers", "{size} 层")}
GUIDE, FOLDS, LUCK = (on(Diagnosis, question=question) for question in ("guide", "folds", "luck"))


def _best_coin(_: Stage, asked: Diagnosis) -> tuple[float, Told]:
    found = luck.scores(asked.models, asked.public, asked.flips)
    return 100 * float(found.public[found.chosen]), {"private": 100 * float(found.private[found.chosen])}


def _private_coin(_: Stage, asked: Diagnosis) -> tuple[float, Told]:
    found = luck.scores(asked.models, asked.public, asked.flips)
    return 100 * float(found.private[found.chosen]), {"public": 100 * float(found.public[found.chosen])}


def _coins(_: Stage, asked: Diagnosis) -> Told:
    return {"models": asked.models, "public": asked.public}


def _tests(stage: Stage, _: Diagnosis) -> list[float]:
    """As the guide prints them: of who stops early, of the network that is taken."""
    assert stage.net is not None
    return [float(ends(each).test[1]) for each in trainings(stage.net)]


def _seeds(stage: Stage, _: Diagnosis) -> Told:
    assert stage.net is not None
    several = Words(f", median of {stage.net.seeds} seeds", f"（{stage.net.seeds} 个种子的中位数）")
    return {"seeds": several if stage.net.seeds > 1 else Words("", "")}


# ---- sizes -----------------------------------------------------------------------------------------------------------


def _alone(stage: Stage, asked: Diagnosis) -> NetworkExperiment:
    assert stage.net is not None
    racer = int(asked.racer) if asked.racer else shown_in(stage.net)[0]
    return replace(stage.net.alone(racer), seeds=asked.trials)


def _sizes(stage: Stage, asked: Diagnosis) -> tuple[int, ...]:
    """Those that can be trained."""
    sizes = SIZES[asked.complexity]
    each = zip(sizes, sized(_alone(stage, asked), asked.complexity, sizes), strict=True)
    return tuple(size for size, net in each if net.trouble is None)


@lru_cache(maxsize=4)
def _tried(net: NetworkExperiment, setting: str, sizes: tuple[int, ...]) -> Tried:
    *_, (_, found) = tried(sized(net, setting, sizes), [net.held])
    return found


def _validated(stage: Stage, asked: Diagnosis) -> list[float]:
    found = _tried(_alone(stage, asked), asked.complexity, _sizes(stage, asked))
    return found.judged[:, 0].tolist()


def _size_told(stage: Stage, asked: Diagnosis) -> Told:
    names = {"width": Words("width", "宽度"), "depth": Words("number of layers", "层数")}
    assert stage.net is not None
    return {
        "setting": names[asked.complexity], "seeds": asked.trials, "data": DATASETS[stage.net.data.name].name,
    }  # fmt: skip


NUMBERS = {
    "best_coin": Number(
        LUCK,
        Words("{models} models flip coins on a public test of {public} examples. How many per cent does the "
              "best get right?",
              "{models} 个模型在 {public} 个样本的公开测试上抛硬币。最好的答对百分之几？"),
        Words("The best gets {truth} % right in public, and {private} % on the private test.",
              "最好的公开答对 {truth}%，私有测试 {private}%。"),
        PER_CENT, _best_coin, _coins,
    ),
    "private_coin": Number(
        LUCK,
        Words("{models} models flip coins on a public test of {public} examples. How many per cent does the best of "
              "them get right on the private test?",
              "{models} 个模型在 {public} 个样本的公开测试上抛硬币。其中最好的那个，在私有测试上答对百分之几？"),
        Words("{truth} % in private; {public} % in public.", "私有测试 {truth}%，公开测试 {public}%。"),
        PER_CENT, _private_coin, _coins,
    ),
}  # fmt: skip
RANKINGS = {
    "tests": Ranking(
        lambda stage: GUIDE(stage) and len(lanes_of(stage)) > 1 and bool(stage.net and stage.net.test),
        Words("Whose test loss is lowest in the end{seeds}?", "谁最后的测试损失最低{seeds}？"),
        Words("Order the final test losses, the lowest first{seeds}.", "按最后的测试损失从低到高排序{seeds}。"),
        Words("Test losses: {list}.", "测试损失：{list}。"),
        lambda stage, _: lane_choices(stage), _tests, told=_seeds,
    ),
    "sizes": Ranking(
        FOLDS,
        Words("{data}: which {setting} has the lowest validation loss, by the median of {seeds} seeds?",
              "{data}：{setting}取多少时验证损失最低（{seeds} 个种子的中位数）？"),
        Words("{data}: order the values of the {setting} by the validation loss, the lowest first (median of {seeds} "
              "seeds).",
              "{data}：按验证损失从低到高给{setting}排序（{seeds} 个种子的中位数）。"),
        Words("Validation losses: {list}.", "验证损失：{list}。"),
        lambda stage, asked: tuple(
            Choice(str(size), filled(CALLED[asked.complexity], size=size)) for size in _sizes(stage, asked)
        ),
        _validated, told=_size_told,
    ),
}  # fmt: skip
