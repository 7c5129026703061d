"""Curvature: the Hessian's spectrum and the sharpness through training; flat and sharp minima."""

import streamlit as st

from records import Words
from views import frame
from views.controls import network
from views.curvature import flat_minima, stage
from views.export import network as export
from views.kit.pages import Page
from views.session import visit

PAGE = Page(
    title=Words("Curvature", "曲率"),
    tagline=Words(
        "The eigenvalues of the Hessian while a network learns, and how sharp a surface each rule can bear.",
        "网络学习过程中 Hessian 的特征值，以及每条规则能承受多陡的曲面。",
    ),
    question=Words("How sharp a surface can a rule bear?", "一个规则能承受多大的锐度？"),
    group="networks",
    place=5,
)

picture, controls, folded = frame.bench("curvature")
net = visit.network()
with controls:  # before the work below: who wants another network need not wait for this one
    network.data_menu(net)
    network.network_panel(net, stage.SET_ASIDE, compares=True)
with picture:
    training = stage.show(net)
with folded:
    export.share_network(net, "curvature")
    flat_minima.shifted()
    if training is not None:
        with st.container(key="follows"):
            flat_minima.around_ends(net, training)
