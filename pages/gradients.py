"""Gradients: how they reach the first layer, whether they are right, and where they begin."""

import streamlit as st

from views import controls, frame, gradients, network_controls, state

net = state.network()
picture, panel, folded = frame.bench("gradients")
with panel:  # before the work: who wants another network need not wait for this one
    network_controls.data_menu(net)
    network_controls.network_panel(net, gradients.without())
with folded:
    gradients.formulas()
with picture:
    controls.notices()
    gradients.through_depth(net)
    beside = st.columns(2, gap="large")
    with beside[1]:
        gradients.softmax()
    with beside[0]:
        gradients.against_differences(net)
