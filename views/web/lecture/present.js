// A stop on the screen: its sentence, its picture, and the keys that a clicker sends.

import { DARK, LIGHT } from "../kit/look.js";
import { swatch } from "../kit/table.js";
import { makeFrames } from "./frames.js";
import { address, filled, made } from "./parts.js";

const PACES = 80; // pixels that a finger has to go for a swipe

/** Present a deck from a stop. */
export function present(told, deck, first) {
  const { root, words, asked } = told;
  root.className = "presented";
  const says = made("h1", { "aria-live": "polite" });
  const title = made("span", { class: "title" });
  const place = made("span", { class: "place" });
  const stage = made("main", {});
  const wait = made("p", { class: "wait", role: "status" }, words.loading);
  const help = made("dialog", { class: "keys" });
  const dark = made("div", { class: "blank", hidden: "" });
  const legend = made("div", { class: "legend" });
  root.replaceChildren(made("header", {}, says), stage, legend, made("footer", {}, title, place), help, dark);
  stage.append(wait);

  const channel = new BroadcastChannel("descent-lab-lecture");
  const now = { stop: first, began: Date.now(), blank: false };
  const theme = asked.get("theme") === "dark" ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
  const stops = deck.told;

  const frames = makeFrames(stage, {
    addressOf: (stop) => `${told.base}${stops[stop].address}&lang=${told.lang}&embed=true&embed_options=${theme}_theme`,
    nameOf: (stop) =>
      [
        "lab-stop",
        ...stops[stop].offers,
        ...(stops[stop].shows.length ? [`shows=${stops[stop].shows.join("+")}`] : []),
      ].join(" "),
    ready(stop) {
      if (stop !== now.stop) return;
      wait.hidden = true;
      painted();
      tell();
    },
    heard(inside) {
      inside.addEventListener("keydown", pressed, true);
      swiped(inside);
    },
  });

  function go(stop) {
    if (stop < 0 || stop >= stops.length) return;
    now.stop = stop;
    const { says: sentence, title: called, rows } = stops[stop];
    says.textContent = sentence;
    title.textContent = `${called} · ${rows.map(({ id }) => id).join(" ")}`;
    place.textContent = filled(words.place, { stop: stop + 1, stops: stops.length });
    document.title = `${stop + 1} · ${sentence}`;
    history.replaceState(null, "", address(location.search, { stop: String(stop + 1), lang: told.lang }));
    const there = frames.show(stop);
    wait.hidden = there;
    legend.replaceChildren();
    if (there) painted();
    focus();
    tell();
  }

  // The stop that is shown has its picture: who races, and the next one is asked for.
  function painted() {
    const colours = theme === "dark" ? DARK : LIGHT;
    const lanes = frames.lanes(now.stop).filter(({ label }) => label);
    legend.replaceChildren(...lanes.map((lane) => made("span", {}, swatch(lane.number, colours), lane.label)));
    stage.dataset.painted = String(now.stop + 1);
    if (stops[now.stop + 1]) frames.ahead(now.stop + 1);
  }

  // Where the clock of a stop pauses, ascending.
  const targets = (clock) => [...stops[now.stop].pauses.filter((step) => step < clock.last), clock.last];

  function forth() {
    const clock = frames.clock(now.stop);
    const target = clock && targets(clock).find((step) => step > clock.step + 0.5);
    if (target === undefined || target === null) return go(now.stop + 1);
    clock.playing ? clock.seek(target) : clock.play(target);
  }

  function back() {
    const clock = frames.clock(now.stop);
    if (!clock || clock.step < 0.5 || clock.playing) return clock?.playing ? clock.seek(0) : go(now.stop - 1);
    clock.seek([0, ...targets(clock)].findLast((step) => step < clock.step - 0.5) ?? 0);
  }

  function blank() {
    now.blank = !now.blank;
    dark.hidden = !now.blank;
    tell();
  }

  const turn = (changes) => location.replace(address(location.search, changes));
  const KEYS = {
    PageDown: forth,
    ArrowRight: forth,
    PageUp: back,
    ArrowLeft: back,
    Home: () => go(0),
    End: () => go(stops.length - 1),
    " ": () => frames.clock(now.stop)?.toggle(),
    b: blank,
    ".": blank,
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    n: () => open(address(location.search, { notes: "1" }), "lab-notes", "popup,width=900,height=700"),
    l: () => turn({ lang: told.lang === "en" ? "zh" : "en" }),
    d: () => turn({ theme: theme === "dark" ? "light" : "dark" }),
    Escape: () => (help.open ? help.close() : leave()),
    "?": () => (help.open ? help.close() : help.showModal()),
  };

  function leave() {
    const here = new URL(frames.address(now.stop) || `${told.base}${stops[now.stop].address}`, document.baseURI);
    for (const name of ["embed", "embed_options"]) here.searchParams.delete(name);
    location.href = here.href.replaceAll("%7E", "~");
  }

  function pressed(event) {
    const field = event.composedPath()[0];
    const writing = field instanceof Object && field.matches?.("input[type=text], textarea, select");
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || (writing && event.key !== "PageDown")) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  function swiped(over) {
    let from = null;
    over.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 ? touches[0] : null), {
      passive: true,
    });
    over.addEventListener("touchend", ({ changedTouches: [to] }) => {
      if (!from) return;
      const [across, down] = [to.clientX - from.clientX, to.clientY - from.clientY];
      if (Math.abs(across) > PACES && Math.abs(across) > 2 * Math.abs(down)) across < 0 ? forth() : back();
      from = null;
    });
  }

  function tell() {
    const clock = frames.clock(now.stop);
    channel.postMessage({
      deck: deck.key,
      ...now,
      step: clock ? Math.round(clock.step) : null,
      last: clock?.last ?? null,
    });
  }
  channel.onmessage = ({ data }) => {
    if (data.deck !== deck.key) return;
    if (data.press) KEYS[data.press]?.();
    else if (data.asks) tell();
  };
  setInterval(tell, 500);

  help.append(
    made("h2", {}, words.keys),
    made(
      "ul",
      {},
      ...Object.keys(words)
        .filter((name) => name.startsWith("key_"))
        .map((name) => made("li", {}, words[name])),
    ),
  );
  root.tabIndex = -1;
  addEventListener("keydown", pressed);
  swiped(root);
  go(first);
}
