"""Classification: cross-entropy and squared error from the same start, and what they mean."""

from views import classification, frame
from views.session import visit

picture, controls, folded = frame.bench("classification")
experiment = visit.experiment()
with picture:
    classification.show(experiment)
with controls:
    classification.settings_panel(experiment)
with folded:
    classification.more()
