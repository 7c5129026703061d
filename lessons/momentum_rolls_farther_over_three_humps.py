"""D3: how far momentum rolls depends on λ, and not in a simple way."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("How far does it roll? Start against λ", "滚多远？起点与 λ"),
    about=Words(
        "Three hollows in a row. Across: where it starts; up: λ. With λ = 0 each start rolls into "
        "the hollow it lies in, in vertical stripes. With more momentum it rolls over shallow "
        "hollows, and soon the stripes break up: a little more λ may lead to another hollow.",
        "一排三个低谷。横轴：起点；纵轴：λ。λ = 0 时起点滚进所在的低谷，是竖直的条带。动量"
        "增大后会滚过浅谷，条带随之破碎：λ 多一点点就可能到另一个谷。",
    ),
    rows="D3",
    page="maps",
    experiment=Experiment.on(
        "three_hump_camel", lane("momentum", learning_rate=0.01, momentum=0.5), start=(1.5, -1.0), steps=500
    ),
    asks=Maps(across="start.0", up="rule.momentum", zoom=(-2.5, 2.5, 0.0, 0.95)),
)
