"""Handwritten digits, 8 x 8 grey pixels: the smallest data on which a network is worth its name."""

from functools import cache
from typing import Annotated

from datasets.base import SIZE, Data, Dataset, Floats, Seed, labelled, sample, shipped
from records import Knob, Words

SIDE, WHITE = 8, 16.0


def digits(size: Annotated[float, Knob(100, 1797, "whole", "n", SIZE)] = 600, seed: Seed = 0) -> Data:
    """``size`` of the 1797 images, the classes in proportion; pixels divided by 16, so from 0 to 1, row by row."""
    return sample(images(), size, seed)


def in_a_mirror(inputs: Floats) -> Floats:
    """Each row of the image from right to left."""
    return inputs.reshape(-1, SIDE, SIDE)[:, :, ::-1].reshape(inputs.shape)


@cache
def images() -> Data:
    """All of them."""
    return labelled(shipped("digits.csv.gz"), WHITE)


DATASET = Dataset(
    name=Words("Digits", "手写数字"),
    make=digits,
    about=Words(
        "Real handwriting of 13 people. Softmax regression gets about 96 % of the test right; a network, a bit more.",
        "13 人的真实手写数字。softmax 回归在测试集上约对 96%，网络还能略高。",
    ),
    source="Alpaydin & Kaynak 1998, UCI Machine Learning Repository; as in scikit-learn, load_digits",
    features=tuple(
        Words(f"pixel {row}, {column}", f"像素 {row}，{column}")
        for row in range(1, SIDE + 1)
        for column in range(1, SIDE + 1)
    ),
    classes=tuple(Words(str(digit), str(digit)) for digit in range(10)),
    mirrored=in_a_mirror,  # an 8 keeps its class, a 2 does not
)
