"""Every term in both languages, every symbol explained, and the same marks in Python and in the browser."""

import re
from pathlib import Path

import pytest
from test_twins import KIT, node

from lessons import LESSONS
from optimizers import OPTIMIZERS, SCHEDULES
from records import settings
from views.demonstrations import link_of
from views.kit import glossary
from views.kit.glossary import TERMS, marked
from views.kit.text import CATALOGUE

WEB = Path(__file__).parents[1] / "views" / "web"
CJK = re.compile(r"[\u4e00-\u9fff]")
HEADS = ("col_", "axis_", "score_", "chart_", "pane_", "plot_", "dots_")  # what tables and captions are called by
SYMBOL = re.compile(r"‖[^‖]+‖|−H⁻¹∇L|Δθ|∇L|[κτηλθσβ](?:max|min|[₀-₉ᵢₜₙ])?|\b[LHgmzy][₁₂ᵢ]?(?![\w(])")


@pytest.mark.parametrize("key", TERMS)
def test_a_term_speaks_both_languages_and_says_where_to_read_on(key):
    term = TERMS[key]
    assert not CJK.search(term.means) and CJK.search(term.means.zh)
    assert term.means.endswith(".") and term.means.zh.endswith("。")
    assert all(face.strip() == face != "" for faces in term.faces.values() for face in faces)
    assert not any(CJK.search(face) for face in term.faces["en"])
    assert term.see in LESSONS or term.see in CATALOGUE["pages"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_face_means_one_thing(language):
    faces = [face for term in TERMS.values() for face in term.faces[language]]
    assert len(faces) == len(set(faces))


def said(language):
    """What heads a table or a picture, and what a slider of a rule is called."""
    for section, table in CATALOGUE.items():
        for name, words in table.items():
            if name.startswith(HEADS) and not name.endswith("_hint"):
                yield f"{section}.{name}", words.within(language)
    for name, record in {**OPTIMIZERS, **SCHEDULES}.items():
        for setting in settings(record.make).values():
            yield name, f"{setting.knob.label.within(language)} {setting.knob.symbol}".strip()
    told = re.search(r"const MOMENT = \[(.*?)\];", (WEB / "kit" / "moment.js").read_text(encoding="utf-8"), re.S)
    yield from (("moment.js", face) for face in re.findall(r'\["\w+", "([^"]+)"', told[1]))
    facts = (WEB / "pictures" / "points.js").read_text(encoding="utf-8")
    yield from (("points.js", face) for face in re.findall(r'fact\(\s*"([^"]+)"', facts))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_symbol_of_tables_captions_and_sliders_has_an_entry(language, monkeypatch):
    monkeypatch.setattr(glossary, "language", lambda: language)
    symbols = [(where, text) for where, text in said(language) if SYMBOL.search(text)]
    assert len(symbols) > 30
    for where, text in symbols:
        rest = re.sub(r"\[[^\]]*\]\(#term-\w+\)", "", marked(text))
        again = {symbol for symbol in SYMBOL.findall(rest) if f"[{symbol}]" not in marked(symbol)}
        assert not again, (where, text)


def test_marks_are_links_where_a_term_first_stands(monkeypatch):
    monkeypatch.setattr(glossary, "language", lambda: "en")
    assert marked("Sharpness is λmax.") == "[Sharpness](#term-sharpness) is λmax."
    assert marked("`η` and $η$, [η](x), eta") == "`η` and $η$, [η](x), eta"
    assert marked("λ₂ lossless ηx") == "λ₂ lossless ηx"
    assert marked("κ, then κ") == "[κ](#term-condition), then κ"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_browser_marks_what_python_marks(language, monkeypatch):
    """Of every sentence of the catalogue the same pieces, each where it first stands."""
    monkeypatch.setattr(glossary, "language", lambda: language)
    sentences = [text for _, text in said(language)]
    sentences += [
        words.within(language) for name in ("atlas", "spectra", "saddles") for words in CATALOGUE[name].values()
    ]
    plain = [each for each in sentences if not re.search(glossary.WHOLE, each)]
    script = f"""const {{ indexed, pieces }} = await import("{KIT.as_uri()}/glossary.js");
    const found = indexed(given.terms);
    tell(given.texts.map((text) => pieces(text, found).filter(([, key]) => key)));"""
    told = node(script, {"terms": glossary.glossary(language, link_of), "texts": plain})
    for text, found in zip(plain, told, strict=True):
        first = {key: face for face, key in reversed(found)}
        assert {key: face for face, key in re.findall(r"\[([^\]]*)\]\(#term-(\w+)\)", marked(text))} == first, text
