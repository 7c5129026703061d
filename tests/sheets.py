"""Sheets of pages, as Streamlit sends them part by part and as their addresses answer."""

import json
import re
from urllib.parse import unquote

import numpy as np
from starlette.applications import Starlette
from test_pages import charts
from test_serve import fetch
from test_wire import unpacked

from tests.web.declare import PAYLOADS, misfits
from views.kit.addresses import ROOT
from views.server import answers

BY_LINK = Starlette(routes=answers.routes())


def sentences(page):
    """What is said beside the charts, as it was sent."""
    sent = [part.proto for part in page.get("bidi_component") if part.proto.component_name.endswith("_sentences")]
    found = [unpacked(proto.bytes)[0] for proto in sent]
    assert [*misfits(found, list[PAYLOADS["sentences"]], "sentences")] == []
    return found


def texts(page):
    """All that is written beside the charts, a line for each sentence and each row of a table."""
    lines = [shown.value for shown in [*page.markdown, *page.caption]]
    for each in sentences(page):
        lines += [*each["sentences"], " | ".join(each["head"]), *map(" | ".join, each["rows"]), each["note"]]
    return re.sub(r"\[([^\]]*)\]\(#term-\w+\)", r"\1", "\n".join(lines))


def fields(page):
    """The fields of the panel, and of the rows beside the pictures, by their paths."""
    sent = [part.proto.bytes for part in page.get("bidi_component") if part.proto.component_name.endswith("_panel")]
    groups = [group for each in sent for group in unpacked(each)[0]["groups"]]
    return {field["path"]: field for group in groups for field in [*group["fields"], *group.get("more", [])]}


def answered(query, kind="sheet"):
    """Header, numbers, and headers of the answer."""
    status, headers, body = fetch(f"/{ROOT}/{kind}?{query}", BY_LINK)
    assert status == 200, body
    return *unpacked(body), headers


def refusals(headers):
    return json.loads(unquote(headers["lab-refused"]))


def check_sheet(page, header, floats, keys=None):
    """The answer has all that the page shows, to the last bit; of charts those with these keys, if not all."""
    assert [*misfits(header, PAYLOADS["sheet"], "sheet")] == []
    shown = {chart["key"]: chart for chart in charts(page)}
    assert (keys or shown.keys()) == {chart["key"] for chart in header["charts"]}
    for chart in header["charts"]:
        for each, wanted in zip(chart["series"], shown[chart["key"]]["series"], strict=True):
            many = sum(each["counts"])
            np.testing.assert_array_equal(floats[:many], np.concatenate([*wanted["columns"], []]))
            floats = floats[many:]
            assert {**each, "columns": None} == {**wanted, "columns": None}
        assert {**chart, "series": None} == {**shown[chart["key"]], "series": None}
    assert not len(floats)
    by_key = {said["key"]: said for said in header["said"]}
    assert by_key == {said["key"]: said for said in sentences(page)}
    played = [part.proto for part in page.get("bidi_component") if part.proto.component_name.endswith("_played")]
    if header["clock"]:
        (row,) = [unpacked(proto.bytes)[0] for proto in played]
        assert header["clock"] == [row["steps"], row["per_epoch"]]
