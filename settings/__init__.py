"""What each page asks for beside the experiments: one value and one file per page."""

from records import shelf
from settings.base import Settings

SETTINGS: dict[str, type[Settings]] = shelf(__name__, "SETTINGS", lambda page: page.__name__)


def settings_of(page: str) -> type[Settings]:
    """The class of a page's settings; of a page that asks for nothing, that of none."""
    return SETTINGS.get(page, Settings)
