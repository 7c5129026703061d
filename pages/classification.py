"""Classification: cross-entropy and squared error from the same start, and what they mean."""

from records import Words
from views import frame
from views.classification import pair, reasons
from views.export import surface as export
from views.kit.pages import Page
from views.session import visit

PAGE = Page(
    title=Words("Classification", "分类"),
    tagline=Words(
        "Click on either surface: both races start from there.", "在任意一个曲面上点一下：两边都从那里出发。"
    ),
    question=Words("Why cross-entropy?", "为什么用交叉熵？"),
    group="surfaces",
    place=3,
)

picture, controls, folded = frame.bench("classification")
experiment = visit.experiment()
with picture:
    if reasons.on_top():
        reasons.more()
    pair.show(experiment)
with controls:
    pair.settings_panel(experiment)
with folded:
    export.share_pair(pair.both(experiment))
    if not reasons.on_top():
        reasons.more()
