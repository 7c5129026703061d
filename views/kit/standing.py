"""Parts of a page that a link may hide or lock: ``?hide=menu~controls&lock=lanes``. The browser knows what they are."""

import re

from views.kit.addresses import WEB

SCRIPT = (WEB / "kit" / "standing.js").read_text(encoding="utf-8")
PARTS = re.findall(r"^    (\w+): ", SCRIPT, re.MULTILINE)
