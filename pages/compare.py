"""Compare: several optimizers from one start on one surface."""

from views import compare, frame
from views.controls import surface
from views.export import surface as export
from views.session import visit

picture, controls, folded = frame.bench("compare")
experiment = visit.experiment()
with picture:  # first, so that the picture never waits for the controls
    trajectories = compare.race(experiment)
    compare.show(experiment, trajectories)
with controls:
    surface.surface_menu(experiment)
    surface.settings_panel(experiment)
with folded:
    export.share_race(experiment, trajectories)
    export.formulas(experiment)
    export.solid(experiment, trajectories)
