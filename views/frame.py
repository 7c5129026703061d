"""The frame around every page: its title and the few lines of style that Streamlit has no setting for."""

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from lessons import LESSONS
from views import demonstrations
from views.controls import widgets
from views.kit import address
from views.kit.charts import SIZED
from views.kit.component import component
from views.kit.labels import sentence
from views.kit.pages import pages as all_pages
from views.kit.text import LANGUAGES, language, say, text
from views.session import visit

HTML = {"en": "en", "zh": "zh-CN"}  # the page's language as browsers and screen readers name it

# The picture comes first, so that a telephone shows it first; on a wide screen the controls stand left of it.
STYLE = """
<style>
/* all sizes follow: 18 px on axes at 1080p */
html { font-size: clamp(16px, min(1.1667vw, 2.0741vh), 44px) !important; }
.stMainBlockContainer { padding: .5rem 1.2rem 1rem; max-width: none; }
.stAppHeader { position: absolute; background: transparent; height: 2.6rem; min-height: 0; pointer-events: none; }
.stAppHeader * { pointer-events: none; }
.stAppHeader button, .stAppHeader button *, .stStatusWidget * { pointer-events: auto; }
.st-key-masthead { padding-right: 2.6rem; row-gap: 0 !important; }
.stStatusWidget { position: fixed; top: auto; bottom: .5rem; right: .8rem; }
.st-key-masthead h1 { font-size: 1.45rem; padding: 0; white-space: nowrap; }
.st-key-masthead .stMarkdown p { opacity: .75; }
.stMain [data-testid="stCaptionContainer"] { opacity: .75; } /* of small letters: 4.5 : 1 */
.stMain .stVerticalBlock { gap: .5rem; }
.stMain .stMarkdown h2 { font-size: 1.2rem; padding: .3rem 0; }
/* a table in a text looks like the ones beside the clock */
.stMain .stMarkdown table { display: block; overflow-x: auto; font-size: .875rem; font-variant-numeric: tabular-nums; }
.stMain .stMarkdown :is(th, td) {
  padding: .15rem .9rem .15rem .1rem; border: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 12%, transparent);
}
.stMain .stMarkdown th {
  font-weight: 500; font-size: .8125rem; color: color-mix(in srgb, currentColor 72%, transparent);
}
.st-key-unseen { display: none; }
/* takes no room */
.st-key-linked { position: fixed; inset: auto 0 .5rem 0; width: auto; z-index: 20; pointer-events: none; }
.stMain button[kind="primary"] { color: light-dark(white, #0e1117); } /* white is faint on pale blue */
.katex-display { padding: .25em 2px; }
.st-key-guide .stMarkdown p { line-height: 1.4; }
.st-key-guide .st-key-steps { gap: .35rem; }
.st-key-guide .st-key-demonstrations { min-height: 4.05rem; } /* as high as the menu will be */
.st-key-guide .stButton button { min-height: 2.2rem; padding: .2rem .6rem; }
.st-key-masthead:not(:has(.st-key-menu > :last-child a):has(.stButtonGroup)) { visibility: hidden; } /* at once */
/* what stands in for a widget until its script has come is as high as the widget */
.st-key-menu [data-testid="stSkeleton"] { height: 1.75rem !important; }
.st-key-lang [data-testid="stSkeleton"] { height: 2rem !important; }
.st-key-guide [data-testid="stSkeleton"], .st-key-controls [data-testid="stSkeleton"] { height: 4.2rem !important; }
.st-key-picture [class*="_settings"] { min-height: 4.25rem; } /* rows of widgets with labels above the first picture */
.st-key-picture [class*="_settings"] .stElementContainer:has(.stSlider) { min-width: 9.4rem; }
/* the clock of several charts stays on the screen */
.st-key-picture > .st-key-play, .st-key-picture > :has(.st-key-play):not(:has([class*="-high"])),
.st-key-picture :has(> .st-key-clock_row) {
  position: sticky; top: 0; bottom: 0; z-index: 5;
}
.stMain .st-key-picture > :has(.st-key-fair_home) { position: static; } /* no clock that must stay in sight */
.st-key-menu { gap: 0; }
.st-key-menu a { padding: .25rem .2rem; border-radius: 6px; }
.st-key-menu a p { font-size: .86rem; }
.st-key-lang button { padding-inline: .5rem; }
.st-key-menu [class*="_next"] { margin-left: .5rem; padding-left: .5rem; border-left: 1px solid; border-color: #8886; }
.st-key-menu [class*="_here"] a { background: color-mix(in srgb, currentColor 9%, transparent); font-weight: 600; }
@media (min-width: 1001px) {
  .st-key-bench {
    display: grid !important; align-items: start; gap: 1rem !important;
    grid-template: auto 1fr auto / 19.5rem minmax(0, 1fr);
  }
  .st-key-bench > * { grid-column: 2; }
  .st-key-bench > :has(> .st-key-guide) { grid-column: 1; grid-row: 1; }
  .st-key-bench > :has(> .st-key-picture) { grid-row: 1 / span 2; min-height: calc(100vh - 8.5rem); }
  .st-key-bench > :has(> .st-key-controls) { grid-column: 1; grid-row: 2 / span 2; }
}
.st-key-masthead > :has(> .stMarkdown), .st-key-masthead > .stMarkdown {
  order: 9; flex: 0 0 100% !important;
}
.st-key-masthead .stMarkdown p { font-size: .92rem; line-height: 1.25; }
.st-key-masthead > :has(h1) { flex: 1 0 auto !important; }
.lab-term {
  position: fixed; margin: 0; inset: auto; max-width: min(24rem, 92vw); padding: .7rem .9rem; border: 1px solid;
  border-radius: .5rem; font-size: .95rem; line-height: 1.4; box-shadow: 0 .3rem 1.2rem rgba(0, 0, 0, .25);
}
.stMain a[href^="#term-"] { color: inherit; text-decoration: underline dotted 1px; cursor: help; }
.lab-handle {
  position: fixed; left: 0; top: 45vh; z-index: 9; width: .85rem; height: 4rem; padding: 0;
  border: 0; border-radius: 0 .5rem .5rem 0;
  background: rgba(128, 140, 155, .3); color: inherit; cursor: pointer;
}
.lab-handle::after { content: "‹"; font-size: 1rem; }
.lab-handle[aria-expanded="false"]::after { content: "›"; }
@media (min-width: 1001px) {
  .lab-wide { --lab-map: 2.8fr; }
  .lab-wide .st-key-bench { grid-template-columns: minmax(0, 1fr); }
  .lab-wide .st-key-bench > * { grid-column: 1; }
  .lab-wide .st-key-bench > :has(> .st-key-guide), .lab-wide .st-key-bench > :has(> .st-key-controls) { display: none; }
}
@media (max-width: 1000px) {
  .lab-handle { display: none; }
  /* nothing moves while a page comes: what stands below the picture is below the screen from the start */
  .st-key-bench > :has(> .st-key-picture), .st-key-drawn { min-height: 100vh; }
  .st-key-bench > :has(> .st-key-guide) { min-height: 4.25rem; }
  .st-key-bench > :has(> .st-key-guide) + :has(> .st-key-controls) { margin-top: 100vh; } /* no picture yet */
  .stMainBlockContainer { padding: .5rem .6rem 1rem; }
  .st-key-masthead { padding-right: 2.6rem; gap: .3rem; }
  .st-key-masthead > :has(> .st-key-menu), .st-key-masthead > .st-key-menu { order: 1; flex: 1 0 100% !important; }
  .st-key-masthead h1 { font-size: 1.25rem; }
  .st-key-menu a { padding: .2rem .25rem; }
  .katex-display > .katex { font-size: 1em; }
  .st-key-masthead .stMarkdown, .stStatusWidget { display: none; }
}
@media (max-width: 480px) { /* as high as its menu will be, in four lines and in three */
  .st-key-masthead { min-height: 8.6rem; align-content: start; }
  :lang(zh) .st-key-masthead { min-height: 6.95rem; }
  .st-key-topic [data-testid="stSkeleton"] { height: 5.5rem !important; }
  .st-key-idea { min-height: 4.25rem; }
  .st-key-picture .st-key-class_settings { min-height: 9rem; }
  .st-key-picture .st-key-size_settings { min-height: 8.5rem; } /* and the rows of widgets */
  .st-key-picture .st-key-fair_settings { min-height: 12.5rem; }
  .st-key-fair_over [data-testid="stSkeleton"] { height: 2rem !important; }
  .st-key-picture .st-key-saddle_settings { min-height: 8.5rem; }
  .st-key-picture .st-key-depth_settings { min-height: 9.85rem; }
}
/* the picture alone: in a slide, or in a lecture, where type is sized by the height of the screen */
.lab-embedded :is(.stAppHeader, .st-key-masthead, .lab-handle, .st-key-folded, .st-key-guide, .st-key-controls),
.lab-embedded .st-key-bench > :has(> .st-key-folded),
.lab-embedded .st-key-bench > :has(> .st-key-guide) { display: none !important; }
.lab-embedded .st-key-bench { display: block !important; }
.lab-embedded .stMainBlockContainer { padding: 0; }
.lab-presented { font-size: clamp(12px, min(3.35vh, 4.2vw), 90px) !important; overflow: hidden; --lab-tools: none; }
.lab-presented .stMain { overflow: hidden; }
.lab-presented .stMainBlockContainer { height: 100vh; overflow: hidden; }
@media (orientation: landscape) {
  .lab-presented {
    --lab-page: flex; --lab-page-high: 100vh; --lab-high: auto; --lab-pair: calc(100% - 2rem);
    --lab-tabs: none; --lab-tables: none; --lab-told: none; --lab-contained: size;
  }
  .lab-presented.lab-one .st-key-picture :not(.lab-shown, .lab-shown *, .lab-way) { display: none !important; }
  .lab-presented .st-key-picture :is(.stButtonGroup, .stSelectbox, .stSlider, .stCheckbox) { display: none; }
  .lab-presented.lab-one .lab-chart {
    --lab-chart-high: calc((100vh - 3.2rem - var(--lab-signs, 0px)) / var(--lab-charts, 1));
    height: var(--lab-chart-high) !important; flex: none !important;
  }
  .lab-presented.lab-one .lab-signs { margin: 0 1rem 1rem !important; font-size: .8rem !important; }
  .lab-presented.lab-one .lab-shown.st-key-play { position: fixed; inset: auto 0 0 0; }
  .lab-presented .stMain .stVerticalBlock { gap: 0 !important; }
}
.lab-studied .st-key-controls { display: flex !important; }
@media (min-width: 40rem) {
  .lab-studied .st-key-bench { display: grid !important; grid-template: 1fr / 16rem minmax(0, 1fr); gap: 1rem; }
  .lab-studied .st-key-bench > * { grid-area: 1 / 2; }
  .lab-studied .st-key-bench > :has(> .st-key-controls) { grid-area: 1 / 1; }
  .lab-studied .st-key-controls { height: 100vh; overflow-y: auto; }
}
CHARTS
</style>
""".replace("CHARTS", SIZED)


tab = component("tab")


def dress(pages: Mapping[str, Any], page: str) -> bool:
    """The tab's title and language, and the style. Whether the tab leaves for the page that the last edit has opened.

    The browser goes there by itself: ``st.switch_page`` would leave two entries in its history, the first of them this
    page with the other one's address.
    """
    door = visit.door()
    opened = visit.lesson()
    names = [say(LESSONS[opened].name)] if opened else []
    title = " · ".join([*names, text(f"pages.{page}"), text("page.title")])
    st.set_page_config(page_title=title, page_icon="📉", layout="wide", initial_sidebar_state="collapsed")
    with st.container(key="unseen"):
        go = f"./{pages[door[0]].url_path}?{urlencode(door[1], doseq=True)}" if door else ""
        order = time.time_ns() if door else 0
        tab(key="tab", data={"language": HTML[language()], "panel": text("page.panel"), "go": go, "order": order})
        st.html(STYLE)  # also where Streamlit answers without our entrance
    return door is not None


def title(page: str) -> None:
    """The lab's name, and what can be done on this page."""
    st.title(text("page.title"), anchor=False, width="content")
    asked = text(f"question.{page}")
    st.markdown(f"**{asked}** {text(f'tagline.{page}')}" if asked else text(f"tagline.{page}"), width="stretch")


def menu(pages: Mapping[str, Any], current: str) -> None:
    """A link to each page, which takes the experiment along; pages of surfaces before those of networks."""
    groups = {name: page.group for name, page in all_pages().items()}
    with st.container(key="menu", horizontal=True, width="content", gap="small"):
        before = next(iter(groups.values()))
        for name, page in pages.items():
            marks = {"next": groups[name] != before, "here": name == current}
            parts = ["menu", name, *(mark for mark, there in marks.items() if there)]
            before = groups[name]
            with st.container(key="_".join(parts), width="content"):
                st.page_link(page, query_params=visit.address_on(name))


def bench(page: str) -> tuple[Any, Any, Any]:
    """The rooms of a page: its picture, its controls, and what folds out below. The demonstration comes before."""
    visit.enter(page)
    with st.container(key="bench"):
        with st.container(key="guide"):
            demonstrations.guide()
        picture = st.container(key="picture")
        with picture:
            _notices()
        return picture, st.container(key="controls"), st.container(key="folded")


def _notices() -> None:
    """What was not taken from the link, in one plain notice."""
    sentences = [sentence(notice) for notice in visit.refusals()]
    if sentences:
        with st.container(border=True, key="notices", gap=None):
            st.markdown(f":material/info: {text('page.ignored')}")
            st.text("\n".join(sentences))  # plain text: it quotes what somebody wrote


def language_switch() -> None:
    """English or Chinese; the choice stands in the link."""

    widgets.tabs(text("page.language"), "lang", LANGUAGES, language(), lambda lang: address.put("lang", lang))
