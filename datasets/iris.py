"""Fisher's irises: one species stands apart, the other two overlap a little."""

from functools import cache
from typing import Annotated

from datasets.base import SIZE, Data, Dataset, Seed, labelled, sample, shipped
from records import Knob, Words


def iris(size: Annotated[float, Knob(15, 150, "whole", "n", SIZE)] = 150, seed: Seed = 0) -> Data:
    """``size`` of the 150 flowers, the classes in proportion; lengths and widths in cm."""
    return sample(flowers(), size, seed)


@cache
def flowers() -> Data:
    """All of them."""
    return labelled(shipped("iris.csv", skiprows=1))


DATASET = Dataset(
    name=Words("Iris", "鸢尾花"),
    make=iris,
    about=Words(
        "Four lengths of 150 flowers. A line parts setosa from the others; versicolor and virginica overlap.",
        "150 朵花的四项尺寸。一条直线就能分开山鸢尾；变色鸢尾与维吉尼亚鸢尾略有重叠。",
    ),
    source="Fisher 1936, Annals of Eugenics 7(2); as in scikit-learn, load_iris",
    features=(
        Words("sepal length (cm)", "萼片长（厘米）"),
        Words("sepal width (cm)", "萼片宽（厘米）"),
        Words("petal length (cm)", "花瓣长（厘米）"),
        Words("petal width (cm)", "花瓣宽（厘米）"),
    ),
    classes=(Words("setosa", "山鸢尾"), Words("versicolor", "变色鸢尾"), Words("virginica", "维吉尼亚鸢尾")),
)
