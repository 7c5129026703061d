"""What ``engine`` exports says what goes in and what comes out, and its examples run."""

import doctest
import inspect
import re

import jax
import optax
import pytest

import engine

FUNCTIONS = [name for name in engine.__all__ if inspect.isfunction(getattr(engine, name))]
WITHOUT_EXAMPLE = {"CriticalPoint", "Trajectory"}  # nobody makes one by hand: those of the functions show them


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_all_of_its_parts(name):
    function = getattr(engine, name)
    told = inspect.getdoc(function)
    assert re.findall(r"^(Args|Returns|Raises|Example):$", told, re.MULTILINE) == [
        "Args",
        "Returns",
        "Raises",
        "Example",
    ]
    for parameter in inspect.signature(function).parameters:
        assert re.search(rf"\b{parameter}\b", told), parameter


@pytest.mark.parametrize("name", [name for name in engine.__all__ if name not in WITHOUT_EXAMPLE])
def test_examples_run(name):
    names = {**{one: getattr(engine, one) for one in engine.__all__}, "optax": optax}
    found = doctest.DocTestFinder(recurse=False).find(getattr(engine, name), name, globs=names)
    assert [test for test in found if test.examples]
    with jax.numpy_dtype_promotion("standard"):  # as a reader has it
        for test in found:
            assert doctest.DocTestRunner().run(test).failed == 0
