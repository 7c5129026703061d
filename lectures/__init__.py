"""Lectures: one deck a file. Adding one changes nothing else."""

from lectures.base import Deck
from records import shelf

DECKS: dict[str, Deck] = shelf(__name__, "DECK", lambda deck: (deck.place, deck.name))
