"""What Python packs, the inverse unpacks: header, floats and their order."""

import json
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.wire import coarse, finite, packed

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
    """Header and floats; the Python twin of views/web/wire.js."""
    raw = zlib.decompress(data)
    (size,) = struct.unpack_from("<I", raw)
    sorted_bytes = np.frombuffer(raw[4 + size :], np.uint8)
    return json.loads(raw[4 : 4 + size]), np.ascontiguousarray(sorted_bytes.reshape(4, -1).T).view("<f4").ravel()


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
