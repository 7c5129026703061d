"""The naive model that denies its only positive example: the examples as a table, and the numbers, exact."""

from fractions import Fraction
from typing import Any

import numpy as np

from engine.measures.gaussian_classes import Examples
from engine.measures.naive_bayes import FEATURES, Naive, naive, seen
from engine.measures.softmax_regression import logits, regression
from settings.generative import Generative
from views.controls.fields import group, number_field
from views.generative.idea import Idea, Table, written
from views.kit.charts import Axis, Chart, bars, class_mark, rule, variant_line
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, text
from views.session.linked import put
from views.session.played import play

COUNTS = ("ones", "both", "first_only", "second_only", "neither")


def counts_of(asked: Generative) -> tuple[int, int, int, int, int]:
    return asked.ones, asked.both, asked.first_only, asked.second_only, asked.neither


def sheet(asked: Generative) -> Sheet:
    counts = counts_of(asked)
    about = {"all": sum(counts), "ones": counts[0], "both": counts[1], "others": sum(counts[2:])}
    model = naive(counts) if counts[0] and sum(counts[1:]) else None
    if model is None:
        beside = Said([text("generative.tally_empty", k=2 if counts[0] else 1)])
    else:
        beside = Said([verdict(counts, model)], *heads_and_rows(counts, model), text("generative.tally_note"))
    return Sheet(
        {"tally": chart(counts, model)}, {"about": Said([text("generative.tally_about", **about)]), "told": beside}
    )


def lay(sheet: Sheet) -> None:
    tell(sheet, "about")
    put(sheet, "tally")
    play("generative")
    tell(sheet, "told")


def chart(counts: tuple[int, int, int, int, int], model: Naive | None) -> Chart:
    """P(C₁ | x) for the four x: as the examples have it, as naive Bayes says, as logistic regression says."""
    places = np.arange(4.0)
    ticks = {float(place): f"({x[0]}, {x[1]})" for place, x in enumerate(FEATURES)}
    true = [_or_nan(seen(counts, x)) for x in FEATURES]
    series = [
        bars(places - 0.27, true, text("generative.tally_seen"), room=0.28, colour="soft"),
        bars(places, said(model), text("generative.tally_naive"), room=0.28, colour=class_mark(0)["colour"]),
        bars(
            places + 0.27,
            logistic(counts),
            text("generative.tally_logistic"),
            room=0.28,
            colour=variant_line(3)["colour"],
        ),
        rule(0.5, colour="ink"),
    ]
    share = Axis(text("generative.tally_axis"), low=-0.02, high=1.05)
    return Chart(
        Axis(text("generative.tally_x"), ticks=ticks, low=-0.6, high=3.6),
        share,
        series,
        380,
        title=text("generative.tally_axis"),
    )


def said(model: Naive | None) -> list[float]:
    return [_or_nan(model.posterior(x)) if model else np.nan for x in FEATURES]


def logistic(counts: tuple[int, int, int, int, int]) -> list[float]:
    """What logistic regression says of the same examples, at the four x."""
    rows = [(FEATURES[0], 0)] * counts[0] + [
        (x, 1) for x, count in zip(FEATURES, counts[1:], strict=True) for _ in range(count)
    ]
    if len({label for _, label in rows}) < 2:
        return [np.nan] * 4
    examples = Examples(np.array([x for x, _ in rows], float), np.array([label for _, label in rows]))
    difference = logits(regression(examples, 2).weights, np.array(FEATURES, float))[:, 0]
    return [float(each) for each in 1 / (1 + np.exp(-difference))]


def _or_nan(share: Fraction | None) -> float:
    return np.nan if share is None else float(share)


def verdict(counts: tuple[int, int, int, int, int], model: Naive) -> str:
    """What the model says of x = (1, 1), as a product of its fractions."""
    one, two = model.joint(FEATURES[0])
    chance = one / (one + two)
    parts = {"joint_one": one, "joint_two": two, "chance": chance, "shown": number(float(chance), 4)}
    worked = text(
        "generative.tally_worked", p1=model.priors[0], p2=model.priors[1], a=model.first[1], b=model.second[1], **parts
    )
    true = seen(counts, FEATURES[0])
    denies = true is not None and chance < Fraction(1, 2) < true
    end = (
        text("generative.tally_denies", true=true)
        if denies
        else text("generative.tally_agrees", true=true if true is not None else "–")
    )
    return f"{worked} {end}"


def heads_and_rows(counts: tuple[int, int, int, int, int], model: Naive) -> tuple[list[str], list[list[str]]]:
    heads = [
        text(f"generative.tally_column_{name}") for name in ("x", "one", "two", "seen", "naive", "decimal", "logistic")
    ]
    lines = logistic(counts)
    rows = []
    for x, others, line in zip(FEATURES, counts[1:], lines, strict=True):
        true, chance = seen(counts, x), model.posterior(x)
        rows.append([
            f"({x[0]}, {x[1]})", str(counts[0] if x == FEATURES[0] else 0), str(others),
            str(true) if true is not None else "–", str(chance) if chance is not None else "–",
            number(_or_nan(chance), 4), number(line, 3),
        ])  # fmt: skip
    return heads, rows


def groups(asked: Generative) -> list[dict[str, Any]]:
    return [
        group("counts", [number_field(name, getattr(asked, name), text(f"generative.tally_{name}")) for name in COUNTS])
    ]


def formulas() -> list[str]:
    return [
        r"P(C_1\mid x)=\frac{P(C_1)\,P(x_1\mid C_1)\,P(x_2\mid C_1)}"
        r"{P(C_1)\,P(x_1\mid C_1)\,P(x_2\mid C_1)+P(C_2)\,P(x_1\mid C_2)\,P(x_2\mid C_2)}",
        r"\frac{\tfrac1{13}\cdot1\cdot1}{\tfrac1{13}\cdot1\cdot1+\tfrac{12}{13}\cdot\tfrac13\cdot\tfrac13}=\frac37<\frac12",
    ]


def script(asked: Generative) -> str:
    return f'''"""Naive Bayes and its only positive example, from Descent Lab; run it in its folder."""

from engine.measures.naive_bayes import FEATURES, naive, seen

counts = {written(counts_of(asked))}
for x in FEATURES:
    print(x, "seen", seen(counts, x), "naive Bayes", naive(counts).posterior(x))
'''


def rows_of(asked: Generative) -> Table:
    counts = counts_of(asked)
    model = naive(counts) if counts[0] and sum(counts[1:]) else None
    head = ["x_1", "x_2", "class_1", "class_2", "share_seen", "naive_bayes", "naive_bayes_decimal", "logistic"]
    rows = [
        [*x, counts[0] if x == FEATURES[0] else 0, others, seen(counts, x), model and model.posterior(x), chance, line]
        for x, others, chance, line in zip(FEATURES, counts[1:], said(model), logistic(counts), strict=True)
    ]
    return head, rows


IDEA = Idea(sheet, lay, groups, formulas, script, rows_of)
