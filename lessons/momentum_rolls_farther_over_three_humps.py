"""D3: how far momentum rolls depends on λ, and not in a simple way."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("How far does it roll? Start against λ", "滚多远？起点与 λ"),
    about=Words(
        "Three hollows. Across: where it starts; up: λ. With λ = 0 each start rolls into the hollow it lies in, in "
        "stripes. From far left it rolls on into the middle with λ = 0.6, from far right with 0.75. Close to λ = 1 the "
        "stripes break up: a little more may lead elsewhere.",
        "一排三个低谷。横轴：起点；纵轴：λ。λ = 0 时起点滚进所在的低谷，是三条竖直的条带。从最左边出发，λ = 0.6 就会"
        "滚到中间的谷；从最右边要 0.75。λ 接近 1 时条带破碎：多一点点就可能到另一个谷。",
    ),
    rows="D3",
    page="maps",
    experiment=Experiment.on(
        "three_hump_camel", lane("momentum", learning_rate=0.01, momentum=0.5), start=(1.5, -1.0), steps=1000
    ),
    asks=Maps(across="start.0", up="rule.momentum", zoom=(-2.5, 2.5, 0.0, 0.99)),
)
