"""Compare: several optimizers from one start on one surface."""

import streamlit as st

from views import controls, export, player, state

experiment = state.experiment()
with st.container(key="bench"):
    picture, panel, folded = st.container(key="picture"), st.container(key="controls"), st.container(key="folded")
with picture:  # first, so that the picture never waits for the controls
    controls.notices()
    trajectories = player.race(experiment)
    player.show(experiment, trajectories)
with panel:
    controls.surface_menu(experiment)
    controls.lesson_menu("compare")
    controls.settings_panel(experiment)
with folded:
    export.share(experiment, trajectories)
    export.formulas(experiment)
    export.solid(experiment, trajectories)
