"""The page of normalisation: a demonstration of features, and the layers of the network, of which one is on top."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine.networks.experiment import NetworkExperiment
from settings.normalisation import Normalisation
from views.controls.fields import group, send_panel
from views.controls.network import network_groups
from views.controls.widgets import linked_choice
from views.kit.sheet import Sheet
from views.kit.text import language, text
from views.normalisation import layers, linear
from views.session import visit
from views.session.linked import Asked, Linked, Parts, follow_sheet, piece, sheet_of
from views.session.played import play
from views.session.work import shelf


def asked_for(net: NetworkExperiment) -> Asked:
    return Asked(visit.settings(Normalisation), language(), net)


def show(net: NetworkExperiment) -> DeltaGenerator:
    """Features and the clock; where the layers stand."""
    first, row, second = st.container(), st.container(), st.container()
    of_layers, of_features = (first, second) if asked_for(net).own.first == "layers" else (second, first)
    with of_features:
        linked_choice(
            text("normalisation.linear"), "linear", lambda name: text(f"normalisation.linear_{name}"),
            label_visibility="collapsed",
        )  # fmt: skip
        now = asked_for(net)
        topic = linear.TOPICS[now.own.linear]
        if topic.fields(now.own):
            send_panel(_rows(now), "features")
        drawn = topic.sheet(now)
        topic.lay(drawn)
    with row:
        play("normalisation", _clock(now, drawn))
    with second:
        topic.below(drawn)
    return of_layers


def show_layers(net: NetworkExperiment) -> None:
    """They may take a moment: who changes something need not wait for it."""
    now = asked_for(net)
    st.markdown(f"**{text('normalisation.layers_title')}**")
    send_panel(_rows(now), "layers")
    drawn = sheet_of(LAYERS, now)
    if drawn:
        layers.lay(drawn)
    follow_sheet(PAGE, now, _both(now, linear.TOPICS[now.own.linear].sheet(now), drawn).places if drawn else ())


def work(asked: Asked) -> Parts:
    """All that is drawn and said."""
    above = linear.TOPICS[asked.own.linear].sheet(asked)
    below: Sheet = yield from piece(LAYERS.kind, LAYERS.key(asked), lambda: layers.work(asked))
    yield 1.0, _both(asked, above, below)


def seconds(asked: Asked) -> float:
    """Of what is not known."""
    return 0.0 if shelf(LAYERS.kind).kept(LAYERS.key(asked)) else layers.seconds_of(asked)


def _both(asked: Asked, above: Sheet, below: Sheet) -> Sheet:
    boxes = [*above.boxes, *below.boxes]
    said: Mapping[str, Any] = {**above.said, **below.said}
    return Sheet({**above.charts, **below.charts}, said, (_clock(asked, above), 0), below.signs, boxes)


def _clock(asked: Asked, above: Sheet) -> int:
    """As long as the longer of both."""
    return max((above.clock or (0, 0))[0], layers.steps(asked.net))


def groups(asked: Asked) -> list[dict[str, Any]]:
    """Of the panel, and what the page asks for above its pictures."""
    return [*network_groups(asked.net, ("lanes", "norm", "seeds")), *_rows(asked)]


def _rows(asked: Asked) -> list[dict[str, Any]]:
    """Of fields above the pictures."""
    of_features = linear.TOPICS[asked.own.linear].fields(asked.own)
    return [group("features", of_features, "features"), group("layers", layers.fields(asked), "layers")]


DECIDES = tuple(name for name in Normalisation.fields() if name != "heights")
PAGE = Linked("normalisation", Normalisation, DECIDES, work, seconds, networks=True)
LAYERS = Linked("norms", Normalisation, layers.DECIDES, layers.work, layers.seconds_of, networks=True)
