"""Batch normalisation: each neuron over the examples of the batch. Its shift takes the place of the bias, which would
cancel."""

from normalisations.base import Normalisation
from records import Words

NORMALISATION = Normalisation(
    name=Words("batch normalisation", "批归一化"),
    short=Words("batch", "批归一化"),
    axis=1,
    parts=("gain", "shift"),
    formula=r"\frac{z - \mu}{\sqrt{v + 10^{-5}}},\ \mu = \tfrac1B \sum_n z_n,\ v = \tfrac1B \sum_n (z_n - \mu)^2",
    about=Words(
        "Each neuron over the B examples of the batch; once trained, moving averages stand for μ and v.",
        "每个神经元在批内 B 个样本上归一化；训练之后用滑动平均代替 μ 和 v。",
    ),
    source="Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1",
    place=2,
)
