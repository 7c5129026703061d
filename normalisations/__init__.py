"""Normalisations of a hidden layer: one file each. None comes first."""

from normalisations.base import Normalisation
from records import shelf

NORMALISATIONS: dict[str, Normalisation] = shelf(__name__, "NORMALISATION", lambda record: (record.place, record.name))
