"""What Maps asks for by a link: what a map is about, its tiles, and numbers beside it."""

from collections.abc import Iterator
from typing import Any

from settings.maps import Maps
from views.kit.wire import finite, packed
from views.maps import trial
from views.maps.picture import TILES, Asked, asked, described, figured, refuses, seconds_of, tile
from views.session.answer import Answer


def _described(of: Asked) -> Iterator[tuple[float, bytes | None]]:
    yield 1.0, described(of)


_of: dict[str, Any] = {
    "of": lambda said, lang, own: asked(said, own, lang),
    "link": lambda of: of.link,
    "own": Maps,
    "waits": lambda of: refuses(of.map),
    "waiting": lambda of: packed({"link": of.link, "seconds": finite(seconds_of(of.map))}),
}
ANSWERS = {
    "map": Answer(**_of | {"waits": lambda _: False}, kept=lambda _: None, drawn=_described),
    "tile": Answer(**_of, kept=lambda of: TILES.kept(of.link), drawn=tile),
    "trial": Answer(
        **_of | {"waits": lambda _: False, "of": lambda said, lang, own: trial.asked(said, own, lang)},
        kept=lambda of: trial.TRIALS.kept((of.link, of.language)),
        drawn=trial.tried,
    ),
    "figures": Answer(**_of, kept=lambda of: TILES.kept(f"figures {of.link}"), drawn=figured),
}
