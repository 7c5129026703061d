"""Normalisation: the same data and the same network, raw and normalised."""

import streamlit as st

from records import Words
from views import frame
from views.controls import network
from views.export import network as export
from views.kit.pages import Page
from views.normalisation import features, layers, linear
from views.session import visit
from views.session.played import play

PAGE = Page(
    title=Words("Normalisation", "归一化"),
    tagline=Words(
        "The same data, the same network, the same seeds: raw against normalised.",
        "同样的数据、同样的网络、同样的种子：不归一化与归一化的比较。",
    ),
    question=Words("Why normalise?", "为什么要归一化？"),
    group="networks",
    place=8,
)

picture, controls, folded = frame.bench("normalisation")
asked = visit.network()
net = asked.alike
with picture:
    first, row, second = st.container(), st.container(), st.container()
    of_layers, of_features = (first, second) if layers.on_top() else (second, first)
with of_features:  # first, for it is fast
    shown, updates = linear.topic(), 0
    if linear.scaled():
        updates = features.features(net)
    else:
        linear.TOPICS[shown]()
with row:
    play("normalisation", max(updates, layers.steps(net)))
if updates:
    with second:
        features.notes(net)
with controls:  # before the work below: who wants another network need not wait for this one
    network.data_menu(asked)
    network.network_panel(asked, ("lanes", "norm", "seeds"))
with folded:
    export.share_network(net, "normalisation")
    layers.formulas()
with of_layers:
    layers.layers(net)
