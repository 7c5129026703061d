"""Classes as the numbers 1, 2, 3 against one-hot targets: the same examples, whose clouds can be dragged."""

from typing import Any

import numpy as np

from engine.arrays import Floats
from engine.measures.gaussian_classes import Examples, posterior
from engine.measures.level_lines import between
from engine.measures.numbered_classes import around, nearest, numbered
from engine.measures.softmax_regression import logits, regression
from settings.generative import Generative
from views.generative.idea import Idea, Table, beside, grip, written
from views.kit.charts import Axis, Chart, Series, class_mark, line, marks, regions
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, text
from views.session.played import play

WINDOW = (-5.0, 5.0, -4.5, 4.5)
BEYOND = 2.0
NODES = (320, 200)
HEIGHT = 380
WAYS = ("numbers", "one_hot")
BOUNDARY: dict[str, Any] = {"colour": "ink", "width": 2.6, "halo": 2.4, "mute": True}


def centres(asked: Generative) -> tuple[tuple[float, ...], ...]:
    return asked.cloud1, asked.cloud2, asked.cloud3


def sheet(asked: Generative) -> Sheet:
    examples = around(centres(asked))
    fits = numbered(examples), regression(examples, 3).weights
    wrong = mistakes(fits, examples)
    count = len(examples.labels)
    caption = text("generative.numbering_told", numbers=wrong["numbers"], one_hot=wrong["one_hot"], all=count)
    return Sheet(
        {f"numbering_{way}": chart(way, fits, examples, asked) for way in WAYS},
        {"told": Said([caption], *heads_and_rows(fits, examples), text("generative.numbering_note"))},
    )


def lay(sheet: Sheet) -> None:
    beside(sheet, [f"numbering_{way}" for way in WAYS])
    play("generative")
    tell(sheet, "told")


def says(way: str, fits: tuple[Floats, Floats], points: Floats) -> Floats:
    """Scores of the classes at points, (n, 3): of the numbers, how close each is, of one-hot the logits."""
    if way == "one_hot":
        return logits(fits[1], points)
    answers = points @ fits[0][:2] + fits[0][2]
    return np.asarray(-((answers[:, None] - np.arange(1, 4)) ** 2))


def chart(way: str, fits: tuple[Floats, Floats], examples: Examples, asked: Generative) -> Chart:
    x0, x1, y0, y1 = WINDOW
    across, up = np.linspace(BEYOND * x0, BEYOND * x1, NODES[0]), np.linspace(BEYOND * y0, BEYOND * y1, NODES[1])
    nodes = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    scores = says(way, fits, nodes)
    shape = (*NODES[::-1], 3)
    chances = posterior(scores) if way == "one_hot" else np.eye(3)[nearest(fits[0], nodes)]
    series: list[Series] = [regions([BEYOND * edge for edge in WINDOW], chances.reshape(shape).transpose(2, 0, 1))]
    series += [line(piece[:, 0], piece[:, 1], **BOUNDARY) for piece in between(scores.reshape(shape), across, up)]
    for k, centre in enumerate(centres(asked)):
        places = examples.inputs[examples.labels == k]
        look = class_mark(k)
        name = text("generative.numbered", k=k + 1)
        series.append(marks(places[:, 0], places[:, 1], name, size=3.2, rim=True, width=0.8, mute=True, **look))
        hover = [text("generative.numbering_grip", k=k + 1)]
        look |= {"open": "paper", "size": 7.5, "width": 2.6}
        series.append(marks([centre[0]], [centre[1]], grips=[grip(f"cloud{k + 1}")], hover=hover, **look))
    axes = Axis("x₁", low=x0, high=x1), Axis("x₂", low=y0, high=y1)
    return Chart(*axes, series, HEIGHT, equal=True, title=text(f"generative.numbering_{way}"))


def mistakes(fits: tuple[Floats, Floats], examples: Examples) -> dict[str, int]:
    """How many examples each way answers wrongly."""
    return {way: int(np.sum(says(way, fits, examples.inputs).argmax(axis=1) != examples.labels)) for way in WAYS}


def heads_and_rows(fits: tuple[Floats, Floats], examples: Examples) -> tuple[list[str], list[list[str]]]:
    """By class: its mean answer as a number, and how many examples are answered wrongly."""
    answers = examples.inputs @ fits[0][:2] + fits[0][2]
    wrong = {way: says(way, fits, examples.inputs).argmax(axis=1) != examples.labels for way in WAYS}
    heads = [text(f"generative.numbering_column_{name}") for name in ("class", "mean", "numbers", "one_hot")]
    rows = []
    for k in range(3):
        mine = examples.labels == k
        counts = [f"{int(wrong[way][mine].sum())} / {int(mine.sum())}" for way in WAYS]
        rows.append([str(k + 1), number(float(answers[mine].mean())), *counts])
    return heads, rows


def groups(asked: Generative) -> list[dict[str, Any]]:
    del asked
    return []


def formulas() -> list[str]:
    return [
        r"\hat y\in\{1,2,3\}:\quad \min_{w,b}\sum_n(\hat y^n-w^\top x^n-b)^2,\qquad"
        r"\hat y\in\{(1,0,0),(0,1,0),(0,0,1)\}:\quad \min_{W,b}\,-\!\sum_n\ln\operatorname{softmax}(Wx^n+b)_{\hat y^n}"
    ]


def script(asked: Generative) -> str:
    return f'''"""Classes as numbers and as one-hot targets, from Descent Lab; run it in its folder."""

from engine.measures.numbered_classes import around, nearest, numbered
from engine.measures.softmax_regression import logits, regression

examples = around([{", ".join(map(written, centres(asked)))}])
line, rows = numbered(examples), regression(examples, 3).weights
print("numbers", (nearest(line, examples.inputs) != examples.labels).sum(), line)
print("one-hot", (logits(rows, examples.inputs).argmax(axis=1) != examples.labels).sum(), rows)
'''


def rows_of(asked: Generative) -> Table:
    examples = around(centres(asked))
    fits = numbered(examples), regression(examples, 3).weights
    classes = [says(way, fits, examples.inputs).argmax(axis=1) + 1 for way in WAYS]
    answers = examples.inputs @ fits[0][:2] + fits[0][2]
    rows = np.column_stack([examples.inputs, examples.labels + 1, answers, *classes]).tolist()
    return ["x_1", "x_2", "class", "regression", "class_by_numbers", "class_by_one_hot"], rows


IDEA = Idea(sheet, lay, groups, formulas, script, rows_of)
