// The course: the stops of a deck for one who studies alone, with more words, a question before each picture, exercises
// with free controls, and what has been done kept in this browser.

import { makeFrames } from "./frames.js";
import { address, filled, made, titled } from "./parts.js";
import { makeQuestions } from "./question.js";

/** Stops of a deck that have been done in this browser. */
export function done(deck) {
  try {
    return new Set(JSON.parse(localStorage.getItem(`lab-course-${deck.key}`) ?? "[]"));
  } catch {
    return new Set(); // nobody is obliged to have a storage
  }
}

function keep(deck, stop) {
  const all = done(deck).add(`${stop.lesson}-${stop.stage}`);
  try {
    localStorage.setItem(`lab-course-${deck.key}`, JSON.stringify([...all]));
  } catch {}
}

/** Study a deck from a stop on. */
export function study(told, deck, first) {
  const { root, words, lang } = told;
  root.className = "course";
  const stops = deck.told;
  const place = made("span", {});
  const says = made("h1", { tabindex: "-1" });
  const more = made("p", { class: "more" });
  const asks = made("div", { class: "asks", hidden: "" });
  const exercise = made("section", { class: "exercise", hidden: "" });
  const wait = made("p", { class: "wait", role: "status" }, words.loading);
  const stage = made("section", { class: "stage" }, wait);
  const turn = (by) => () => go(now.stop + by);
  const back = made("button", { onclick: turn(-1) }, words.back);
  const next = made("button", { onclick: turn(1), class: "door" }, words.next);
  const contents = made("a", { href: address(told.asked, { stop: null }) }, words.contents);
  root.replaceChildren(
    made("nav", {}, contents, made("span", {}, deck.name), place),
    made("main", {}, made("article", {}, says, more, asks, exercise, made("p", { class: "turns" }, back, next)), stage),
  );
  const now = { stop: first };
  const questions = makeQuestions(told, deck, asks);
  const frames = makeFrames(stage, {
    addressOf: (stop) => `${told.base}${stops[stop].address}&lang=${lang}&embed=true`,
    titleOf: (stop) => titled(words, stops, stop),
    nameOf: () => "lab-course", // with the panel: who studies alone may try everything
    ready(stop) {
      if (stop === now.stop) wait.hidden = true;
    },
    heard: () => {},
  });

  function go(stop) {
    if (stop < 0 || stop >= stops.length) return;
    now.stop = stop;
    const here = stops[stop];
    place.textContent = filled(words.place, { stop: stop + 1, stops: stops.length });
    name(here);
    [back.disabled, next.disabled] = [stop === 0, stop === stops.length - 1];
    history.replaceState(null, "", address(location.search, { stop: String(stop + 1) }));
    exercise.hidden = !here.exercise;
    if (here.exercise) set(here);
    asks.hidden = true;
    frames.hide();
    if (questions.open(stop)) questions.show(stop, () => now.stop === stop && show(stop));
    if (questions.hides(stop)) wait.hidden = true;
    else show(stop);
    more.hidden = questions.hides(stop); // it says what comes out
    root.classList.toggle("asking", questions.hides(stop));
    says.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function name({ says: sentence, more: told_ }) {
    says.textContent = sentence || words.question;
    more.textContent = told_;
    document.title = [now.stop + 1, sentence || deck.name].join(" · ");
  }

  function show(stop) {
    name(stops[stop]);
    more.hidden = false;
    root.classList.remove("asking");
    wait.hidden = frames.show(stop);
    keep(deck, stops[stop]);
  }

  // What is to be found, and whether what stands on the page is that.
  function set({ exercise: goal }) {
    const said = made("p", { role: "status" });
    const sought = made("p", {}, "…");
    const check = async () => {
      const link = new URL(frames.address(now.stop), document.baseURI).search.slice(1);
      const { met, says: told_ } = await told
        .get(`check?goal=${encodeURIComponent(goal)}&lang=${lang}&${link}`)
        .catch((error) => ({ met: false, says: error.status ? error.message : words.lost }));
      said.textContent = `${met ? "✓" : "✗"} ${told_}`;
      said.className = met ? "met" : "";
    };
    told
      .get(`goal?goal=${encodeURIComponent(goal)}&lang=${lang}`)
      .then(({ says: sentence }) => (sought.textContent = sentence))
      .catch(() => (sought.textContent = words.lost));
    exercise.replaceChildren(
      made("h2", {}, words.exercise),
      sought,
      made("button", { onclick: check }, words.check),
      said,
    );
  }

  go(first);
}
