"""Two languages: each sentence in both, each sentence used, and no sentence outside the catalogue."""

import ast
import re
import string
from itertools import chain
from pathlib import Path

import pytest

from curves.runs import RUNS
from curves.spectra import SPECTRA
from curves.trainings import TRAININGS
from records import Words
from views.kit.text import CATALOGUE

ROOT = Path(__file__).parent.parent
SOURCES = {
    path: path.read_text(encoding="utf-8") for folder in ("views", "pages") for path in (ROOT / folder).rglob("*.py")
}
SOURCES[ROOT / "app.py"] = (ROOT / "app.py").read_text(encoding="utf-8")
TREES = {path: ast.parse(source) for path, source in SOURCES.items()}
ROOMS = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "rooms").rglob("*.py"))
ENGINE = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "engine").rglob("*.py"))
SCRIPTS = {path: path.read_text(encoding="utf-8") for path in (ROOT / "views" / "web").rglob("*.js")}
ENTRIES = {f"{section}.{key}": words for section, table in CATALOGUE.items() for key, words in table.items()}
SENT = (  # sections that JavaScript gets
    "stage", "panel", "guide", "atlas", "verdict", "pair", "networks", "spectra", "diagnosis", "room", "ask", "lecture",
    "maps",
)  # fmt: skip
CJK = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]{3,}")
ICON = re.compile(r":material/\w+:")


def placeholders(sentence):
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


@pytest.mark.parametrize("key", ENTRIES)
def test_both_languages(key):
    words = ENTRIES[key]
    assert words.strip() == words != ""
    assert words.zh.strip() == words.zh != ""
    assert not CJK.search(words)
    assert CJK.search(words.zh) or words.zh == words
    assert placeholders(words) == placeholders(words.zh)


# ---- what is used ----------------------------------------------------------------------------------------------------


def patterns():
    """What the first argument of each text(…) in Python says: a key, or a key with a gap where a value goes."""
    for tree in TREES.values():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "text":
                yield from keys_of(call.args[0])


def keys_of(argument):
    if isinstance(argument, ast.IfExp):
        yield from chain(keys_of(argument.body), keys_of(argument.orelse))
    elif isinstance(argument, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in argument.values)
    elif isinstance(argument, ast.Constant):
        yield argument.value


def test_what_python_asks_for_is_there():
    asked = set(patterns())
    assert len(asked) > 20  # the search finds something
    missing = {key for key in asked if "{}" not in key and key not in ENTRIES}
    missing |= {
        key for key in asked if "{}" in key and not any(known.startswith(key.split("{")[0]) for known in ENTRIES)
    }
    assert not missing


def test_what_javascript_asks_for_is_there():
    sent = {name for part in SENT for name in CATALOGUE[part]}
    sent |= {f"curve_{name}_above" for name, curve in RUNS.items() if curve.above}
    asked = {name for source in SCRIPTS.values() for name in re.findall(r"\bwords\.(\w+)", source)}
    assert len(asked) > 20
    assert not asked - sent


def test_every_sentence_is_used():
    """By its key in Python, by its name in JavaScript; what is put together from parts must have its parts there."""
    asked = set(patterns())
    gaps = [re.compile(re.escape(key).replace(r"\{\}", r"(\w+?)") + "$") for key in asked if "{}" in key]
    python, script = "".join(SOURCES.values()) + ENGINE, "".join(SCRIPTS.values())
    suffixes = set(re.findall(r"\$\{[\w.]+\}(_\w+)`", script))  # words[`${name}_hint`]
    prefixes = set(re.findall(r"`(\w+_)\$\{[\w.]+\}", script))  # words[`chart_${name}`]
    prefixes |= set(re.findall(r'startsWith\("(\w+_)"\)', script))  # all words that begin so
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}

    def named(name, source):
        return re.search(rf"\b{name}\b", source)

    def used(key):
        section, name = key.split(".")
        fits = [found.groups() for gap in gaps if (found := gap.match(key))]
        filled = any(all(named(part.replace("_", "[ _]"), python) for part in parts) for parts in fits)
        if key in asked or filled or (section == "pages" and name in pages):
            return True
        if section not in SENT:
            return False
        if section == "room" and f'Refused("{name}"' in ROOMS:
            return True
        stem = name
        for suffix in suffixes:
            stem = stem.removesuffix(suffix)
        for prefix in prefixes:
            stem = stem.removeprefix(prefix)
        return bool(named(name, script) or (stem != name and named(stem, script + python)))

    assert [key for key in ENTRIES if not used(key)] == []


# ---- what stands outside the catalogue -------------------------------------------------------------------------------

SHOWN = {
    "button", "caption", "checkbox", "download_button", "error", "expander", "header", "info", "markdown", "metric",
    "number_input", "popover", "progress", "radio", "segmented_control", "selectbox", "slider", "spinner", "subheader",
    "success", "tabs", "text", "text_input", "title", "toast", "toggle", "warning", "write",
}  # fmt: skip


def literals(tree):
    """The strings of a module, without docstrings and what is raised."""
    hidden = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and ast.unparse(node.func) == "Words"):
            hidden |= set(ast.walk(node))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            hidden.add(node.value)
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in hidden
    ]


@pytest.mark.parametrize("path", TREES, ids=lambda path: path.name)
def test_no_english_is_given_to_streamlit(path):
    said = []
    for call in ast.walk(TREES[path]):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SHOWN:
            given = [
                *call.args[:1],
                *(word.value for word in call.keywords if word.arg in ("label", "help", "placeholder")),
            ]
            said += [node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str)]
            said += [
                part.value
                for node in given if isinstance(node, ast.JoinedStr)
                for part in node.values if isinstance(part, ast.Constant)
            ]  # fmt: skip
    assert [sentence for sentence in said if WORD.search(ICON.sub("", sentence))] == []


@pytest.mark.parametrize("path", TREES, ids=lambda path: path.name)
def test_no_english_sentence_in_python(path):
    sentence = re.compile(r"^\W*[A-Z]?[a-z’']+(,? [a-zA-Z’']+){2,}\W*$")  # three words in a row, nothing else
    assert [node.value for node in literals(TREES[path]) if sentence.match(node.value.strip())] == []


QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`')
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
SAID = re.compile(
    r'"aria-label", "([^"]*)"|(?:textContent|title|placeholder|alt) = "([^"]*)"'
    r'|(?:fillText\(|Option\(|button\([^,()]*, )"([^"]*)"'
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_english_in_javascript(path):
    source = COMMENT.sub("", SCRIPTS[path])
    said = [next(filter(None, found), "") for found in SAID.findall(source)]
    assert [text for text in said if re.search(r"[a-z]{2,}", text)] == []
    quoted = [next(filter(None, found), "") for found in QUOTED.findall(source)]
    assert [text for text in quoted if re.fullmatch(r"\W*[A-Z][a-z]+( [a-zA-Z]+)+[.…!?]?", text)] == []


# ---- one name, one quantity ------------------------------------------------------------------------------------------

SENTENCES = [(section, key, words) for section, table in CATALOGUE.items() for key, words in table.items()]
SENTENCES += [
    (name, key, words)
    for shelf in (RUNS, SPECTRA, TRAININGS)
    for name, curve in shelf.items()
    for key, line in curve.lines(name).items()
    for words in vars(line).values()
    if isinstance(words, Words)
]


def test_the_training_loss_is_without_the_penalty_and_the_objective_with_it():
    """L is the objective everywhere, so no axis says "training loss L"; both languages use the same two names."""
    for section, key, words in SENTENCES:
        assert not re.search(r"training loss (L|\(?with (its|the) penalty)", words), (section, key)
        assert not re.search(r"训练损失 ?(L|（含)", words.zh), (section, key)
        assert (len(re.findall(r"\bobjective\b", words)) > 0) == ("目标函数" in words.zh), (section, key)
        assert "正则项" not in words.zh, (section, key)


@pytest.mark.parametrize(
    "words",
    [
        *(CATALOGUE[page]["loss"] for page in ("saddles", "normalisation", "batches")),
        *(curve.name for curve in (SPECTRA["loss"], TRAININGS["gap"], TRAININGS["objective"])),
    ],
)
def test_what_draws_the_objective_says_so(words):
    assert words.startswith("objective L")
    assert words.zh.startswith("目标函数 L")


def test_what_draws_the_training_loss_says_so():
    for words in (TRAININGS["train"].name, TRAININGS["train"].cell):
        assert words.startswith("training loss")
        assert words.zh.startswith("训练损失")
