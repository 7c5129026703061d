"""Every page shows its pictures when it is opened: no work of its defaults waits for a click."""

import pytest
from streamlit.testing.v1 import AppTest

from views.kit.text import CATALOGUE
from views.server.warm import HOUSE


@pytest.mark.parametrize("page", CATALOGUE["pages"])
def test_a_page_asks_for_no_click_before_its_pictures(page):
    opened = AppTest.from_file(HOUSE / "pages" / f"{page}.py", default_timeout=600).run()
    assert not opened.exception
    assert not [button.key for button in opened.button if str(button.key).endswith("_run")]
