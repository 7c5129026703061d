"""Normalisation: the same data and the same network, raw and normalised."""

import streamlit as st

from views import controls, network_controls, normalisation, normalised_features, state

net = state.network()
with st.container(key="bench"):
    picture, panel, folded = st.container(key="picture"), st.container(key="controls"), st.container(key="folded")
with picture:
    controls.notices()
    normalised_features.features(net)
with panel:  # before the work below: who wants another network need not wait for this one
    network_controls.data_menu(net)
    controls.lesson_menu("normalisation")
    network_controls.network_panel(net, ("lanes", "norm", "seeds"))
with folded:
    normalisation.formulas()
with picture:
    normalisation.layers(net)
