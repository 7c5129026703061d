"""Networks: several optimizers train one network, from the same weights on the same batches."""

import streamlit as st

from views import controls, network_controls, state
from views.trained import trained

net = state.network()
with st.container(key="bench"):
    picture, panel, folded = st.container(key="picture"), st.container(key="controls"), st.container(key="folded")
with picture:
    controls.notices()
    training = trained(net)
    if training is not None:
        st.write(training.train_loss[:, 0, -1])
with panel:
    network_controls.data_menu(net)
    network_controls.network_panel(net)
