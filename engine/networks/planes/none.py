"""Random directions as they are drawn: how wide a valley looks depends on how large the weights are."""

from engine.networks.planes.directions import random_directions
from records import Words

PLANE = random_directions(
    "none",
    name=Words("random, not normalised", "随机方向（不归一化）"),
    source="Li, Xu, Taylor, Studer & Goldstein 2018, NeurIPS, section 3",
    place=4,
)
