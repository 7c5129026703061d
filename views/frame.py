"""The frame around every page: its title and the few lines of style that Streamlit has no setting for."""

import streamlit as st

from views.text import text

# The picture comes first, so that a telephone shows it first; on a wide screen the controls stand left of it.
STYLE = """
<style>
.stMainBlockContainer { padding: .5rem 1.2rem 1rem; max-width: none; }
.stAppHeader { position: absolute; background: transparent; height: 2.6rem; min-height: 0; pointer-events: none; }
.stAppHeader * { pointer-events: none; }
.stAppHeader button, .stAppHeader button *, .stStatusWidget * { pointer-events: auto; }
.st-key-masthead { padding-right: 9rem; }
.st-key-masthead h1 { font-size: 1.45rem; padding: 0; white-space: nowrap; }
.st-key-masthead .stMarkdown p { opacity: .75; }
.stMain .stVerticalBlock { gap: .5rem; }
@media (min-width: 761px) {
  .st-key-bench {
    display: grid !important; align-items: start; gap: 1rem !important;
    grid-template: auto 1fr / 19.5rem minmax(0, 1fr);
  }
  .st-key-bench > * { grid-column: 2; }
  .st-key-bench > :nth-child(2) { grid-column: 1; grid-row: 1 / span 2; }
}
@media (min-width: 1700px) { .st-key-bench { grid-template-columns: 24rem minmax(0, 1fr); } }
@media (max-width: 760px) {
  .stMainBlockContainer { padding: .5rem .6rem 1rem; }
  .st-key-masthead { padding-right: 2.6rem; }
  .st-key-masthead .stMarkdown, .stStatusWidget { display: none; }
}
</style>
"""


def dress() -> None:
    st.html(STYLE)


def title() -> None:
    st.title(text("page.title"), anchor=False, width="content")
    st.markdown(text("page.tagline"), width="stretch")
