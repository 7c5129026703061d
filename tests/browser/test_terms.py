"""What a word means is said where it stands: by mouse, by key, and in a text of Streamlit's."""


def is_open(page):
    return page.evaluate("document.querySelector('.lab-term')?.matches(':popover-open') ?? false")


def test_a_symbol_explains_itself_by_mouse_and_by_key(visit):
    page = visit.open("lang=en").page
    head = page.locator("th .term", has_text="final loss")
    head.click()
    assert is_open(page)
    said = page.locator(".lab-term")
    assert "One number" in said.inner_text()
    page.keyboard.press("Escape")
    assert not is_open(page)
    head.press("Enter")  # the focus has come back
    assert is_open(page)
    page.mouse.click(5, 400)
    assert not is_open(page)
    asks = page.locator("figcaption .asks")
    page.get_by_role("button", name="λmax").click()
    visit.until("root.querySelector('.asks')?.dataset.term === 'sharpness'")
    for _ in range(10):  # the caption is made anew when Python has heard of the chart
        asks.press(" ")
        if "largest curvature" in said.inner_text():
            break
        page.keyboard.press("Escape")
        page.wait_for_timeout(200)
    assert "largest curvature" in said.inner_text()
    before = page.locator(".play .place").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".play .place").inner_text() == before


def test_a_heading_that_sorts_is_asked_without_sorting_and_leads_on(visit):
    page = visit.open("v=1&surface=himmelblau&lang=zh", "critical_points").page
    first = page.locator(".sheet tbody tr").first.inner_text()
    page.locator("th .term", has_text="κ").click()
    assert "窄谷" in page.locator(".lab-term").inner_text()
    assert page.locator(".sheet tbody tr").first.inner_text() == first
    page.locator(".lab-term a").click()
    page.wait_for_url("**lesson=raw_and_normalised_feature*")
    assert not is_open(page)


def test_a_text_explains_its_words_too(visit):
    page = visit.page
    page.goto(f"{visit.address}/batches?topic=table&lang=en")
    link = page.locator("a[href='#term-epoch']").first
    link.wait_for(timeout=60_000)
    visit.settled()  # a script that still runs would take the focus away
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.lab-term')?.matches(':popover-open')")
    assert "every training example" in page.locator(".lab-term").inner_text()
    page.keyboard.press("Escape")
    assert link.evaluate("link => link === document.activeElement") and "#" not in page.url
