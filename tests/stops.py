"""Every stop of every deck in a browser: `python -m tests.stops` says what does not fit; `pictures` writes pictures.

    python -m tests.stops [pictures] [deck=NAME] [stop=N] [size=1280x720] [lang=en] [theme=light] [url=…]

A picture of each stop stands in the contents of its deck. The stops of all decks take minutes; the tests of every day
look at a stop of each page only.
"""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from lectures import DECKS
from lectures.base import Stop
from tests.browser.conftest import QUIET, serving

PICTURES = Path(__file__).parents[1] / "views" / "web" / "lecture" / "pictures"
WIDE = 320  # pixels of a picture in the contents
LEAST = 2.2  # per cent of the height: the smallest text on the screen

# What does not fit of the stop that is shown: what scrolls, what is out of the picture, the smallest text.
FAULTS = """(least) => {
  const frame = [...document.querySelectorAll("iframe")].find((each) => !each.inert);
  if (!frame) return ["no picture"];
  const inside = frame.contentDocument, view = frame.contentWindow, faults = [];
  if (document.documentElement.scrollHeight > innerHeight + 1) faults.push("the lecture scrolls");
  const main = inside.querySelector(".stMain");
  if (main.scrollHeight > main.clientHeight + 2) faults.push("the picture scrolls");
  if (inside.querySelector(".stException")) faults.push("an exception");
  const look = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.shadowRoot) look(each.shadowRoot);
      if (![...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
      const box = each.getBoundingClientRect(), said = each.textContent.trim().slice(0, 24);
      if (box.width < 2 || each.closest(".summary") || !each.checkVisibility({ visibilityProperty: true })) continue;
      const out = box.bottom > view.innerHeight + 2 || box.right > view.innerWidth + 2;
      if (out) faults.push(`out of the picture: ${said}`);
      const size = 100 * parseFloat(view.getComputedStyle(each).fontSize) / innerHeight;
      if (size < least) faults.push(`${size.toFixed(2)} % of the height: ${said}`);
    }
  };
  look(inside);
  for (const each of document.querySelectorAll("h1, .legend, footer"))
    if (each.scrollWidth > each.clientWidth + 1) faults.push(`cut: ${each.textContent.slice(0, 24)}`);
  return [...new Set(faults)];
}"""
STILL = """() => {
  const frame = [...document.querySelectorAll("iframe")].find((each) => !each.inert);
  const works = (root) => [...root.querySelectorAll("*")].some((each) =>
    (each.matches(".veil, .stProgress") && each.checkVisibility()) || (each.shadowRoot && works(each.shadowRoot)));
  return !frame || !works(frame.contentDocument);
}"""
TO_THE_END = """() => {
  const stop = [...document.querySelectorAll("iframe")].find((each) => !each.inert)?.contentWindow.labStop;
  if (stop?.runs) stop.clock.seek(stop.clock.last);
}"""


def open_stop(page: Page, url: str, deck: str, number: int, lang: str = "en", theme: str = "light") -> None:
    """Show a stop, from 1 on, with its picture there and without its question; what is being trained has ended."""
    page.goto(f"{url}/lecture?deck={deck}&stop={number}&lang={lang}&theme={theme}&questions=0")
    page.wait_for_selector(f"main[data-painted='{number}']", timeout=90_000)
    page.wait_for_function(STILL, timeout=120_000)


def faults(page: Page) -> list[str]:
    """What does not fit of the stop that is shown."""
    return list(page.evaluate(FAULTS, LEAST))


def distinct(decks: list[str]) -> Iterator[tuple[str, int, Stop]]:
    """Stops of decks, each picture once."""
    seen = set()
    for deck in decks:
        for number, stop in enumerate(DECKS[deck].stops, 1):
            shown = (stop.lesson, stop.stage, stop.shows)
            if shown not in seen:
                seen.add(shown)
                yield deck, number, stop


def picture(page: Page, stop: Stop) -> None:
    """What the contents show of a stop: its frame, at the end of its run."""
    PICTURES.mkdir(exist_ok=True)
    shot = page.locator("main").screenshot()
    scaled = page.evaluate(
        """async ([bytes, wide]) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
          const canvas = new OffscreenCanvas(wide, Math.round(wide * 9 / 16));
          const context = canvas.getContext("2d");
          context.imageSmoothingQuality = "high";
          context.fillStyle = "white";
          context.fillRect(0, 0, canvas.width, canvas.height);
          const scale = Math.min(canvas.width / image.width, canvas.height / image.height);
          const [w, h] = [image.width * scale, image.height * scale];
          context.drawImage(image, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h);
          const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.7 });
          return [...new Uint8Array(await blob.arrayBuffer())];
        }""",
        [list(shot), WIDE],
    )
    (PICTURES / f"{stop.lesson}-{stop.stage}.webp").write_bytes(bytes(scaled))


def main(*asked: str) -> int:
    """How many stops do not fit."""
    told = dict(each.split("=", 1) for each in asked if "=" in each)
    width, height = map(int, told.get("size", "1280x720").split("x"))
    decks = [told["deck"]] if "deck" in told else list(DECKS)
    bad = 0
    running = nullcontext((told["url"], None)) if "url" in told else serving()
    with running as (url, _), sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.on("pageerror", lambda error: print("  error:", error))
        for deck, number, stop in distinct(decks):
            if told.get("stop", str(number)) != str(number):
                continue
            wrong = ["no picture came"]
            try:
                open_stop(page, url, deck, number, told.get("lang", "en"), told.get("theme", "light"))
                page.wait_for_timeout(800)  # a training begins by itself
                page.wait_for_function(STILL, timeout=120_000)
                page.evaluate(TO_THE_END)
                page.wait_for_timeout(400)
                wrong = faults(page)
                if "pictures" in asked:
                    picture(page, stop)
            except Exception as error:
                print("  ", str(error).splitlines()[0])
            bad += bool(wrong)
            print(deck, number, stop.lesson, stop.stage, "; ".join(wrong) or "fits", flush=True)
            if folder := told.get("shots"):
                page.screenshot(path=f"{folder}/{deck}-{number}.png")
        browser.close()
    return bad


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) > 0)
