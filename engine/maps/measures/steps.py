"""Steps: how many a path takes to come within the tolerance of the lowest known loss."""

from engine.maps.measures.base import SURFACE, Measure, reached
from records import Words

MEASURE = Measure(
    name=Words("Steps to the tolerance", "达到容差的步数"),
    about=Words(
        "The first step whose loss lies within the tolerance of the lowest known one.",
        "损失首次进入已知最低损失容差范围的那一步。",
    ),
    of=reached,
    place=1,
    kind="steps",
    log=True,
    empty=Words("not within these steps", "这些步之内没有达到"),
    over=(SURFACE,),
)
