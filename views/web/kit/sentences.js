// Sentences of a page and a small table under them: what Python says, or the answer to an edit.

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
  show(place.root, header);
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
  show(place.root, said);
}

/** @param {HTMLElement} root @param {Payload.SaidPicture} said */
function show(root, { language, sentences, head, rows, note, signs }) {
  root.replaceChildren(
    ...sentences.map((text) => filledWith(made("p", ""), boldIn(text))),
    ...(rows.length ? [filledWith(made("div", "wide"), [tableOf(head, rows, signs)])] : []),
    ...(note ? [filledWith(made("p", "note"), boldIn(note))] : []),
  );
  explain(root, language);
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
