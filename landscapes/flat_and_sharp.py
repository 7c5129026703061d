"""Two wells of equal depth, one wide, one narrow. Shift the surface a little: only the narrow one notices."""

from typing import Annotated

from jax import Array

from landscapes.base import Landscape, Loss
from records import Knob, Words


def flat_and_sharp(
    shift: Annotated[
        float, Knob(-0.5, 0.5, symbol="s", label=Words("shift of the test surface", "测试曲面的平移"))
    ] = 0.0,
    sharpness: Annotated[
        float, Knob(0.5, 100.0, "log", "k", Words("curvature of the narrow well", "窄阱的曲率"))
    ] = 25.0,
) -> Loss:
    """p q / (p + q) for p = (x - shift + 2)^2 / 4 and q = sharpness (x - shift - 2)^2 / 2.

    The loss is 0 in both wells; its curvature is 1/2 in the wide one and exactly the sharpness in the narrow one.
    """

    def loss(point: Array) -> Array:  # point: (1,)
        (x,) = point
        wide = (x - shift + 2) ** 2 / 4
        narrow = sharpness * (x - shift - 2) ** 2 / 2
        return wide * narrow / (wide + narrow)

    return loss


LANDSCAPE = Landscape(
    name=Words("Flat and sharp", "平坦与尖锐"),
    make=flat_and_sharp,
    start=(3.2,),
    window=((-5.0, 4.0),),
    formula=r"\dfrac{pq}{p+q},\quad p=\tfrac14(x-s+2)^2,\ q=\tfrac{k}{2}(x-s-2)^2",
    rate=0.02,
    minima=lambda shift, sharpness: ((shift - 2,), (shift + 2,)),
    lecture="B4",
    about=Words(
        "Both wells reach 0. Shift the surface: the loss at the old minimum rises little in the wide well, much in the "
        "narrow one.",
        "两个阱底都是 0。把曲面平移一点：原最小值处的损失，宽阱里只升一点，窄阱里升很多。",
    ),
    source="Lecture notes on flat and sharp minima; formula designed for Descent Lab",
)
