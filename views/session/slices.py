"""The surfaces of networks that pages show: the browser asks for any window of one by its address.

The address holds the experiment, so that any process can train the network again and look from the same place. What
was shown lately is kept.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.networks.plane import NetworkPlane, plane_of
from views.session.trained import key_of, trained_again

PLANES_KEPT = 32
LONGEST = 20.0  # seconds of training that an address alone can ask for
WAITING = 6  # addresses that may wait for a training; reliefs of surfaces need threads, too

_shown: OrderedDict[Hashable, NetworkPlane] = OrderedDict()
_lock, _turn, _room = threading.Lock(), threading.Lock(), threading.BoundedSemaphore(WAITING)


def address_of(net: NetworkExperiment, surface: NetworkPlane) -> str:
    """What ``plane_at`` finds this plane by, the experiment's link; what shows nothing else of it is left out."""
    _keep(_key(net), surface)
    return replace(net, view=NetworkExperiment.view).to_link()


def plane_at(address: str) -> NetworkPlane:
    """The plane at an address; from a training anew where it is no longer kept.

    Raises:
        ValueError: for an address that makes no sense, or asks for too much.
    """
    net, notices = NetworkExperiment.from_link(address)
    if notices:
        raise ValueError(f"unknown or out of range: {notices[0].field} {notices[0].value}")
    return _kept(_key(net)) or _again(net)


def _again(net: NetworkExperiment) -> NetworkPlane:
    """One training at a time: who waits behind the same one finds its plane."""
    if net.trouble:
        raise ValueError(f"this network cannot be trained: {net.trouble.problem} {net.trouble.field}")
    if net.seconds > LONGEST:
        raise ValueError(f"to train this network again takes {net.seconds:.0f} s: reload the page to ask for it")
    if not _room.acquire(blocking=False):
        raise ValueError("too many networks are being trained again: ask later")
    try:
        with _turn:
            surface = _kept(_key(net)) or plane_of(net, trained_again(net))
            _keep(_key(net), surface)
            return surface
    finally:
        _room.release()


def _key(net: NetworkExperiment) -> Hashable:
    return key_of(net), net.plane, net.ground


def _keep(key: Hashable, surface: NetworkPlane) -> None:
    with _lock:
        _shown[key] = surface
        _shown.move_to_end(key)
        while len(_shown) > PLANES_KEPT:
            _shown.popitem(last=False)


def _kept(key: Hashable) -> NetworkPlane | None:
    with _lock:
        if key in _shown:
            _shown.move_to_end(key)
        return _shown.get(key)
