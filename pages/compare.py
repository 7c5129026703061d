"""Compare: several optimizers from one start on one surface."""

import streamlit as st

from views import controls, export, player, state

experiment = state.experiment()
with st.container(key="bench"):
    picture, panel = st.container(key="picture"), st.container(key="controls")
with panel:
    controls.surface_menu(experiment)
    controls.lesson_menu(experiment)
    controls.settings_panel(experiment)
with picture:
    controls.notices(experiment)
    trajectories = player.race(experiment)
    player.show(experiment, trajectories)
    export.share(experiment, trajectories)
    export.formulas(experiment)
    export.solid(experiment, trajectories)
