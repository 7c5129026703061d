"""The Hessian's extreme eigenvectors at the lowest end: where the surface curves most, and where most downwards."""

from engine.networks.planes.base import Given, Laid, Plane, around_paths
from engine.networks.slices import eigen_plane
from records import Words


def eigen(given: Given) -> Laid:
    """With the two eigenvalues."""
    plane, values = eigen_plane(given.make, given.centre, **given.data)
    return around_paths(given, plane, *map(float, values))


PLANE = Plane(
    name=Words("extreme eigenvectors of H", "H 的最大与最小特征向量"),
    along=Words("eigenvector of λmax", "λmax 的特征向量"),
    across=Words("of λmin", "λmin 的"),
    lay=eigen,
    source="Lanczos 1950, J. Res. Natl. Bur. Stand. 45(4)",
    missing=Words(
        "The Hessian is not finite here: here are the paths' own directions.",
        "这里的 Hessian 不是有限数：改为路径自身的主方向。",
    ),
    place=5,
)
