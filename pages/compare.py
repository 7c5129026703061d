"""Compare: several optimizers from one start on one surface."""

from views import controls, export, frame, player, state

experiment = state.experiment()
picture, panel, folded = frame.bench("compare")
with picture:  # first, so that the picture never waits for the controls
    controls.notices()
    trajectories = player.race(experiment)
    player.show(experiment, trajectories)
with panel:
    controls.surface_menu(experiment)
    controls.settings_panel(experiment)
with folded:
    export.share(experiment, trajectories)
    export.formulas(experiment)
    export.solid(experiment, trajectories)
