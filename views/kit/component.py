"""A piece of the page drawn by our own JavaScript: a stub that loads the module of its name and hands it the data."""

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from views.kit.addresses import ROOT, module_of


def component(name: str) -> ComponentRenderer:
    """The component ``name``: its code is the module ``<name>.js`` of ``web``, which exports ``mount``."""
    # The stub rides along with every change of data, so it is short; the modules are fetched once and kept.
    stub = f"""
let module;
export default function (component) {{
  const base = new URL("{ROOT}/web/", document.baseURI);
  module ??= import(new URL("{module_of(name)}", base));
  module.then(({{ mount }}) => mount(component));
  return () => module.then(({{ unmount }}) => unmount?.(component.parentElement));
}}
"""
    html = f"""
<link rel="stylesheet" href="{ROOT}/web/kit/lab.css">
<div class="{name}"></div>
"""
    return st.components.v2.component(f"descent_lab_{name}", html=html, js=stub)
