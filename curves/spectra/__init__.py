"""Curves beside the spectrum of a network's Hessian: one file each, in the order of their charts."""

from curves.base import Curve
from records import shelf

SPECTRA: dict[str, Curve] = shelf(__name__, "CURVE", lambda record: (record.place, record.name))
