"""Critical points: all of them on one map, each with its verdict, and the way out of it."""

from records import Words
from views import frame
from views.controls import surface
from views.critical_points import stage
from views.export import surface as export
from views.kit.pages import Page
from views.session import visit

PAGE = Page(
    title=Words("Critical points", "临界点"),
    tagline=Words(
        "Click on the surface: is this a minimum, a saddle, or neither?",
        "在曲面上点一下：这里是极小值点、鞍点，还是都不是？",
    ),
    question=Words("Minimum or saddle?", "极小值还是鞍点？"),
    group="surfaces",
    place=2,
)

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
