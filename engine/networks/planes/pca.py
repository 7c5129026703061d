"""The plane that is nearest to the paths: what they have in common is seen, what they hide is told."""

from engine.networks.planes.base import Given, Laid, Plane, around_paths
from engine.networks.slices import pca_plane
from records import Words


def pca(given: Given) -> Laid:
    """Through the mean of the ends, or through the start where nothing got anywhere."""
    plane, _ = pca_plane(given.paths or [given.start])
    return around_paths(given, plane)


PLANE = Plane(
    name=Words("plane of the paths (PCA)", "路径平面（PCA）"),
    along=Words("first principal direction", "第一主方向"),
    across=Words("second", "第二"),
    lay=pca,
    source="Li, Xu, Taylor, Studer & Goldstein 2018, NeurIPS, section 7.2",
    place=1,
)
