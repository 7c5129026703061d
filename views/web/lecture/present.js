// A stop on the screen: its sentence, its picture, and the keys that a clicker sends.

import { DARK, LIGHT } from "../kit/look.js";
import { swatch } from "../kit/table.js";
import { makeClassroom } from "./classroom.js";
import { makeFrames } from "./frames.js";
import { address, filled, made, titled } from "./parts.js";
import { makeQuestions } from "./question.js";

const HELP = "next back ends play blank full notes language room close vote dark leave help".split(" ");
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
  const legend = made("aside", { class: "legend" });
  root.replaceChildren(made("header", {}, says), stage, legend, made("footer", {}, title, place), help, dark);
  const asks = made("div", { class: "asks", hidden: "" });
  stage.append(wait, asks);

  const channel = new BroadcastChannel("descent-lab-lecture");
  const now = { stop: first, began: Date.now(), blank: false, plays: false, counted: false };
  const theme = asked.get("theme") === "dark" ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
  const stops = deck.told;
  const questions = makeQuestions(told, deck, asks);
  const seats = made("span", { class: "seats", role: "status" });
  const entry = made("dialog", { class: "entry" });
  const votes = made("section", { class: "votes", hidden: "" });
  place.before(seats);
  stage.append(votes);
  root.append(entry);
  const classroom = makeClassroom(told, deck, () => {
    seats.textContent = classroom.said();
    votes.hidden = !(now.counted && classroom.votes(votes));
  });

  const frames = makeFrames(stage, {
    addressOf: (stop) => `${told.base}${stops[stop].address}&lang=${told.lang}&embed=true&embed_options=${theme}_theme`,
    titleOf: (stop) => titled(words, stops, stop),
    nameOf: (stop) =>
      ["lab-stop", ...(stops[stop].shows.length ? [`shows=${stops[stop].shows.join("+")}`] : [])].join(" "),
    ready(stop) {
      if (stop !== now.stop || questions.open(stop)) return;
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
    name(stop);
    place.textContent = filled(words.place, { stop: stop + 1, stops: stops.length });
    history.replaceState(null, "", address(location.search, { stop: String(stop + 1), lang: told.lang }));
    legend.replaceChildren();
    now.counted = false;
    votes.hidden = true;
    if (questions.open(stop)) inquire(stop);
    else {
      unveil(stop);
      classroom.at(stop);
    }
    focus();
    tell();
  }

  // What a stop says; nothing while it asks.
  function name(stop) {
    const { says: sentence, title: called, rows } = stops[stop];
    says.textContent = sentence;
    says.hidden = !sentence || questions.hides(stop);
    title.textContent = [called, rows.map(({ id }) => id).join(" ")].filter(Boolean).join(" · ");
    document.title = [stop + 1, sentence || deck.name].join(" · ");
  }

  // Its question first: of a picture that would give the answer away nothing is asked for.
  function inquire(stop) {
    frames.hide();
    wait.hidden = true;
    questions
      .show(stop, () => (name(stop), prepare(stop), classroom.reveal(stop, questions.why), tell()))
      .then(() => {
        if (stop !== now.stop) return;
        stage.dataset.painted = String(stop + 1);
        prepare(stop);
        classroom.at(stop, questions.asked);
      });
  }

  function unveil(stop, plays = false) {
    questions.close(stop);
    const there = frames.show(stop);
    wait.hidden = there;
    now.plays = plays;
    if (there) painted();
  }

  // What comes next: the picture of this stop, once its answer is known, and the next stop.
  function prepare(stop) {
    if (questions.open(stop) && !questions.hides(stop)) frames.ahead(stop);
    const next = stop + 1;
    if (!stops[next]) return;
    if (questions.hides(next)) questions.ahead(next);
    else frames.ahead(next);
  }

  // The stop that is shown has its picture: who races, and the next one is asked for.
  function painted() {
    const colours = theme === "dark" ? DARK : LIGHT;
    const named = frames.lanes(now.stop).filter(({ label }) => label);
    const lanes = [...new Map(named.map((lane) => [lane.label, lane]).reverse()).values()].reverse(); // each name once
    legend.replaceChildren(...lanes.map((lane) => made("span", {}, swatch(lane.number, colours), lane.label)));
    stage.dataset.painted = String(now.stop + 1);
    prepare(now.stop);
    if (!now.plays) return;
    now.plays = false;
    const clock = frames.clock(now.stop);
    if (clock) clock.play(targets(clock)[0]);
  }

  // Where the clock of a stop pauses, ascending.
  const targets = (clock) => [...stops[now.stop].pauses.filter((step) => step < clock.last), clock.last];

  async function forth() {
    if (questions.open(now.stop)) {
      if (!questions.hides(now.stop)) {
        votes.hidden = true;
        return unveil(now.stop, true);
      }
      if (classroom.there() && !now.counted) {
        now.counted = true; // what the class thinks, before it is told
        return classroom.show();
      }
      votes.hidden = true;
      now.counted = false;
      const { stop } = now;
      if (!(await questions.reveal(stop)) || stop !== now.stop) return;
      name(stop);
      classroom.reveal(stop, questions.why);
      prepare(stop);
      return tell();
    }
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

  // Open a room, or show again how to get in.
  async function invite() {
    if (entry.open) return entry.close();
    try {
      await classroom.open();
    } catch {
      seats.textContent = words.lost;
      return;
    }
    classroom.card(entry);
    entry.showModal();
    classroom.at(now.stop, questions.open(now.stop) ? questions.asked : null);
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
    r: invite,
    x: () => entry.open && (entry.close(), classroom.end()),
    v: () => {
      if (!now.counted) return;
      now.counted = false;
      votes.hidden = true;
      classroom.again();
    },
    b: blank,
    ".": blank,
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    n: () => open(address(location.search, { notes: "1" }), "lab-notes", "popup,width=900,height=700"),
    l: () => turn({ lang: told.lang === "en" ? "zh" : "en" }),
    d: () => turn({ theme: theme === "dark" ? "light" : "dark" }),
    Escape: () => (help.open ? help.close() : entry.open ? entry.close() : leave()),
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
    if (event.key === " " && field instanceof HTMLElement && field.matches("button, a, input")) return; // it is pressed
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

  help.append(made("h2", {}, words.keys), made("ul", {}, ...HELP.map((name) => made("li", {}, words[`key_${name}`]))));
  root.tabIndex = -1;
  addEventListener("keydown", pressed);
  swiped(root);
  go(first);
}
