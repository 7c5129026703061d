"""Compare: several optimizers from one start on one surface."""

from records import Words
from views import frame
from views.compare import stage
from views.controls import surface
from views.export import surface as export
from views.kit.pages import Page
from views.session import visit

PAGE = Page(
    title=Words("Compare", "对比"),
    tagline=Words(
        "Click on the surface: every optimizer descends from there.", "在曲面上点一下：所有优化器都从那里出发下降。"
    ),
    question=Words("Who gets down first?", "谁先到谷底？"),
    group="surfaces",
    place=1,
)

picture, controls, folded = frame.bench("compare")
experiment = visit.experiment()
with picture:  # first, so that the picture never waits for the controls
    stage.show(experiment)
with controls:
    surface.surface_menu(experiment)
    surface.settings_panel(experiment)
with folded:
    export.share_race(experiment)
    export.formulas(experiment)
