"""What README shows in Python runs, in its order, as one program."""

import re
from pathlib import Path

import jax

README = Path(__file__).parents[1] / "README.md"


def test_snippets_run():
    snippets = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert snippets
    names = {}
    with jax.numpy_dtype_promotion("standard"):  # as a reader has it, and Optax's own rules need it
        exec(compile("".join(snippets), str(README), "exec"), names)
    assert names["trajectory"].params.shape == (501, 2)  # as README says
    assert names["many"].params.shape[0] == 3
    assert names["training"].test_accuracy.shape[:2] == (3, 8)
