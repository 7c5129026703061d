"""Planes through the surface of a network: one file each, the paths' own first."""

from engine.networks.planes.base import Plane
from records import shelf

PLANES: dict[str, Plane] = shelf(__name__, "PLANE", lambda record: (record.place, record.name))
