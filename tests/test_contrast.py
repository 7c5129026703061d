"""What is painted can be told from what it lies on, and from its neighbours, also where colours cannot be seen."""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from test_twins import KIT, node

from views.kit.charts import NIGHT, RAMP, SYMBOLS, VARIANTS, in_order, variant_line

LIT = (0.66, 1.0, 1.34)  # a slope of the relief is as much darker or lighter than level ground
Colour = tuple[float, ...]


@pytest.fixture(scope="module")
def look():
    script = f"""const look = await import("{KIT.as_uri()}/look.js");
    const {{ ON_LIGHT, ON_DARK }} = await import("{KIT.parent.as_uri()}/pictures/vectors.js");
    const both = (colours) => ({{ light: colours, dark: colours.map(look.lighter) }});
    tell({{
      themes: {{ light: look.LIGHT, dark: look.DARK }}, vectors: {{ light: ON_LIGHT, dark: ON_DARK }},
      classes: both(look.CLASSES), variants: both(given.variants), ramp: both(given.ramp),
      dashes: look.MARKERS.map((_, lane) => look.dashOf(lane)), markers: look.MARKERS,
    }});"""
    return node(script, {"variants": VARIANTS, "ramp": RAMP})


def parts(told: str) -> Colour:
    """Red, green, blue, and the share of it that covers, if it is not all."""
    if told.startswith("#"):
        return tuple(int(told[at : at + 2], 16) for at in (1, 3, 5))
    return tuple(map(float, re.findall(r"[\d.]+", told)))


def over(cover: Colour, ground: Colour) -> Colour:
    *colour, share = cover
    return tuple(share * one + (1 - share) * other for one, other in zip(colour, ground, strict=True))


def luminance(colour: Colour) -> float:
    shares = np.array(colour) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: Colour, other: Colour) -> float:
    """As WCAG 2 measures it, from 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def faint(colours: list[str], grounds: list[Colour], least: float) -> list[tuple[str, Colour, float]]:
    measured = [(colour, ground, contrast(parts(colour), ground)) for colour in colours for ground in grounds]
    return [found for found in measured if found[2] < least]


def flat(theme) -> list[Colour]:
    return [parts(theme["paper"]), parts(theme["panel"])]


def test_contrast_is_measured_as_wcag_does():
    assert contrast(parts("#ffffff"), parts("#000000")) == pytest.approx(21)
    assert contrast(parts("#777777"), parts("#ffffff")) == pytest.approx(4.48, abs=0.005)  # the usual example


@pytest.mark.parametrize("name", ["light", "dark"])
def test_lanes_stand_out_from_charts_and_on_any_ground_from_their_halo(look, name):
    theme = look["themes"][name]
    halos = [
        over(parts(theme["halo"]), tuple(min(255.0, lit * part) for part in ground))
        for ground in theme["ground"]
        for lit in LIT
    ]
    assert faint(theme["lanes"], flat(theme) + halos, 3) == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_letters_can_be_read(look, name):
    theme = look["themes"][name]
    assert faint([theme[each] for each in ("ink", "soft", "accent", "danger")], flat(theme), 4.5) == []


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("family", ["classes", "variants", "ramp", "vectors"])
def test_what_else_is_compared_stands_out(look, name, family):
    assert faint(look[family][name], flat(look["themes"][name]), 3) == []


def test_without_colours_lanes_and_variants_differ_in_dash_or_mark(look):
    lanes = list(zip(map(tuple, look["dashes"]), look["markers"], strict=True))
    assert len(lanes) == 8
    for one, other in combinations(lanes, 2):
        assert one != other
    assert len(set(look["markers"])) == 8, "where the end is all that is seen of a lane"
    assert len({tuple(variant_line(number)["dash"]) for number in range(len(VARIANTS))}) == len(VARIANTS)
    assert len(set(SYMBOLS)) == len(SYMBOLS)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_no_two_lanes_look_alike_in_colour(look, name):
    """In CIE L*a*b*, where 2.3 is what an eye just notices: 20 is plain in thin lines side by side."""
    lab = [laboratory(parts(colour)) for colour in look["themes"][name]["lanes"]]
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(lab, 2)) > 20


def laboratory(colour: Colour) -> np.ndarray:
    shares = np.array(colour) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.array(matrix) @ linear / [0.9505, 1.0, 1.089])  # all are above the dark end's straight part
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize(("name", "least"), [("light", 17), ("dark", 20)])
def test_sizes_in_order_can_be_told_from_their_neighbours(look, name, least):
    """However many there are; each stands out more than the one before, so the order shows without colours, too."""
    lab = [laboratory(parts(colour)) for colour in look["ramp"][name]]
    darker = 1 if name == "light" else -1
    assert all(darker * (one[0] - other[0]) > 2 for one, other in pairwise(lab))
    for count in range(2, len(RAMP) + 1):
        shown = [lab[RAMP.index(in_order(place, count)["colour"])] for place in range(count)]
        assert min(float(np.linalg.norm(one - other)) for one, other in pairwise(shown)) > least
    themes = look["themes"][name]
    lanes = [laboratory(parts(colour)) for colour in themes["lanes"] if colour != themes["ink"]]
    assert min(float(np.linalg.norm(one - other)) for one in lab for other in lanes) > 18
    assert name == "light" or look["ramp"][name] == list(NIGHT.values()), "the same in HTML"
