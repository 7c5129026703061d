"""Wines of three cultivars: thirteen measurements whose scales differ a thousandfold."""

from functools import cache
from typing import Annotated

from datasets.base import SIZE, Data, Dataset, Seed, labelled, sample, shipped
from records import Knob, Words


def wine(size: Annotated[float, Knob(15, 178, "whole", "n", SIZE)] = 178, seed: Seed = 0) -> Data:
    """``size`` of the 178 wines, the classes in proportion; the measurements as they stand, not scaled."""
    return sample(bottles(), size, seed)


@cache
def bottles() -> Data:
    """All of them."""
    return labelled(shipped("wine_data.csv", skiprows=1))


DATASET = Dataset(
    name=Words("Wine", "葡萄酒"),
    make=wine,
    about=Words(
        "Proline is counted in hundreds, hue in tenths. Raw, gradient descent stays at two in three right; "
        "standardised, a few steps tell the three cultivars apart.",
        "脯氨酸以百计，色调以十分之一计。不归一化，梯度下降停在三分之二的正确率；归一化后，几步就能分开三个品种。",
    ),
    source="Forina et al., PARVUS; Aeberhard & Forina 1992, UCI Machine Learning Repository; scikit-learn, load_wine",
    features=(
        Words("alcohol", "酒精"),
        Words("malic acid", "苹果酸"),
        Words("ash", "灰分"),
        Words("alcalinity of ash", "灰分碱度"),
        Words("magnesium", "镁"),
        Words("total phenols", "总酚"),
        Words("flavanoids", "黄酮类"),
        Words("nonflavanoid phenols", "非黄酮酚类"),
        Words("proanthocyanins", "原花青素"),
        Words("colour intensity", "色度"),
        Words("hue", "色调"),
        Words("OD280/OD315 of diluted wine", "稀释酒的 OD280/OD315"),
        Words("proline", "脯氨酸"),
    ),
    classes=(Words("cultivar 1", "品种 1"), Words("cultivar 2", "品种 2"), Words("cultivar 3", "品种 3")),
)
