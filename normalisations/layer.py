"""Layer normalisation: each example over the neurons of the layer, so that no example knows of another."""

from normalisations.base import Normalisation
from records import Words

NORMALISATION = Normalisation(
    name=Words("layer normalisation", "层归一化"),
    short=Words("layer", "层归一化"),
    axis=0,
    parts=("bias", "gain", "shift"),
    formula=r"\frac{z - \mu}{\sqrt{v + 10^{-5}}},\ \mu = \tfrac1m \sum_k z_k,\ v = \tfrac1m \sum_k (z_k - \mu)^2",
    about=Words(
        "Each example over the m neurons of the layer, in training and after it.",
        "每个样本在该层 m 个神经元上归一化，训练时和训练后相同。",
    ),
    source="Ba, Kiros & Hinton 2016, arXiv:1607.06450, section 3",
    place=3,
)
