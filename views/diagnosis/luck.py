"""Luck: models that flip coins, and how well the best of them does on a public test, then on a private one."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

import numpy as np
import streamlit as st

from engine.measures.luck import MODELS, PRIVATE, PUBLIC, Scores, expected_best, scores
from engine.networks.experiment import NetworkExperiment
from settings.diagnosis import Diagnosis
from views.controls.fields import group, number_field, send_panel
from views.export.share import share
from views.kit.charts import Axis, Chart, draw, line, marks, note, rule, variant_line
from views.kit.glossary import marked
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, text
from views.session import visit
from views.session.linked import follow
from views.session.played import play

DECIDES = ("question", "models", "public", "flips")  # of what the link says
CURVE = 120  # numbers of models at which the expectation is drawn
SPREAD = 2 * np.sqrt(0.25 / PRIVATE)  # two standard deviations of a private score
EXPECTED = (
    r"\mathbb E\max_{i\le N}\frac{X_i}{M}=\frac1M\sum_{j=0}^{M-1}\bigl(1-P(X\le j)^N\bigr),"
    r"\qquad X\sim B(M,\tfrac12)"
)


def panel(net: NetworkExperiment) -> None:
    """Coins have no network."""
    del net
    send_panel(groups(visit.settings(Diagnosis)))


def groups(now: Diagnosis) -> list[dict[str, Any]]:
    fields = [
        number_field(name, getattr(now, name), text(f"luck.{name}"), text(f"luck.{name}_hint"))
        for name in ("models", "public", "flips")
    ]
    return [group("luck", fields)]


def sheet(now: Diagnosis) -> Sheet:
    """All of them, and the best of the first N against N."""
    found = scores(now.models, now.public, now.flips)
    return Sheet(
        {"luck_scores": _scatter(found), "luck_best": _curve(now)}, {"luck_verdict": Said([_verdict(found, now)])}
    )


def show(net: NetworkExperiment) -> Scores:
    del net
    now = visit.settings(Diagnosis)
    drawn = sheet(now)
    tell(drawn, "luck_verdict")
    for column, (key, chart) in zip(st.columns(2, gap="medium"), drawn.charts.items(), strict=True):
        with column:
            st.markdown(f"**{chart.title}**")
            draw(chart, key)
    play("diagnosis")
    follow("luck", now, DECIDES, places=drawn.places)
    low, high = number(0.5 - SPREAD), number(0.5 + SPREAD)
    st.caption(marked(text("luck.note", all=MODELS, private=PRIVATE, low=low, high=high)))
    return scores(now.models, now.public, now.flips)


def _verdict(found: Scores, now: Diagnosis) -> str:
    public, private = found.public[found.chosen], found.private[found.chosen]
    return text(
        "luck.verdict", models=now.models, examples=now.public, public=number(public), private=number(private),
        expected=number(float(expected_best(now.models, now.public))),
    )  # fmt: skip


def _scatter(found: Scores) -> Chart:
    chosen = found.chosen
    x, y = found.public[chosen], found.private[chosen]
    series = [
        rule(0.5, colour="soft"),
        rule(0.5, upright=True, colour="soft"),
        marks(found.public, found.private, colour="soft", size=2.5, alpha=0.55, mute=True),
        marks([x], [y], colour=variant_line(0)["colour"], symbol="diamond", size=8),
        note(x + (0.03 if x < 0.8 else -0.03), y, text("luck.chosen"), align="left" if x < 0.8 else "right"),
    ]
    axes = Axis(text("luck.public_score"), low=0.0, high=1.0), Axis(text("luck.private_score"), low=0.4, high=0.6)
    return Chart(*axes, series, 440, title=text("luck.scatter"))


def _curve(now: Diagnosis) -> Chart:
    """Of the first 1, 2, … MODELS, whatever N is: only its mark moves."""
    all_of = scores(MODELS, now.public, now.flips)
    leaders = all_of.chosen_of_first
    counts = np.arange(1, MODELS + 1)
    places = np.unique(np.geomspace(1, MODELS, CURVE).round())
    at = leaders[now.models - 1]
    best, private = variant_line(0), variant_line(1)
    series = [
        rule(0.5, colour="soft"),
        rule(now.models, upright=True, colour="soft"),
        line(places, expected_best(places, now.public), text("luck.expected"), colour="ink", width=1.5, dash=[3, 3]),
        line(counts, all_of.public[leaders], text("luck.public_score"), **best),
        line(counts, all_of.private[leaders], text("luck.private_score"), **private),
        marks([now.models], all_of.public[[at]], colour=best["colour"], symbol="diamond", size=8, mute=True),
        marks([now.models], all_of.private[[at]], colour=private["colour"], symbol="diamond", size=8, mute=True),
    ]
    axes = Axis(text("luck.models_axis"), log=True), Axis(text("luck.score"), low=0.0, high=1.0)
    return Chart(*axes, series, 440, title=text("luck.curve"))


# ---- what is folded away ---------------------------------------------------------------------------------------------


def folded(net: NetworkExperiment, found: Scores) -> None:
    del net
    now = visit.settings(Diagnosis)
    with st.expander(text("share.formulas")):
        st.latex(EXPECTED)
        st.markdown(text("luck.formula_words", all=MODELS, most=PUBLIC, private=PRIVATE))
    about = f"{text('share.python')}. {text('luck.python_note')}"
    share("luck", urlencode(now.written()), lambda: script_of(now), about, lambda: csv_of(found), True)


def script_of(now: Diagnosis) -> str:
    return f'''"""The best of many coins on a public test, from Descent Lab; run it in its folder."""

from engine.measures.luck import expected_best, scores

found = scores(models={now.models}, public={now.public}, seed={now.flips})
best = found.chosen
print(f"public {{found.public[best]:.6g}}, private {{found.private[best]:.6g}}")
print(f"expected best {{expected_best({now.models}, {now.public}):.6g}}")
'''


def csv_of(found: Scores) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["model", "public", "private"])
    writer.writerows(zip(range(1, len(found.public) + 1), found.public.tolist(), found.private.tolist(), strict=True))
    return file.getvalue()
