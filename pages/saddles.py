"""Minima or saddles? Many small networks at their critical points, and the signs of their curvatures."""

import streamlit as st

from views import controls, network_controls, saddles

net = saddles.shown()
with st.container(key="bench"):
    picture, panel, folded = st.container(key="picture"), st.container(key="controls"), st.container(key="folded")
with panel:  # before the work: who wants other networks need not wait for these
    saddles.data_menu(net)
    controls.lesson_menu("saddles")
    network_controls.network_panel(net, saddles.WITHOUT, saddles.heard)
with folded:
    saddles.formulas()
with picture:
    controls.notices()
    search, share = saddles.asked(net)
    saddles.show(search, share)
    saddles.words(net, search)
