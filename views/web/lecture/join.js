// The page of who follows on a phone: a code, then what is asked, and what has become of the answer.

import { made } from "../kit/parts.js";
import { answering } from "./answering.js";
import { worded } from "./asked.js";
import { distribution } from "./distribution.js";
import { follower } from "./follower.js";
import { tidied } from "./voice.js";

const root = document.getElementById("join");
const { words, language } = JSON.parse(document.getElementById("said").textContent);
const fill = (key, values) =>
  Object.entries(values ?? {}).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), words[key]);

/** Ask for a code, with what there is to say. */
function enter(told = "") {
  const input = Object.assign(made("input", ""), {
    type: "text",
    maxLength: 12,
    autocomplete: "off",
    spellcheck: false,
  });
  input.setAttribute("aria-label", words.code);
  input.setAttribute("autocapitalize", "characters");
  const form = made("form", "", input, Object.assign(made("button", "chosen", words.join), { type: "submit" }));
  form.onsubmit = (event) => {
    event.preventDefault();
    const code = tidied(input.value);
    if (code) go(code);
  };
  const status = made("p", "told", told);
  status.setAttribute("role", "status");
  root.replaceChildren(made("main", "", made("h1", "", words.enter), form, status));
  input.focus();
}

function go(code) {
  const address = new URL(location.href);
  address.searchParams.set("room", code);
  history.replaceState(null, "", address);
  follow(code);
}

function follow(code) {
  const status = made("p", "told", words.joining);
  status.setAttribute("role", "status");
  const body = made("div", "");
  const leave = made("button", "leave", words.leave);
  const bar = made("header", "", made("span", "", fill("room", { code })), leave);
  root.replaceChildren(bar, made("main", "", body, status));
  const page = { body, status, shown: "", drawn: "", set: "", answer: null, picture: null };
  const room = follower(code, { onState: (state) => show(page, room, state) });
  leave.onclick = () => {
    room.leave();
    enter(words.left);
  };
}

/** What a state shows; the ways to answer stay while the same is asked. */
function show(page, room, state) {
  if (state.gone) return enter(fill(state.refused.refused, state.refused) ?? state.refused.refused);
  const open = Boolean(state.open);
  const at = [state.deck, state.stop, state.question];
  if (isNew(page, "shown", [...at, state.round, state.phase, open, state.asked])) build(page, room, state);
  if (isNew(page, "drawn", state.votes) && page.picture)
    distribution(page.picture, state.asked, state.votes, { words, language });
  if (isNew(page, "set", [state.chosen, open])) page.answer?.show(state.chosen, open);
  page.status.textContent = statusOf(state, Boolean(page.answer));
}

// What somebody is at stays as it is while nothing of it changes.
function isNew(page, part, value) {
  const told = JSON.stringify(value ?? null);
  const other = told !== page[part];
  page[part] = told;
  return other;
}

function build(page, room, state) {
  Object.assign(page, { answer: null, picture: null, drawn: "", set: "" });
  if (!state.question) return follows(page, state);
  const { asked, votes, answer, round } = state;
  const parts = [made("h1", "", worded(asked.text, language))];
  if (round && state.open) parts.push(made("p", "", fill("round_two", { number: round + 1 })));
  if (state.open || !votes) {
    page.answer = answering(asked, { words, language, vote: (value) => room.vote(value) });
    parts.push(page.answer?.element ?? made("p", "told", words.no_kind));
    if (page.answer && state.open) parts.push(made("p", "how", words[`how_${asked.kind}`]));
  }
  const told = worded(answer?.text ?? answer, language);
  if (answer && told) parts.push(made("section", "answer", made("h2", "", words.answer), made("p", "large", told)));
  if (votes) {
    page.picture = made("div", "");
    parts.push(made("section", "", made("h2", "", words.shown), page.picture));
  }
  page.body.replaceChildren(...parts);
}

// Where nothing is asked: what is on the screen, and the way to look around there, which leaves the room as it is.
async function follows(page, { deck, stop }) {
  page.body.replaceChildren(made("h1", "", deck ? words.nothing : words.waiting));
  const heads = page.shown;
  const stops = deck ? await stopsOf(deck) : [];
  const here = stops[Number(stop) - 1];
  if (!here?.says || page.shown !== heads) return;
  const around = made("a", "around", words.around);
  around.href = `./lecture?${new URLSearchParams({ deck, stop, course: "1", lang: language })}`;
  around.target = "lab-around";
  page.body.replaceChildren(made("p", "", words.nothing), made("h1", "", here.says), around);
}

const decks = new Map();

function stopsOf(deck) {
  const url = new URL(
    `../../deck?${new URLSearchParams({ name: deck, lang: language, veiled: "1" })}`,
    import.meta.url,
  );
  const asked = () =>
    fetch(url)
      .then((answer) => answer.json())
      .then(({ told }) => told)
      .catch(() => []);
  return decks.get(deck) ?? decks.set(deck, asked()).get(deck);
}

function statusOf(state, answerable) {
  const voted = state.mine !== null;
  if (state.away) return state.sending ? words.away : words.away_idle;
  if (state.sending) return words.sending;
  if (state.refused) return fill(state.refused.refused, state.refused) ?? words.no_vote;
  if (!state.question || !answerable) return "";
  if (!state.open) return voted ? words.over_mine : words.over;
  return voted ? words.arrived : "";
}

const code = tidied(new URLSearchParams(location.search).get("room") ?? "");
code ? follow(code) : enter();
