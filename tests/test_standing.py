"""What a link hides and locks: names of parts, kept along, refused one by one; and what is painted first knows them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.datastructures import QueryParams

from engine.networks.experiment import NetworkExperiment
from lessons import LESSONS
from views.kit.standing import PARTS
from views.server import entrance
from views.session.visit import refused, taken

NET = NetworkExperiment()


def test_parts_stay_in_the_link_and_strange_ones_give_a_notice_each():
    asked = {"hide": "menu~bogus~title", "lock": "nothing", "lang": "en"}
    assert taken(asked, NET) == {"lang": "en", "hide": "menu~title"}
    assert [(each.field, each.value) for each in refused(asked, NET)] == [("hide", "bogus"), ("lock", "nothing")]


@pytest.mark.parametrize("field", ["hide", "lock"])
def test_every_part_is_known(field):
    assert taken({field: "~".join(PARTS)}, NET) == {field: "~".join(PARTS)}
    assert len(set(PARTS)) == len(PARTS) >= 15


def test_a_demonstration_by_its_name_takes_what_is_hidden_along():
    name = next(iter(LESSONS))
    asked = QueryParams(f"lesson={name}&hide=menu~title&embed=1")
    query = parse_qs(urlsplit(entrance.whole("/", asked)).query)
    assert (query["lesson"], query["hide"], query["embed"]) == ([name], ["menu~title"], ["1"])
    assert len(query) > 3  # and what it sets up
