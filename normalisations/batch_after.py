"""Batch normalisation of what an activation hands on, not of what it is given."""

from normalisations.base import Normalisation
from records import Words

NORMALISATION = Normalisation(
    name=Words("batch normalisation after σ", "批归一化（σ 之后）"),
    short=Words("batch, after", "批归一化，后"),
    axis=1,
    after=True,
    parts=("bias", "gain", "shift"),
    formula=r"\frac{z - \mu}{\sqrt{v + 10^{-5}}},\ \mu = \tfrac1B \sum_n z_n,\ v = \tfrac1B \sum_n (z_n - \mu)^2",
    about=Words(
        "As batch normalisation, but of what the activation hands on, h = norm(σ(z)): the next layer gets numbers of "
        "mean β and deviation γ, and z keeps its bias.",
        "同批归一化，但归一化的是激活函数的输出 h = norm(σ(z))：下一层得到均值 β、标准差 γ 的数，z 保留偏置。",
    ),
    source="Lecture notes on normalisation, which name both places; Ioffe & Szegedy 2015 take the other",
    place=2.5,
)
