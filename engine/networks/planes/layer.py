"""Random directions, each layer's weights as long as those that were learned."""

from engine.networks.planes.directions import NOTHING_TO_SCALE_TO, random_directions
from records import Words

PLANE = random_directions(
    "layer",
    name=Words("random, layer-normalised", "随机方向（按层归一化）"),
    source="Li, Xu, Taylor, Studer & Goldstein 2018, NeurIPS, section 4",
    missing=NOTHING_TO_SCALE_TO,
    place=3,
)
