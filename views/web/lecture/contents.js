// The decks, and what is in one of them.

import { done } from "./course.js";
import { address, filled, made, minutes } from "./parts.js";

/** All decks. */
export function list({ root, asked, words }, decks, sentence) {
  root.className = "contents";
  const entries = decks.map(({ key, name, about, stops, minutes: long }) =>
    made(
      "li",
      {},
      made("a", { href: address(asked, { deck: key, stop: null }) }, name),
      made("p", {}, about),
      made("small", {}, filled(words.stops, { stops, minutes: minutes(long) })),
    ),
  );
  root.replaceChildren(
    made("nav", {}, made("a", { href: "./" }, words.lab)),
    made(
      "main",
      {},
      made("h1", {}, words.title),
      made("p", { role: "status" }, sentence),
      made("ul", { class: "decks" }, ...entries),
    ),
  );
}

/** The stops of a deck: a picture each, minutes, rows. */
export function contents({ root, asked, words, lang, lab }, deck, problem = "") {
  root.className = "contents";
  const rowsOf = ({ rows }, told) => rows.map(told);
  const under = (stop) =>
    [veiled(stop) ? "" : stop.title, filled(words.minutes, stop), rowsOf(stop, ({ id }) => id).join(" ")]
      .filter(Boolean)
      .join(" · ");
  const known = done(deck);
  const learned = ({ lesson, stage }) => known.has(`${lesson}-${stage}`);
  const veiled = (stop) => asked.get("course") && stop.asks && !learned(stop); // who studies is asked first
  const picture = ({ lesson, stage }) =>
    made("img", { src: lab(`web/lecture/pictures/${lesson}-${stage}.webp`), alt: "", loading: "lazy" });
  const entries = deck.told.map((stop, i) =>
    made(
      "li",
      {},
      made(
        "a",
        { href: address(asked, { stop: String(i + 1) }) },
        veiled(stop) ? made("span", { class: "veiled", "aria-hidden": "true" }, "?") : picture(stop),
        made("b", {}, `${learned(stop) ? "✓ " : ""}${i + 1}. ${veiled(stop) ? words.question : stop.says}`),
      ),
      made("small", { title: rowsOf(stop, ({ id, name }) => `${id} ${name}`).join("\n") }, under(stop)),
    ),
  );
  root.replaceChildren(
    made("nav", {}, made("a", { href: "./" }, words.lab), made("a", { href: `./lecture?lang=${lang}` }, words.title)),
    made(
      "main",
      {},
      made("h1", {}, deck.name),
      made("p", {}, deck.about, " ", filled(words.stops, { stops: deck.stops, minutes: minutes(deck.minutes) })),
      ...(problem ? [made("p", { role: "alert" }, filled(problem, deck))] : []),
      made(
        "p",
        { class: "doors" },
        made("a", { class: "door", href: address(asked, { stop: "1", course: null }) }, words.present),
        made("a", { class: "door", href: address(asked, { stop: "1", course: "1" }) }, words.study),
        made("a", { href: address(asked, { notes: "1", stop: "1" }), target: "lab-notes" }, words.speaker),
      ),
      made("ol", { class: "stops" }, ...entries),
    ),
  );
}
