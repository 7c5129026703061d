"""What is written twice, in Python and in JavaScript, is the same: numbers to the letter."""

import math

import numpy as np
import pytest

from settings.base import HEIGHTS
from tests.scripts import WEB, node
from views.kit.charts import CLASSES, DASHES
from views.kit.text import number
from views.kit.wire import decimals

KIT = WEB / "kit"


def random_numbers(count: int) -> list[float]:
    """Of all sizes, many about 10⁻³ and 10⁵, where the writing changes; ties; whole ones."""
    draw = np.random.default_rng(11)
    anywhere = 10 ** draw.uniform(-300, 300, count // 2)
    near = 10 ** np.concatenate([draw.uniform(-3.2, -2.8, count // 8), draw.uniform(4.8, 5.2, count // 8)])
    ties = draw.integers(1, 10**6, count // 8) / 64
    whole = draw.integers(0, 10**7, count - count // 2 - 2 * (count // 8) - count // 8).astype(float)
    return [*anywhere, *-near, *ties, *whole]


@pytest.mark.parametrize("digits", [1, 2, 3, 4, 6])
def test_numbers_are_written_alike(digits):
    values = random_numbers(10_000)
    script = f"""const {{ number }} = await import("{KIT.as_uri()}/axes.js");
    tell(given.map((value) => number(value, {digits})));"""
    told = node(script, values)
    ours = [number(float(value), digits) for value in values]
    assert [pair for pair in zip(values, ours, told, strict=True) if pair[1] != pair[2]] == []


def test_what_is_no_number_is_written_alike():
    script = f"""const {{ number }} = await import("{KIT.as_uri()}/axes.js");
    tell([NaN, Infinity, -Infinity, 0, -0].map((value) => number(value)));"""
    assert node(script, None) == [number(value, 4) for value in (math.nan, math.inf, -math.inf, 0.0, -0.0)]


@pytest.mark.parametrize("digits", [3, 4])
def test_a_printed_column_is_written_as_its_numbers(digits):
    """A table prints whole numbers and powers of ten: the same text as of the number itself."""
    values = np.array(random_numbers(4000))
    wholes, powers = decimals(values, digits)
    columns = {"frames": len(values), "offset": 0, "columns": [["told", 2]], "decimals": ["told"]}
    script = f"""const {{ number }} = await import("{KIT.as_uri()}/axes.js");
    const {{ columns }} = await import("{KIT.as_uri()}/wire.js");
    const [told] = columns(new Float32Array(given.floats), given.block).told;
    tell(Array.from(told, (value) => number(value, {digits})));"""
    told = node(script, {"block": columns, "floats": [*wholes, *powers]})
    assert told == [number(float(value), digits) for value in values]


def test_lanes_have_one_dash_everywhere():
    script = f"""const {{ dashOf }} = await import("{KIT.as_uri()}/look.js");
    tell(given.map(dashOf));"""
    assert [DASH_OF[tuple(dash)] for dash in node(script, list(range(len(DASHES))))] == DASHES


DASH_OF = {  # the name of what the canvas draws: pixels drawn, left out, drawn, …
    (): "solid", (9, 4): "dash", (5, 3): "dash", (2, 3): "dot", (2, 5): "dot", (14, 4): "longdash",
    (10, 3, 2, 3): "dashdot", (8, 3, 2, 3, 2, 3): "dashdot",
}  # fmt: skip


def test_heights_have_the_same_names():
    script = f'''const {{ HEIGHTS }} = await import("{KIT.as_uri()}/heights.js"); tell(HEIGHTS);'''
    assert tuple(node(script, None)) == HEIGHTS


def test_classes_have_the_same_colours():
    script = f'''const {{ CLASSES }} = await import("{KIT.as_uri()}/look.js"); tell(CLASSES);'''
    assert node(script, None)[: len(CLASSES)] == CLASSES
