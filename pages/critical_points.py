"""Critical points: all of them on one map, each with its verdict, and the way out of it."""

from views import atlas, controls, export, frame, state

experiment, study = state.experiment(), state.study()
picture, panel, folded = frame.bench("critical_points")
with picture:
    controls.notices()
    atlas.show(experiment, study)
with panel:
    controls.surface_menu(experiment)
    controls.study_panel(experiment, study)
with folded:
    export.points(experiment, study)
    export.formulas(experiment)
