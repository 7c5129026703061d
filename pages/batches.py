"""Batches: what their size does to the path, to the gradient, to the time, and to what is learned."""

import streamlit as st

from views import batches, controls, network_controls, state

net = state.network()
with st.container(key="bench"):
    picture, panel, folded = st.container(key="picture"), st.container(key="controls"), st.container(key="folded")
with panel:  # before the work below: who wants another network need not wait for this one
    network_controls.data_menu(net)
    controls.lesson_menu("batches")
    network_controls.network_panel(net, ("batch", "seeds"))
with picture:
    controls.notices()
    batches.show(net)
with folded:
    batches.formulas()
