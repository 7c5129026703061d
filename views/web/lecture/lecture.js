// The page of a lecture: decks, the contents of one, a stop that fills the screen, and the speaker's window.

import { contents, list } from "./contents.js";
import { study } from "./course.js";
import { present } from "./present.js";
import { speak } from "./speaker.js";

const root = document.getElementById("lecture");
const asked = new URLSearchParams(location.search);

/** What all of the page's parts are told: {root, lang, asked, words, get}. */
const told = {
  root,
  asked,
  lang: root.dataset.lang,
  words: {},
  base: "./",
  lab: (path) => new URL(`${root.dataset.root}/${path}`, document.baseURI).href,
  async get(path) {
    const answer = await fetch(this.lab(path));
    if (!answer.ok) throw Object.assign(new Error(await answer.text()), { status: answer.status });
    return answer.json();
  },
};

async function open() {
  const { decks, words, room } = await told.get(`decks?lang=${told.lang}`);
  told.words = { ...words, room };
  const name = asked.get("deck");
  if (!name) return list(told, decks, words.choose);
  if (!decks.some(({ key }) => key === name)) return list(told, decks, words.no_deck);
  const shows = asked.has("stop") && !asked.get("notes");
  const asks = asked.get("questions") !== "0"; // then nothing of an answer may be here before its question
  const deck = await told.get(`deck?name=${name}&lang=${told.lang}${shows && asks ? "&veiled=1" : ""}`);
  if (!asks) for (const each of deck.told) each.asks = "";
  if (asked.get("notes")) return speak(told, deck);
  if (!shows) return contents(told, deck);
  const stop = Number(asked.get("stop"));
  if (!Number.isInteger(stop) || stop < 1 || stop > deck.told.length)
    return contents(told, await told.get(`deck?name=${name}&lang=${told.lang}`), words.no_stop);
  return asked.get("course") ? study(told, deck, stop - 1) : present(told, deck, stop - 1);
}

open();
