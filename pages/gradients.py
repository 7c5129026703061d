"""Gradients: how they reach the first layer, whether they are right, and where they begin."""

import streamlit as st

from views import frame, gradients
from views.controls import network
from views.session import visit

picture, controls, folded = frame.bench("gradients")
net = visit.network()
with controls:  # before the work: who wants another network need not wait for this one
    network.data_menu(net)
    network.network_panel(net, gradients.without())
with folded:
    gradients.formulas()
with picture:
    gradients.through_depth(net)
    beside = st.columns(2, gap="large")
    with beside[1]:
        gradients.softmax()
    with beside[0]:
        gradients.against_differences(net)
