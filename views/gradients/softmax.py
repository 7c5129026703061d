"""Where gradients begin: three logits to move, and what the gradient of softmax and cross-entropy is made of."""

from typing import Any

import numpy as np
import streamlit as st

from engine.measures.layer_gradients import logit_gradient
from settings.gradients import Gradients
from views.controls.fields import choice_field, group, number_field, send_panel
from views.kit.charts import Axis, Chart, bars, marks, variant_line
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, text
from views.session.linked import put

CLASSES = tuple("123")
BAR = 0.26  # how far apart the bars of a class are


def fields(own: Gradients) -> list[dict[str, Any]]:
    """What is chosen beside the picture."""
    logits = [number_field(f"z{at}", getattr(own, f"z{at}"), f"z{'₁₂₃'[at - 1]}") for at in (1, 2, 3)]
    right = choice_field("class", own.right, text("gradients.true_class"), {name: name for name in CLASSES})
    return [group("softmax", logits, at="softmax"), group("class", [right], at="softmax")]


def sheet(own: Gradients) -> Sheet:
    gradient = logit_gradient([own.z1, own.z2, own.z3], CLASSES.index(own.right))
    places = np.arange(1, 4)
    heights = {"softmax": gradient.probabilities, "one_hot": gradient.target, "autodiff": gradient.gradient}
    series = [
        bars(places + (place - 1) * BAR, part, text(f"gradients.bar_{name}"), BAR, colour=variant_line(place)["colour"])
        for place, (name, part) in enumerate(heights.items())
    ]
    closed = gradient.probabilities - gradient.target
    series.append(marks(places + BAR, closed, text("gradients.bar_closed"), symbol="cross", size=5.5, colour="ink"))
    classes = Axis(text("gradients.class"), low=0.5, high=3.5, ticks=dict(enumerate(CLASSES, 1)))
    chart = Chart(classes, Axis("", low=-1.1, high=1.1), series, height=300, title=text("gradients.softmax_title"))
    note = text("gradients.softmax_note", difference=number(gradient.difference, 2), loss=number(gradient.loss, 4))
    return Sheet({"softmax_bars": chart}, {"softmax_told": Said(note=note)})


def lay(own: Gradients) -> Sheet:
    """The part of the page."""
    st.markdown(f"**{text('gradients.softmax_title')}**")
    send_panel(fields(own), "softmax")
    drawn = sheet(own)
    put(drawn, "softmax_bars")
    tell(drawn, "softmax_told")
    return drawn
