"""Where the files and pictures of this version are: a new one has new addresses, so browsers may keep what they got."""

import hashlib
from pathlib import Path

from engine.surfaces.relief import Plane

HOUSE = Path(__file__).parents[2]
WEB = HOUSE / "views" / "web"
FOLDERS = (  # what decides a picture
    "engine", "landscapes", "optimizers", "datasets", "activations", "initialisations", "normalisations", "losses",
    "views",
)  # fmt: skip
KINDS = (".py", ".js", ".css", ".toml")
SHOWN = [path for folder in FOLDERS for path in (HOUSE / folder).rglob("*.*") if path.suffix in KINDS]
VERSION = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(SHOWN))).hexdigest()[:12]
ROOT = f"lab/{VERSION}"


def module_of(component: str) -> str:
    """The module that draws a component: that of a page under its name, any other in the kit."""
    room = "pages" if (WEB / "pages" / f"{component}.js").exists() else "kit"
    return f"{room}/{component}.js"


def relief_url(landscape: str, plane: Plane) -> str:
    """Address of a relief, up to its window, which the page adds."""
    address = f"{ROOT}/relief?surface={landscape}"
    if plane.axes.shape[1] <= 2:
        return address
    return f"{address}&plane={'~'.join(f'{value:.9g}' for value in (*plane.origin, *plane.axes.ravel()))}"


def overlay_url(relief: str) -> str:
    """Address of the lines over a relief; the page adds its window, and levels, or a point and how far around it."""
    return relief.replace("/relief?", "/overlay?", 1)


def slice_url(address: str) -> str:
    """Address of a surface of a network by what ``slices`` finds it by, up to its window."""
    return f"{ROOT}/slice?{address}"
