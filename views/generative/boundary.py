"""A Gaussian for each class against logistic regression: the model by hand, both boundaries, what each gets right."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.measures.gaussian_classes import (
    CLOUDS,
    EMPTY,
    NEVER,
    Examples,
    Gaussians,
    accuracy,
    covariance_of,
    diagonal,
    drawn,
    ellipse,
    fitted,
    held_out,
    log_likelihood,
    posterior,
    scores,
    silent,
    spread_of,
    truth,
    weights,
)
from engine.measures.level_lines import between
from engine.measures.softmax_regression import DECAY, Regression, logits, regression
from settings.generative import Generative
from views.controls.fields import group, number_field
from views.controls.widgets import linked_choice, linked_menu
from views.generative.idea import Idea, Table, grip, written
from views.kit.charts import (
    STRETCHES,
    Axis,
    Chart,
    Series,
    band,
    class_mark,
    draw,
    key_of,
    line,
    marks,
    regions,
    variant_line,
)
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, text
from views.session import visit
from views.session.linked import put
from views.session.played import play
from views.session.work import worked

WINDOWS = {  # x₁ from, to, x₂ from, to
    "alike": (-5.0, 5.0, -3.2, 3.2),
    "unlike": (-4.5, 4.5, -4.0, 4.0),
    "clumps": (-4.0, 7.5, -5.8, 3.2),
    "three": (-5.5, 5.5, -3.8, 4.2),
}
OUTLIERS = (9.0, -6.3)  # so far the window reaches where there are any
BEYOND = (2.2, 1.8)  # times the window: what one scale on both axes may show of it
NODES = (176, 110)
HEIGHT, LOW = 440, 260  # of both charts
TWO = 2.0  # standard deviations, of the ellipse that is drawn
MODEL, OTHER = {"colour": "ink", "width": 3.0, "halo": 2.4}, {**variant_line(3), "width": 3.0, "halo": 2.4}
FEW = (3, 5, 10, 20, 50, 100, 300)  # examples of each class
DRAWS = 24  # of each number of them


class Judged(NamedTuple):
    """Everything that is shown of one choice of examples and one model."""

    asked: Generative
    examples: Examples
    best: Gaussians  # maximum likelihood
    model: Gaussians  # as somebody has drawn it
    line: Regression | None  # None without examples

    @property
    def many(self) -> int:
        return len(self.best.priors)


def judged(asked: Generative) -> Judged:
    counts = (asked.n1, asked.n2, asked.n3)[: len(CLOUDS[asked.cloud])]
    examples = drawn(asked.cloud, counts, asked.sample, asked.outliers, asked.wrong / 100)
    best = fitted(examples, len(counts), asked.sigma)  # type: ignore[arg-type]
    return Judged(asked, examples, best, by_hand(asked, best), _line(asked.cloud, counts, *_rest(asked)))


def _rest(asked: Generative) -> tuple[int, int, int]:
    return asked.sample, asked.outliers, asked.wrong


@lru_cache(maxsize=64)
def _line(cloud: str, counts: tuple[int, ...], sample: int, outliers: int, wrong: int) -> Regression | None:
    examples = drawn(cloud, counts, sample, outliers, wrong / 100)
    return regression(examples, len(counts)) if len(examples.labels) else None


@lru_cache(maxsize=8)
def _test(cloud: str) -> Examples:
    return held_out(cloud)


def by_hand(asked: Generative, best: Gaussians) -> Gaussians:
    """The model of maximum likelihood, with what somebody has drawn in its place."""
    many = len(best.priors)
    means = [getattr(asked, f"mean{k + 1}") or best.means[k] for k in range(many)]
    drawn_ones = [asked.spread0 if asked.sigma == "shared" else getattr(asked, f"spread{k + 1}") for k in range(many)]
    shapes = [covariance_of(own) if own else best.covariances[k] for k, own in enumerate(drawn_ones)]
    covariances = np.array(shapes)
    return Gaussians(
        priors(asked, best.priors), np.array(means), diagonal(covariances) if asked.sigma == "naive" else covariances
    )


def priors(asked: Generative, shares: Floats) -> Floats:
    """P(C₁) as it is asked for; the others keep their proportions."""
    if not asked.prior:
        return shares
    others = shares[1:] / shares[1:].sum() if shares[1:].sum() else np.full(len(shares) - 1, 1 / (len(shares) - 1))
    return np.array([asked.prior[0], *((1 - asked.prior[0]) * others)])


# ---- the picture -----------------------------------------------------------------------------------------------------


def above() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="class_settings"):
        linked_menu(text("generative.cloud"), "cloud", lambda name: text(f"generative.cloud_{name}"), width=250)
        linked_choice(text("generative.sigma"), "sigma", lambda name: text(f"generative.sigma_{name}"), width="content")
        st.button(text("generative.best"), key="best", help=text("generative.best_help"), on_click=_best)


def sheet(asked: Generative) -> Sheet:
    found = judged(asked)
    note = text("generative.table_note", penalty=number(DECAY))
    return Sheet({"classes": chart(found)}, {"told": Said(sentences(found), *heads_and_rows(found), note)})


def lay(sheet: Sheet) -> None:
    put(sheet, "classes")
    play("generative")
    tell(sheet, "told")


def _best() -> None:
    names = ("prior", "mean1", "mean2", "mean3", "spread0", "spread1", "spread2", "spread3")
    visit.take([{"path": name, "value": ""} for name in names])


def window_of(asked: Generative) -> tuple[float, float, float, float]:
    x0, x1, y0, y1 = WINDOWS[asked.cloud]
    return (x0, max(x1, OUTLIERS[0]), min(y0, OUTLIERS[1]), y1) if asked.outliers else (x0, x1, y0, y1)


def chart(found: Judged) -> Chart:
    """The plane of both features: what the model says of every place, the examples, ellipses with their grips, and the
    boundaries of both models."""
    x0, x1, y0, y1 = window_of(found.asked)
    (cx, cy), (rx, ry) = ((x0 + x1) / 2, (y0 + y1) / 2), ((x1 - x0) / 2 * BEYOND[0], (y1 - y0) / 2 * BEYOND[1])
    wide = (cx - rx, cx + rx, cy - ry, cy + ry)
    across, up = np.linspace(*wide[:2], NODES[0]), np.linspace(*wide[2:], NODES[1])
    nodes = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    shape = (*NODES[::-1], found.many)
    mine = scores(found.model, nodes)
    series: list[Series] = []
    if len(silent(found.model)) < found.many:
        series.append(regions(wide, posterior(mine).reshape(shape).transpose(2, 0, 1)))
    series += [_examples(found, label) for label in range(found.many)]
    series += _ellipses(found)
    if found.line:
        other = logits(found.line.weights, nodes).reshape(shape)
        series += _boundary(between(other, across, up), text("generative.logistic"), OTHER)
    series += _boundary(between(mine.reshape(shape), across, up), text("generative.gaussians"), MODEL)
    series += _grips(found)
    axes = Axis("x₁", low=x0, high=x1), Axis("x₂", low=y0, high=y1)
    return Chart(*axes, series, HEIGHT, equal=True, title=text("generative.title_boundary"))


def _examples(found: Judged, label: int) -> Series:
    places = found.examples.inputs[found.examples.labels == label]
    name = text("generative.class_count", k=label + 1, count=len(places))
    return marks(places[:, 0], places[:, 1], name, size=3.4, rim=True, width=0.8, mute=True, **class_mark(label))


def _boundary(pieces: list[Floats], name: str, look: dict[str, Any]) -> list[Series]:
    """Curves with one name."""
    return [
        line(piece[:, 0], piece[:, 1], "" if place else name, mute=True, **look) for place, piece in enumerate(pieces)
    ]


def _ellipses(found: Judged) -> list[Series]:
    dumb = silent(found.model)
    shown = [k for k in range(found.many) if dumb.get(k, NEVER) == NEVER]
    return [_ellipse(found.model, k, *ring) for k in shown for ring in ((1.0, 1.2), (TWO, 2.4))]


def _ellipse(model: Gaussians, k: int, radius: float, width: float) -> Series:
    x, y = ellipse(model.means[k], model.covariances[k], radius).T
    return line(x, y, colour=class_mark(k)["colour"], width=width, halo=2.0, mute=True)


def _grips(found: Judged) -> list[Series]:
    """A mark in the middle that moves μ, and two on the ellipse that turn and stretch Σ."""
    asked, series, dumb = found.asked, [], silent(found.model)
    for k in range(found.many):
        if dumb.get(k) == EMPTY:
            continue
        mean, place = found.model.means[k], f"spread{0 if asked.sigma == 'shared' else k + 1}"
        at = (float(mean[0]), float(mean[1]))
        upright = asked.sigma == "naive"
        a1, a2, b = (not upright and getattr(asked, place)) or spread_of(found.model.covariances[k], upright)
        length = float(np.hypot(a1, a2)) or 1.0
        ends = mean + TWO * np.array([[a1, a2], [-a2 * b / length, a1 * b / length]])
        turns: list[float | str] = ["r", 0.0, b] if upright else ["x", "y", b]
        grips = [grip(place, turns, at, 1 / TWO), grip(place, [a1, a2, "r"], at, 1 / TWO)]
        look = {**class_mark(k), "open": "paper", "width": 2.6}
        hover = [text("generative.grip_sigma", k=k + 1)] * 2
        series.append(
            marks(ends[:, 0], ends[:, 1], hover=hover, grips=grips, **look | {"symbol": "diamond", "size": 4.6})
        )
        hint = text("generative.grip_mu", k=k + 1, first=number(mean[0]), second=number(mean[1]))
        series.append(marks(mean[:1], mean[1:], hover=[hint], grips=[grip(f"mean{k + 1}")], size=7.5, **look))
    return series


# ---- in words and numbers --------------------------------------------------------------------------------------------


def sentences(found: Judged) -> list[str]:
    """What somebody's model is worth, and what a class that has no say lacks."""
    lines = []
    mine, best = log_likelihood(found.model, found.examples), log_likelihood(found.best, found.examples)
    if not len(found.examples.labels):
        return [text("generative.no_examples")]
    if not np.isfinite(best):
        lines.append(text("generative.likelihood_none"))
    elif is_best(found):
        lines.append(text("generative.likelihood_best", best=number(best, 5)))
    else:
        lines.append(
            text("generative.likelihood", mine=number(mine, 5), best=number(best, 5), less=number(best - mine, 3))
        )
    lines += [text(f"generative.silent_{why}", k=k + 1) for k, why in silent(found.model).items()]
    counts = np.bincount(found.examples.labels, minlength=found.many)
    if (counts > 0).sum() == 1:
        lines.append(text("generative.one_class", k=int(counts.argmax()) + 1))
    elif found.line and not errors(logits(found.line.weights, found.examples.inputs), found.examples):
        lines.append(text("generative.separable"))
    return lines


def is_best(found: Judged) -> bool:
    return all(np.array_equal(one, other, equal_nan=True) for one, other in zip(found.model, found.best, strict=True))


def errors(said: Floats, examples: Examples) -> int:
    return int(np.sum(said.argmax(axis=1) != examples.labels))


def heads_and_rows(found: Judged) -> tuple[list[str], list[list[str]]]:
    """Weights, likelihoods, errors and accuracy of each model."""
    test, examples = _test(found.asked.cloud), found.examples
    heads = [
        text(f"generative.column_{name}") for name in ("model", "w", "b", "joint", "conditional", "errors", "test")
    ]
    rows = []
    models = {"drawn": found.model} if not is_best(found) else {}
    for name, model in (models | {"likely": found.best}).items():
        said = scores(model, examples.inputs)
        tested = accuracy(scores(model, test.inputs), test.labels)
        rows.append([
            text(f"generative.model_{name}"), *_line_told(weights(model)), number(log_likelihood(model, examples), 5),
            *_judged(said, examples), _percent(tested),
        ])  # fmt: skip
    if found.line:
        said = logits(found.line.weights, examples.inputs)
        tested = accuracy(logits(found.line.weights, test.inputs), test.labels)
        known = np.isfinite(found.line.weights).all()
        own = found.line.weights[:-1] if known else None
        rows.append(
            [text("generative.model_logistic"), *_line_told(own), "–", *_judged(said, examples), _percent(tested)]
        )
    exact = truth(found.asked.cloud, test.inputs)
    rows.append([text("generative.model_truth"), "–", "–", "–", "–", "–", _percent(accuracy(exact, test.labels))])
    return heads, rows


def _judged(said: Floats, examples: Examples) -> tuple[str, str]:
    if not len(said):
        return "–", "–"
    chances = posterior(said)[np.arange(len(said)), examples.labels]
    with np.errstate(divide="ignore"):
        return number(float(np.log(chances).sum()), 4), f"{errors(said, examples)} / {len(said)}"


def _line_told(rows: Floats | None) -> tuple[str, str]:
    """w and b; of three classes those of each against the last."""
    if rows is None:
        return "–", "–"
    return (
        "; ".join(f"({number(first)}, {number(second)})" for first, second, _ in rows),
        "; ".join(number(shift) for *_, shift in rows),
    )


def _percent(share: float) -> str:
    return f"{number(100 * share, 4)} %" if np.isfinite(share) else "–"


# ---- few examples and many -------------------------------------------------------------------------------------------


class Curves(NamedTuple):
    """Test accuracy, (len(FEW), DRAWS)."""

    gaussians: Floats
    logistic: Floats


def few_and_many(asked: Generative) -> None:
    """G6: what both get right on the test set, against the number of examples that they have learned from."""
    st.markdown(f"**{text('generative.few_title')}**")
    place = st.container(key=key_of("few", LOW))  # as high as the chart will be: nothing moves when it comes
    st.caption(text("generative.few_note", draws=DRAWS))
    key = (asked.cloud, asked.sigma, asked.outliers, asked.wrong)
    with place:
        curves = worked("few_and_many", key, 0.9, lambda: _curves(*key), quiet=True)
        if curves is not None:
            draw(_curves_drawn(curves), "few_and_many")


def _curves_drawn(curves: Curves) -> Chart:
    series: list[Series] = []
    for rows, name, look in (
        (curves.logistic, text("generative.logistic"), OTHER),
        (curves.gaussians, text("generative.few_gaussians"), MODEL | {"dash": STRETCHES["solid"]}),
    ):
        low, middle, high = np.percentile(100 * rows, (25, 50, 75), axis=1)
        series += [band(FEW, low, high, colour=look["colour"]), line(FEW, middle, name, **look)]
    ticks = {float(each): str(each) for each in FEW}
    ends = np.percentile(100 * np.concatenate(curves), (2, 98))
    across = Axis(text("generative.few_axis"), log=True, ticks=ticks)
    up = Axis(text("generative.few_test"), low=ends[0], high=ends[1])
    return Chart(across, up, series, LOW, title=text("generative.few_title"))


def _curves(cloud: str, sigma: str, outliers: int, wrong: int) -> Iterator[tuple[float, Curves | None]]:
    many, test = len(CLOUDS[cloud]), _test(cloud)
    some = Examples(test.inputs[::4], test.labels[::4])
    found = np.empty((2, len(FEW), DRAWS))
    for at, count in enumerate(FEW):
        for sample in range(DRAWS):
            examples = drawn(cloud, [count] * many, 100 + sample, outliers, wrong / 100)
            model = fitted(examples, many, sigma)  # type: ignore[arg-type]
            found[0, at, sample] = accuracy(scores(model, some.inputs), some.labels)
            rows = regression(examples, many).weights
            found[1, at, sample] = accuracy(logits(rows, some.inputs), some.labels)
            yield (at * DRAWS + sample + 1) / (len(FEW) * DRAWS), None
    yield 1.0, Curves(*found)


# ---- beside the picture ----------------------------------------------------------------------------------------------


def groups(asked: Generative) -> list[dict[str, Any]]:
    many = len(CLOUDS[asked.cloud])
    counts = [
        number_field(f"n{k + 1}", getattr(asked, f"n{k + 1}"), text("generative.count", k=k + 1)) for k in range(many)
    ]
    others = [
        number_field(name, getattr(asked, name), text(f"generative.{name}"), text(f"generative.{name}_hint"))
        for name in ("outliers", "wrong", "sample")
    ]
    found = judged(asked)
    prior = number_field(
        "prior", float(f"{found.model.priors[0]:.3g}"), text("generative.prior"), text("generative.prior_hint")
    )
    return [group("examples", [*counts, *others]), group("model", [prior])]


def formulas() -> list[str]:
    return [
        r"P(C_1\mid x)=\frac{P(C_1)\,\mathcal N(x;\mu_1,\Sigma_1)}{\sum_k P(C_k)\,\mathcal N(x;\mu_k,\Sigma_k)},\qquad"
        r"\mu_k^*=\frac1{n_k}\sum_{n\in C_k}x^n,\qquad"
        r"\Sigma_k^*=\frac1{n_k}\sum_{n\in C_k}(x^n-\mu_k^*)(x^n-\mu_k^*)^\top",
        r"\Sigma=\sum_k P(C_k)\,\Sigma_k:\quad P(C_1\mid x)=\sigma(w^\top x+b),\quad w=\Sigma^{-1}(\mu_1-\mu_2),\quad"
        r"b=-\tfrac12\mu_1^\top\Sigma^{-1}\mu_1+\tfrac12\mu_2^\top\Sigma^{-1}\mu_2+\ln\tfrac{P(C_1)}{P(C_2)}",
    ]


def script(asked: Generative) -> str:
    found = judged(asked)
    counts = (asked.n1, asked.n2, asked.n3)[: found.many]
    made = f'fitted(examples, {found.many}, "{asked.sigma}")'
    if not is_best(found):
        parts = (found.model.priors, found.model.means, found.model.covariances)
        made = f"Gaussians(*map(np.array, {[part.tolist() for part in parts]}))"
    return f'''"""Generative and discriminative models, from Descent Lab; run it in its folder."""

import numpy as np

from engine.measures.gaussian_classes import (
    Gaussians, accuracy, drawn, fitted, held_out, log_likelihood, scores, weights,
)
from engine.measures.softmax_regression import logits, regression

examples = drawn("{asked.cloud}", {written(counts)}, {asked.sample}, {asked.outliers}, {asked.wrong / 100})
test = held_out("{asked.cloud}")
model = {made}
line = regression(examples, {found.many})
print("log-likelihood", log_likelihood(model, examples), "w, b", weights(model))
print("Gaussians, test", accuracy(scores(model, test.inputs), test.labels))
print("logistic regression, test", accuracy(logits(line.weights, test.inputs), test.labels), "w, b", line.weights)
'''


def rows_of(asked: Generative) -> Table:
    """Every number of the models: one row for each class."""
    found = judged(asked)
    head = ["model", "class", "prior", "mean_1", "mean_2", "variance_1", "covariance", "variance_2"]
    test, rows = _test(asked.cloud), []
    for name, model in (("drawn", found.model), ("maximum likelihood", found.best)):
        value = log_likelihood(model, found.examples)
        tested = accuracy(scores(model, test.inputs), test.labels)
        for k in range(found.many):
            (v1, both), (_, v2) = model.covariances[k]
            rows.append([name, k + 1, model.priors[k], *model.means[k], v1, both, v2, value, tested])
    return [*head, "log_likelihood", "test_accuracy"], rows


IDEA = Idea(sheet, lay, groups, formulas, script, rows_of, above, few_and_many, ("cloud", "sigma", "outliers", "wrong"))
