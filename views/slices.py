"""The surfaces of networks that pages show: the browser asks for any window of one by its address."""

import hashlib
import threading
from collections import OrderedDict

from engine.network_plane import NetworkPlane

KEPT = 64

_shown: OrderedDict[str, NetworkPlane] = OrderedDict()
_lock = threading.Lock()


def name_of(shown: NetworkPlane) -> str:
    """A short name under which ``plane_of_name`` finds this plane again; the same plane has the same name."""
    numbers = [shown.plane.origin, shown.plane.axes, *(part for part in shown.data.values())]
    told = hashlib.sha256(repr((shown.make, shown.window, numbers[-1])).encode())
    for part in numbers[:-1]:
        told.update(part.tobytes())
    name = told.hexdigest()[:16]
    with _lock:
        _shown[name] = shown
        _shown.move_to_end(name)
        while len(_shown) > KEPT:
            _shown.popitem(last=False)
    return name


def plane_of_name(name: str) -> NetworkPlane:
    """Raises ValueError where nobody has shown that plane lately."""
    with _lock:
        if name not in _shown:
            raise ValueError("this surface is no longer kept: reload the page")
        return _shown[name]
