"""Curvature: the Hessian's spectrum and the sharpness through training; flat and sharp minima."""

import streamlit as st

from views import controls, flat_minima, network_controls, spectra, state
from views.trained import trained

net = state.network()
with st.container(key="bench"):
    picture, panel, folded = st.container(key="picture"), st.container(key="controls"), st.container(key="folded")
with panel:  # before the work below: who wants another network need not wait for this one
    network_controls.data_menu(net)
    controls.lesson_menu("curvature")
    network_controls.network_panel(net, without=("seeds", "dropout"))
with picture:
    controls.notices()
    training = trained(net)
    if training is not None:
        spectra.show(net, training)
with folded:
    flat_minima.shifted()
    if training is not None:
        flat_minima.around_ends(net, training)
