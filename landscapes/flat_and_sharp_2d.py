"""A wide and a narrow well of equal depth in two dimensions; the same shift of the surface costs little in one."""

from typing import Annotated

from jax import Array

from landscapes.base import Landscape, Loss
from records import Knob, Words


def flat_and_sharp_2d(
    shift: Annotated[
        float, Knob(-0.5, 0.5, symbol="s", label=Words("shift of the test surface", "测试曲面的平移"))
    ] = 0.0,
    sharpness: Annotated[
        float, Knob(0.5, 100.0, "log", "k", Words("curvature of the narrow well", "窄阱的曲率"))
    ] = 25.0,
) -> Loss:
    """p q / (p + q) for p = |theta - r + (2, 0)|^2 / 4 and q = sharpness |theta - r - (2, 0)|^2 / 2.

    r = shift (1, 1) / sqrt(2).
    The loss is 0 in both wells; its curvature is 1/2 in the wide one and exactly the sharpness in the narrow one.
    """

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point - shift / 2**0.5
        wide = ((x + 2) ** 2 + y**2) / 4
        narrow = sharpness * ((x - 2) ** 2 + y**2) / 2
        return wide * narrow / (wide + narrow)

    return loss


def wells(shift: float, sharpness: float) -> tuple[tuple[float, float], ...]:
    """They move with the surface; how narrow one is moves neither."""
    del sharpness
    return tuple((middle + shift / 2**0.5, shift / 2**0.5) for middle in (-2.0, 2.0))


LANDSCAPE = Landscape(
    name=Words("Flat and sharp 2-D", "平坦与尖锐（二维）"),
    make=flat_and_sharp_2d,
    start=(3.2, 1.5),
    window=((-5.0, 4.0), (-3.0, 3.0)),
    formula=(
        r"\dfrac{pq}{p+q},\quad r=\dfrac{s}{\sqrt2},\ p=\tfrac14\left((x-r+2)^2+(y-r)^2\right),\ "
        r"q=\tfrac{k}{2}\left((x-r-2)^2+(y-r)^2\right)"
    ),
    rate=0.02,
    minima=wells,
    lecture="B4",
    about=Words(
        "Both wells reach 0. Shift the surface by s along the diagonal: the loss at the old minimum rises little in "
        "the wide well, much in the narrow one.",
        "两个阱底都是 0。把曲面沿对角线平移 s：原最小值处的损失，宽阱里只升一点，窄阱里升很多。",
    ),
    source="Lecture notes on flat and sharp minima; formula designed for Descent Lab",
)
