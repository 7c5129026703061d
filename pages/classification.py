"""Classification: cross-entropy and squared error from the same start, and what they mean."""

import streamlit as st

from views import classification, controls, state

experiment = classification.shown(state.experiment())
with st.container(key="bench"):
    picture, panel, folded = st.container(key="picture"), st.container(key="controls"), st.container(key="folded")
with picture:
    controls.notices()
    classification.show(experiment)
with panel:
    controls.lesson_menu("classification")
    classification.settings_panel(experiment)
with folded:
    classification.more()
