"""What can be asked of pages without a race, a file for each page."""

from questions.measures.base import Number, Pick, Ranking
from records import shelf


def _all(constant: str) -> dict[str, dict[str, object]]:
    return shelf(__name__, constant, lambda table: next(iter(table)))


NUMBERS: dict[str, Number] = {name: each for page in _all("NUMBERS").values() for name, each in page.items()}  # type: ignore[misc]
PICKS: dict[str, Pick] = {name: each for page in _all("PICKS").values() for name, each in page.items()}  # type: ignore[misc]
RANKINGS: dict[str, Ranking] = {name: each for page in _all("RANKINGS").values() for name, each in page.items()}  # type: ignore[misc]
