"""Maps: a whole plane of runs at a glance; every point of it is a run that can be seen."""

from records import Words
from views import frame
from views.kit.pages import Page
from views.maps import stage
from views.session import visit

PAGE = Page(
    title=Words("Maps", "地图"),
    tagline=Words(
        "Each cell is a whole run. Point at one to see its path; click to replay it.",
        "每一格是一次完整的运行。指向一格看它的路径；点一下就重放。",
    ),
    question=Words("Which starts, which rates work?", "哪些起点、哪些学习率行得通？"),
    group="surfaces",
    place=1.5,
)

picture, controls, folded = frame.bench("maps")
experiment, net = visit.experiment(), visit.network()
with picture:
    stage.show(experiment, net)
with controls:
    stage.menus(experiment, net)
with folded:
    stage.shared(experiment, net)
