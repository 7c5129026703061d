"""Classification: cross-entropy and squared error from the same start, and what they mean."""

from views import classification, controls, frame, state

experiment = classification.shown(state.experiment())
picture, panel, folded = frame.bench("classification")
with picture:
    controls.notices()
    classification.show(experiment)
with panel:
    classification.settings_panel(experiment)
with folded:
    classification.more()
