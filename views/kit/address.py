"""The address in the browser: the one place that reads it and writes it."""

from collections.abc import Mapping

import streamlit as st

Query = Mapping[str, str | list[str]]


def query() -> dict[str, list[str]]:
    """All that it says."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def value(name: str) -> str | None:
    """The last thing that it says of one field."""
    return st.query_params.get(name)


def write(said: Query) -> None:
    """Another address: one entry of the browser's history."""
    st.query_params.from_dict(said)


def put(name: str, told: str) -> None:
    """Another value of one field."""
    st.query_params[name] = told
