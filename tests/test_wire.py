"""What Python packs, the inverse unpacks: header, floats and their order."""

import json
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.kit.wire import block, coarse, decimals, finite, packed

FLOATS = st.lists(st.floats(width=32), max_size=60)
HEADERS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def unpacked(data):
    """Header and floats; the Python twin of views/web/kit/wire.js."""
    raw = zlib.decompress(data)
    (size,) = struct.unpack_from("<I", raw)
    sorted_bytes = np.frombuffer(raw[4 + size :], np.uint8)
    bits = np.ascontiguousarray(sorted_bytes.reshape(4, -1).T).view("<u4").ravel()
    return json.loads(raw[4 : 4 + size]), bits.cumsum(dtype="<u4").cumsum(dtype="<u4").view("<f4")


@given(HEADERS, FLOATS, FLOATS)
def test_packing_is_undone(header, first, second):
    found, floats = unpacked(packed(header, [np.array(first), np.array(second)]))
    assert found == header
    np.testing.assert_array_equal(floats, np.array([*first, *second], dtype="f4"))  # nan equals nan here


def test_columns_may_be_views_of_a_table_and_need_not_be_contiguous():
    table = np.arange(12.0).reshape(3, 4)
    _, floats = unpacked(packed({}, [table[:, 1], table.T[0], table]))
    np.testing.assert_array_equal(floats, [1, 5, 9, 0, 4, 8, *range(12)])


def test_a_header_alone():
    header, floats = unpacked(packed({"words": "下降 ≤ 1"}))
    assert header == {"words": "下降 ≤ 1"}
    assert not len(floats)


def test_losses_beyond_single_precision_are_infinite():
    """A loss of 1e60 is finite in 64 bits: a path a million windows away has one, and it is no error to send it."""
    np.testing.assert_array_equal(unpacked(packed({}, [np.array([1e60, -1e60, 1e-60])]))[1], [np.inf, -np.inf, 0])


def test_what_somebody_typed_can_always_be_sent():
    """JSON may hold half of a surrogate pair, and a sentence about it goes back to the page."""
    unpacked(packed({"problem": "“\ud83d” is not a number"}))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_header_holds_no_nan(value):
    with pytest.raises(ValueError, match="JSON"):
        packed({"floor": value})
    assert finite(value) is None
    assert finite(1.5) == 1.5


@given(st.lists(st.floats(1e-30, 1e30) | st.floats(-1e30, -1e-30), min_size=1))
def test_coarse_numbers_have_four_digits(values):
    np.testing.assert_allclose(coarse(np.array(values)), np.array(values), rtol=2.5e-4)


def test_coarse_keeps_what_is_not_finite():
    values = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, -np.nan, 1e60])
    np.testing.assert_array_equal(coarse(values), [0, 0, np.inf, -np.inf, np.nan, np.nan, np.inf])


def test_coarse_numbers_take_fewer_bytes():
    """White noise is the worst case: 12 + 8 bits of 32 cannot be deflated."""
    noise = np.random.default_rng(0).standard_normal(20_000)
    assert len(packed({}, [coarse(noise)])) < 2 / 3 * len(packed({}, [noise]))


def shown(value, digits):
    """What axes.js writes: a power of ten takes the room of a digit. Here with Python's own decimal digits."""
    power = int(f"{value:.{digits - 1}e}".split("e")[1])
    return float(f"{value:.{(digits if -3 <= power < 5 else digits - 1) - 1}e}")


@given(
    st.lists(
        st.floats(1e-300, 1e300)
        | st.floats(-1e300, -1e-300)
        | st.integers(-9999, 9999).filter(bool).map(lambda whole: whole / 64),
        min_size=1,
    ),
    st.sampled_from([3, 4]),
)
def test_printed_numbers_are_rounded_once(values, digits):
    """Not to 12 bits first; and 1e-60 is not 0."""
    wholes, powers = decimals(np.array(values), digits)
    for value, whole, power in zip(values, wholes, powers, strict=True):
        assert abs(whole) <= 10**digits
        told = float(f"{whole:.0f}e{power:.0f}")
        tie = abs(told - shown(value, digits)) <= 1.0001 * 10.0**power  # exactly between two either is right
        assert told == shown(value, digits) or (tie and abs(abs(value) - abs(told)) <= 0.5001 * 10.0**power)


def test_a_direction_that_12_bits_rounded_away():
    wholes, powers = decimals(np.array([2.83708, 0.05674, 2.8375, 99999.6, 0.0]), 4)
    assert wholes.tolist() == [2837, 5674, 2837, 1000, 0]
    assert powers.tolist() == [-3, -5, -3, 2, 0]


def test_decimals_keep_what_is_not_finite():
    values = np.array([np.inf, -np.inf, np.nan, 0.0])
    wholes, powers = decimals(values, 3)
    np.testing.assert_array_equal(wholes, values)
    assert not powers.any()


def test_a_block_says_which_columns_are_decimals():
    columns = [np.zeros(5)]
    told = block(columns, {"steps": [np.arange(2.0)], "norm": [np.array([0.123456, 7.0])]}, {"norm": 4, "rate": 4})
    assert told == {"frames": 2, "offset": 5, "columns": [("steps", 1), ("norm", 2)], "decimals": ["norm"]}
    assert [column.tolist() for column in columns[2:]] == [[1235, 7000], [-4, -3]]
