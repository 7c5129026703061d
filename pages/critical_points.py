"""Critical points: all of them on one map, each with its verdict, and the way out of it."""

from views import frame
from views.controls import surface
from views.critical_points import stage
from views.export import surface as export
from views.session import visit

picture, controls, folded = frame.bench("critical_points")
experiment, study = visit.experiment(), visit.study()
with picture:
    stage.show(experiment, study)
with controls:
    surface.surface_menu(experiment)
    surface.study_panel(experiment, study)
with folded:
    export.share_points(experiment, study)
    export.formulas(experiment)
