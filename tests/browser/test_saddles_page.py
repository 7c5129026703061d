"""Minima or saddles, in a browser: a dot is clicked, and its network is opened."""

from urllib.parse import parse_qs, urlsplit

FAST = "lang=en&data=sine~size~30&net=depth~1~decay~0.001~steps~50&widths=1~2"


def test_a_click_on_a_dot_leads_to_its_network(visit):
    page = visit.page
    page.goto(f"{visit.address}/saddles?{FAST}")
    page.wait_for_selector(".panel[data-painted]", state="attached", timeout=60_000)
    page.wait_for_selector(".st-key-dots_signed .scatterlayer path.point", timeout=60_000)
    dots = page.locator(".st-key-dots_signed .scatterlayer path.point")
    page.locator(".st-key-dots_all .scatterlayer path.point").first.wait_for()
    box = dots.first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**dot=*")
    width, seed = parse_qs(urlsplit(page.url).query)["dot"][0].split("~")
    page.wait_for_selector(".st-key-dot_spectrum .barlayer path", state="attached")
    assert page.locator(".st-key-dot_spectrum .barlayer path").count() == {"1": 4, "2": 7}[width]  # eigenvalues
    page.locator(".st-key-open_network button").click()
    page.wait_for_url("**/networks?**")
    net = parse_qs(urlsplit(page.url).query)["net"][0].split("~")
    told = dict(zip(net[::2], net[1::2], strict=True))
    assert (told["width"], told.get("seed", "0")) == (width, seed)
