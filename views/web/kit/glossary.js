// What words and symbols mean: they are marked where they stand, and say so when they are tapped, clicked, or chosen by
// key.

import { visit } from "./go.js";
import { themeOf } from "./look.js";
import { made } from "./parts.js";

const WHERE = "th, dt, figcaption .name, figcaption small, .symbol, .card h2, .card .tau, .sentences p";
const LINK = "#term-"; // of a term in a text of Streamlit's, see glossary.py
const MARGIN = 8; // pixels to the edge of the window

const asked = {}; // by language, a promise of its terms
const known = {}; // by language, its terms: {terms, keys: of their faces, faces: a pattern}

function ask(language) {
  asked[language] ??= fetch(new URL(`../../glossary?lang=${language}`, import.meta.url))
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
    .then((terms) => (known[language] = indexed(terms)))
    .catch(() => delete asked[language]); // nothing is marked; the next picture asks again
  return asked[language];
}

/** Terms by their faces: the longest that fits is meant, and none is part of a longer word or symbol. */
export function indexed(terms) {
  const keys = new Map(Object.entries(terms).flatMap(([key, { faces }]) => faces.map((face) => [face, key])));
  const longest = [...keys.keys()].sort((a, b) => b.length - a.length);
  return { terms, keys, faces: new RegExp(longest.map(bordered).join("|"), "gu") };
}

const LETTER = "[\\p{Script=Latin}\\p{Script=Greek}\\p{N}₀-₉ᵢₜₙ]";

function bordered(face) {
  const plain = face
    .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    .replace(/^[a-z]/, (first) => `[${first}${first.toUpperCase()}]`);
  const [first, last] = [face[0], face.at(-1)].map((letter) => new RegExp(LETTER, "u").test(letter));
  return `${first ? `(?<!${LETTER})` : ""}${plain}${last ? `(?!${LETTER})` : ""}`;
}

/** A text in pieces, [piece, key of its term or null]. */
export function pieces(text, { keys, faces }) {
  const found = [];
  let end = 0;
  for (const { 0: face, index } of text.matchAll(faces)) {
    if (index > end) found.push([text.slice(end, index), null]);
    found.push([face, keys.get(face) ?? keys.get(face[0].toLowerCase() + face.slice(1))]);
    end = index + face.length;
  }
  return end < text.length ? [...found, [text.slice(end), null]] : found;
}

/** Mark the terms in the headings, captions and labels under an element; by Tab one comes to each of them once. */
export async function explain(root, language) {
  if (!known[language]) {
    await ask(language);
    if (!known[language] || !root.isConnected) return;
  }
  const passed = new Set();
  for (const place of root.querySelectorAll(WHERE)) {
    if (place.closest("button")) continue;
    for (const node of [...place.childNodes]) if (node.nodeType === Node.TEXT_NODE) mark(node, language);
    for (const each of place.querySelectorAll(".term")) {
      each.tabIndex = passed.has(each.dataset.term) ? -1 : 0;
      passed.add(each.dataset.term);
    }
  }
  for (const caption of root.querySelectorAll("figcaption")) markChoice(caption, language);
}

function mark(node, language) {
  const parts = pieces(node.data, known[language]);
  if (parts.some(([, key]) => key))
    node.replaceWith(...parts.map(([text, key]) => (key ? term(text, key, language) : text)));
}

// A curve that is one of several is called by its button, which has another use: what it means stands beside it.
function markChoice(caption, language) {
  caption.querySelector(".asks")?.remove();
  const chosen = caption.querySelector(".choices [aria-pressed=true]");
  const [, key] = (chosen && pieces(chosen.textContent, known[language]).find(([, each]) => each)) ?? [];
  if (!key) return;
  const asks = term("?", key, language);
  asks.classList.add("asks");
  asks.setAttribute("aria-label", `${known[language].terms[key].faces[0]} ?`);
  caption.querySelector(".choices").append(asks);
}

// No button: inside a label it would be what the label is for.
function term(text, key, language) {
  const element = made("span", "term", text);
  Object.assign(element, { role: "button", tabIndex: 0 });
  element.dataset.term = key;
  element.setAttribute("aria-haspopup", "dialog");
  const open = (event) => {
    event.preventDefault();
    event.stopPropagation(); // a heading sorts, a label chooses
    tell(element, key, language);
  };
  element.onclick = open;
  element.onkeydown = (event) => (event.key === "Enter" || event.key === " ") && open(event);
  return element;
}

/** Texts of Streamlit's have links instead of marks: what it has drawn must not be changed under it. */
export function explainLinks() {
  document.addEventListener("click", onLink, { capture: true });
}

async function onLink(event) {
  const link = event.target instanceof Element && event.target.closest(`a[href^="${LINK}"]`);
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  const language = document.documentElement.lang.slice(0, 2);
  await ask(language);
  tell(link, link.getAttribute("href").slice(LINK.length), language);
}

// ---- what is said --------------------------------------------------------------------------------------------------

let box = null;
let from = null; // what it is about

function tell(element, key, language) {
  const said = known[language]?.terms[key];
  if (!said) return;
  box ??= built();
  from = element;
  const theme = themeOf(element.isConnected ? element : document.body);
  const [title, address] = said.see;
  const link = made("a", "", `${title} →`);
  link.href = address;
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab or window: that is the browser's
    event.preventDefault();
    box.hidePopover();
    visit(new URL(address, document.baseURI));
  };
  const symbols = said.faces.slice(1).filter((face) => !/[a-z]{4}|[\u4e00-\u9fff]/i.test(face));
  box.replaceChildren(
    made("b", "", said.faces[0]),
    ...(symbols.length ? [made("span", "", `  ${[...new Set(symbols)].join(", ")}`)] : []),
    made("p", "", said.means),
    link,
  );
  box.setAttribute("aria-label", said.faces[0]);
  box.lang = language === "zh" ? "zh-CN" : language;
  Object.assign(box.style, { background: theme.paper, color: theme.ink, borderColor: theme.soft });
  link.style.color = theme.accent;
  for (const part of box.querySelectorAll("p")) part.style.margin = ".35rem 0";
  if (!box.matches(":popover-open")) box.showPopover();
  place(element.getBoundingClientRect());
  box.focus({ preventScroll: true });
}

function built() {
  const element = made("div", "lab-term");
  Object.assign(element, { popover: "auto", role: "dialog", tabIndex: -1 });
  element.addEventListener("beforetoggle", (event) => {
    if (event.newState === "closed" && element.contains(document.activeElement)) from?.focus({ preventScroll: true });
  });
  document.body.append(element);
  return element;
}

// Under what it is about, or above where there is more room, and inside the window.
function place({ left, top, bottom }) {
  const { offsetWidth: wide, offsetHeight: high } = box;
  const under = bottom + high + 2 * MARGIN < innerHeight || top < innerHeight - bottom;
  box.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - wide - MARGIN))}px`;
  box.style.top = `${Math.max(MARGIN, under ? bottom + 4 : top - high - 4)}px`;
}
