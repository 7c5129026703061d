"""Activation functions: one file each. Those that level off come first, then those that grow, and the straight line."""

from activations.base import Activation
from records import shelf

ACTIVATIONS: dict[str, Activation] = shelf(__name__, "ACTIVATION", lambda record: (record.place, record.name))
