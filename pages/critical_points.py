"""Critical points: all of them on one map, each with its verdict, and the way out of it."""

import streamlit as st

from views import atlas, controls, export, state

experiment, study = state.experiment(), state.study()
with st.container(key="bench"):
    picture, panel, folded = st.container(key="picture"), st.container(key="controls"), st.container(key="folded")
with picture:
    controls.notices()
    atlas.show(experiment, study)
with panel:
    controls.surface_menu(experiment)
    controls.lesson_menu("critical_points")
    controls.study_panel(experiment, study)
with folded:
    export.points(experiment, study)
    export.formulas(experiment)
