"""Networks: several optimizers train one network, from the same weights on the same batches."""

import streamlit as st

from views import controls, network_controls, network_export, networks, state
from views.trained import trained

net = state.network()
with st.container(key="bench"):
    picture, panel, folded = st.container(key="picture"), st.container(key="controls"), st.container(key="folded")
with picture:
    controls.notices()
    training = trained(net)
    if training is not None:
        networks.show(net, training)
with panel:
    network_controls.data_menu(net)
    controls.lesson_menu("networks")
    network_controls.network_panel(net)
with folded:
    network_export.share(net, training)
    network_export.formulas(net)
