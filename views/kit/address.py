"""The address in the browser: the one place that reads it and writes it."""

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

Query = Mapping[str, str | list[str]]


def written() -> str:
    """All of it as one text, which costs little: what it says is asked dozens of times a run."""
    return str(st.query_params)


def query() -> dict[str, list[str]]:
    """All that it says."""
    return _query(written())


@lru_cache(maxsize=1024)
def _query(address: str) -> dict[str, list[str]]:
    del address
    return {name: st.query_params.get_all(name) for name in st.query_params}


def value(name: str) -> str | None:
    """The last thing that it says of one field."""
    return query().get(name, [None])[-1]


def write(said: Query) -> None:
    """Another address: one entry of the browser's history."""
    st.query_params.from_dict(said)


def put(name: str, told: str) -> None:
    """Another value of one field."""
    st.query_params[name] = told
