"""No normalisation: z is passed on as it is."""

from normalisations.base import Normalisation
from records import Words

NORMALISATION = Normalisation(
    name=Words("no normalisation", "不归一化"),
    short=Words("none", "不归一化"),
    formula="z",
    about=Words("Each layer gets z as it is.", "每一层直接使用 z。"),
    source="",
    place=1,
)
