"""The surfaces of networks that pages show: the browser asks for any window of one by its address."""

import hashlib
import threading
from collections import OrderedDict

from engine.network_plane import NetworkPlane, surface_on
from engine.relief import Relief, Window

KEPT = 64

_shown: OrderedDict[str, NetworkPlane] = OrderedDict()
_lock = threading.Lock()


def name_of(shown: NetworkPlane) -> str:
    """A short name under which ``surface_of`` finds this plane again; the same plane has the same name."""
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


def surface_of(name: str, window: Window) -> Relief:
    """Raises ValueError where nobody has shown that plane lately."""
    with _lock:
        if name not in _shown:
            raise ValueError("this surface is no longer kept: reload the page")
        shown = _shown[name]
    return surface_on(shown, window)
