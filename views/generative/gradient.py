"""Linear and logistic regression side by side: three steps of the same formula, −Σ (ŷ − f) x, beside the derivative."""

from typing import Any

import numpy as np

from engine.arrays import Floats
from engine.measures.shared_gradient import MODELS, Steps, steps
from settings.generative import Generative
from views.controls.fields import group, number_field
from views.generative.idea import Idea, Table, beside, grip, written
from views.kit.charts import Axis, Chart, Series, class_mark, in_order, line, marks
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, text
from views.session.played import play

COUNT = 5  # examples
STEPS = 3
WINDOW = (-3.2, 3.2, -0.6, 1.6)
HEIGHT = 380
POINTS = 121


def examples(asked: Generative) -> tuple[Floats, Floats]:
    """x, and y, which is 0 or 1: the nearer one of where an example has been dragged to."""
    places = np.array([getattr(asked, f"ex{k + 1}") for k in range(COUNT)])
    return places[:, 0], (places[:, 1] > 0.5).astype(np.float64)


def both(asked: Generative) -> dict[str, Steps]:
    x, y = examples(asked)
    return {model: steps(model, x, y, (asked.first_w, asked.first_b), asked.stride, STEPS) for model in MODELS}


def sheet(asked: Generative) -> Sheet:
    found = both(asked)
    off = max(float(np.abs(each.formula - each.autodiff).max()) for each in found.values())
    sentences = [text("generative.gradient_told", off=number(off, 2))]
    if any(not np.all(np.diff(each.loss) < 0) for each in found.values()):
        sentences.append(text("generative.gradient_rises"))
    return Sheet(
        {f"gradient_{model}": chart(model, walked, asked) for model, walked in found.items()},
        {
            **{f"steps_{model}": Said((), *heads_and_rows(walked)) for model, walked in found.items()},
            "told": Said(sentences),
        },
    )


def lay(sheet: Sheet) -> None:
    beside(sheet, [f"gradient_{model}" for model in MODELS], [f"steps_{model}" for model in MODELS])
    play("generative")
    tell(sheet, "told")


def chart(model: str, walked: Steps, asked: Generative) -> Chart:
    """The examples, what the model answers at each step, and how far each example is from the last answer."""
    x, y = examples(asked)
    low, high, bottom, top = WINDOW
    across = np.linspace(low - 1, high + 1, POINTS)
    series: list[Series] = []
    for step, (w, b) in enumerate(walked.theta):
        heights = w * across + b if model == "linear" else 1 / (1 + np.exp(-(w * across + b)))
        look = {"colour": in_order(step, STEPS + 1)["colour"], "width": 2.6 if step == STEPS else 1.8}
        series.append(line(across, heights, text("generative.gradient_step", step=step), mute=True, **look))
    for place, target, answer in zip(x, y, walked.answers[-1], strict=True):
        series.append(line([place, place], [target, answer], colour="soft", width=1.4, mute=True))
    for k in range(COUNT):
        label = int(y[k])
        hover = [text("generative.gradient_grip", x=number(x[k]), y=label)]
        series.append(
            marks([x[k]], [y[k]], grips=[grip(f"ex{k + 1}")], hover=hover, size=6, rim=True, **class_mark(label))
        )
    axes = Axis("x", low=low, high=high), Axis(text("generative.gradient_axis"), low=bottom, high=top)
    return Chart(*axes, series, HEIGHT, title=text(f"generative.gradient_{model}"))


def heads_and_rows(walked: Steps) -> tuple[list[str], list[list[str]]]:
    heads = [text(f"generative.gradient_column_{name}") for name in ("step", "theta", "loss", "formula", "autodiff")]
    rows = [
        [str(step), _pair(theta), number(float(loss)), _pair(formula), _pair(slope)]
        for step, (theta, loss, _, formula, slope) in enumerate(zip(*walked, strict=True))
    ]
    return heads, rows


def _pair(values: Floats) -> str:
    return f"({number(float(values[0]))}, {number(float(values[1]))})"


def groups(asked: Generative) -> list[dict[str, Any]]:
    first = [
        number_field(f"first_{name}", getattr(asked, f"first_{name}"), f"{name}₀", text("generative.first_hint"))
        for name in ("w", "b")
    ]
    return [group("stride", [number_field("stride", asked.stride, "η", text("generative.stride_hint")), *first])]


def formulas() -> list[str]:
    return [
        r"f=wx+b,\ L=\tfrac12\sum_n(\hat y^n-f^n)^2\qquad f=\sigma(wx+b),\ "
        r"L=-\sum_n\bigl[\hat y^n\ln f^n+(1-\hat y^n)\ln(1-f^n)\bigr]",
        r"\frac{\partial L}{\partial w}=-\sum_n(\hat y^n-f^n)\,x^n,\qquad"
        r"\frac{\partial L}{\partial b}=-\sum_n(\hat y^n-f^n)",
    ]


def script(asked: Generative) -> str:
    x, y = examples(asked)
    return f'''"""One gradient for two models, from Descent Lab; run it in its folder."""

from engine.measures.shared_gradient import MODELS, steps

x, y = {x.tolist()}, {y.tolist()}
for model in MODELS:
    found = steps(model, x, y, {written((asked.first_w, asked.first_b))}, {asked.stride}, {STEPS})
    print(model, found.theta.tolist(), found.loss.tolist(), abs(found.formula - found.autodiff).max())
'''


def rows_of(asked: Generative) -> Table:
    rows = [
        [model, step, *theta, loss, *formula, *slope]
        for model, walked in both(asked).items()
        for step, (theta, loss, _, formula, slope) in enumerate(zip(*walked, strict=True))
    ]
    return ["model", "step", "w", "b", "loss", "formula_w", "formula_b", "autodiff_w", "autodiff_b"], rows


IDEA = Idea(sheet, lay, groups, formulas, script, rows_of)
