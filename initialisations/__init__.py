"""How first weights are drawn: one file each. Those that depend on the sizes of the layer come first."""

from initialisations.base import Initialisation
from records import shelf

INITIALISATIONS: dict[str, Initialisation] = shelf(
    __name__, "INITIALISATION", lambda record: (record.place, record.name)
)
