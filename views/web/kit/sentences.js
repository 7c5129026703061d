// Sentences of a page and a small table under them: what Python says, or the answer to an edit.

import { edit } from "./edits.js";
import { explain } from "./glossary.js";
import { made } from "./parts.js";
import { unpack } from "./wire.js";

const known = new WeakMap();
const places = new Map(); // by key

export async function mount(component) {
  const element = component.parentElement;
  const place = known.get(element) ?? { root: element.querySelector(".sentences") };
  known.set(element, place);
  const ticket = (place.ticket = (place.ticket ?? 0) + 1);
  const { header } = await unpack(component.data);
  if (place.closed || ticket !== place.ticket) return; // newer data overtook this one
  place.key = header.key;
  places.set(header.key, place);
  place.component = component;
  show(place, header);
}

export function unmount(element) {
  const place = known.get(element);
  if (!place) return;
  place.closed = true;
  if (places.get(place.key) === place) places.delete(place.key);
  known.delete(element);
}

/** Say something else, where it stands.
 * @param {Payload.SaidPicture} said */
export function retell(said) {
  const place = places.get(said.key);
  if (!place) return;
  place.ticket += 1;
  show(place, said);
}

/** @param {any} place @param {Payload.SaidPicture} said */
function show(place, { language, sentences, head, rows, note, signs, choice }) {
  const { root } = place;
  root.replaceChildren(
    ...(choice ? [menuOf(place, choice)] : []),
    ...sentences.map((text) => filledWith(made("p", ""), boldIn(text))),
    ...(rows.length ? [reachable(filledWith(made("div", "wide"), [tableOf(head, rows, signs)]))] : []),
    ...(note ? [filledWith(made("p", "note"), boldIn(note))] : []),
  );
  explain(root, language);
}

/** @param {any} place @param {Payload.ChoicePicture} choice */
function menuOf(place, { path, value, label, options }) {
  const row = made("label", "", label);
  const menu = document.createElement("select");
  menu.append(...options.map(([name, text]) => new Option(text, name)));
  menu.value = value;
  menu.onchange = () => edit(place.component, path, menu.value);
  row.append(menu);
  return row;
}

// What is wider than its room is moved by keys, too: only then the tab key stops there.
function reachable(element) {
  const watch = () => {
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  };
  new ResizeObserver(watch).observe(element);
  return element;
}

const filledWith = (element, children) => {
  element.append(...children);
  return element;
};

// What stands in ** is bold.
const boldIn = (text) => text.split("**").map((part, at) => (at % 2 ? made("b", "", part) : part));

function tableOf(head, rows, signs) {
  const line = (cells, tag) =>
    filledWith(
      document.createElement("tr"),
      cells.map((text) => filledWith(made(tag, ""), boldIn(text))),
    );
  const table = document.createElement("table");
  const [top, body] = [table.createTHead(), table.createTBody()];
  top.append(line(head, "th"));
  body.append(...rows.map((row) => line(row, "td")));
  for (const [at, [colour, letter]] of signs.entries()) {
    const sign = made("span", "sign", letter);
    sign.style.color = colour;
    body.rows[at].cells[0].prepend(sign);
  }
  return table;
}
