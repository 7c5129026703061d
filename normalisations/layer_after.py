"""Layer normalisation of what an activation hands on, not of what it is given."""

from normalisations.base import Normalisation
from records import Words

NORMALISATION = Normalisation(
    name=Words("layer normalisation after σ", "层归一化（σ 之后）"),
    short=Words("layer, after", "层归一化，后"),
    axis=0,
    after=True,
    parts=("bias", "gain", "shift"),
    formula=r"\frac{z - \mu}{\sqrt{v + 10^{-5}}},\ \mu = \tfrac1m \sum_k z_k,\ v = \tfrac1m \sum_k (z_k - \mu)^2",
    about=Words(
        "As layer normalisation, but of what the activation hands on, h = norm(σ(z)).",
        "同层归一化，但归一化的是激活函数的输出 h = norm(σ(z))。",
    ),
    source="Lecture notes on normalisation; Ba, Kiros & Hinton 2016 take the other",
    place=3.5,
)
