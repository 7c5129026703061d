// How the pictures of a page are laid out and painted, each in its own frame.

import { explain } from "./glossary.js";
import { themeOf } from "./look.js";
import { layoutMap } from "./map.js";
import { fit, note, sizeOf } from "./parts.js";
import { followClock } from "./play.js";
import { buildTools } from "./tools.js";

const CANVAS = { ground: "ground", marks: "marks", moving: "paths" };

/** Draw everything that does not move, then what does; `whole`: also what only data and choices change. */
export function layout(made, whole = false) {
  if (!made.header) return;
  made.theme = made.paper ?? themeOf(made.root);
  const seen = Object.values(made.maps).filter(({ figure: holder }) => !holder.closest("[hidden]"));
  if (!seen.every(({ figure: holder }) => sizeOf(holder).width && sizeOf(holder).height)) return;
  for (const each of made.failed) wipe(made, each);
  made.failed.clear();
  const before = roomsOf(made);
  for (const [each, room] of before) paint(made, each, "ground", room);
  // Captions and sheet tell of what is drawn, and may leave it another room. All of it is written before anything is
  // measured again: to measure what was just changed is to lay out the whole page.
  if (whole) for (const [each] of before) guarded(made, each, () => caption(made, each));
  guarded(made, "sheet", () => made.declared.laid?.(made, whole));
  explain(made.root, made.header.language);
  const rooms = roomsOf(made);
  for (const [each, room] of rooms) {
    const { width, height } = before.get(each) ?? {};
    if (room && (room.width !== width || room.height !== height)) paint(made, each, "ground", room);
    paint(made, each, "marks", room);
  }
  move(made, rooms);
}

export function move(made, rooms = roomsOf(made)) {
  if (!made.header || !made.theme) return;
  for (const [each, room] of rooms) paint(made, each, "moving", room);
  guarded(made, "sheet", () => made.declared.moved?.(made));
  followClock(made.find(".play"), made.clock, made.words, made.declared.beside?.(made));
}

// A picture that throws says so in its own frame; its neighbours and the clock live on.
export function paint(made, each, layer, size) {
  const [picture, map] = [made.declared.pictures[each], made.maps[each]];
  const draw = map && layer === "ground" ? drawGround : picture[layer];
  if (!draw || made.failed.has(each) || (map && !map.scene)) return;
  if (!size?.width || size.height < 20) return;
  const canvas = made.find(`[data-picture="${each}"] .${CANVAS[layer]}`);
  guarded(
    made,
    each,
    () => draw(fit(canvas, size), size, made, each),
    () => sayFailed(made, each, size),
  );
}

const roomsOf = (made) => new Map(Object.keys(made.declared.pictures).map((each) => [each, roomOf(made, each)]));

export const roomOf = (made, each) =>
  made.declared.pictures[each].size
    ? made.declared.pictures[each].size(made)
    : sizeOf(made.find(`[data-picture="${each}"] .paths`).parentElement);

function guarded(made, each, draw, failed = () => {}) {
  try {
    draw();
  } catch (error) {
    const told = `${made.stamp} ${each}`;
    if (made.told !== told) console.error(`${made.name}: ${each}:`, error); // one line, not one a frame
    made.told = told;
    failed();
  }
}

function sayFailed(made, each, size) {
  made.failed.add(each);
  wipe(made, each);
  note(fit(made.find(`[data-picture="${each}"] .paths`), size), size, made.words.failed, made.theme);
}

// What was drawn, and a clip that was left.
function wipe(made, each) {
  for (const canvas of made.find(`[data-picture="${each}"]`).querySelectorAll("canvas")) canvas.width = 0;
  if (made.maps[each]) made.maps[each].ground = null;
}

function caption(made, each) {
  const [picture, map] = [made.declared.pictures[each], made.maps[each]];
  if (map?.scene) {
    buildTools(map, picture.tools?.(made));
    map.figure.querySelector(".paths").setAttribute("aria-label", picture.label?.(made, each) ?? made.header.title);
  }
  if (!picture.caption) return;
  const { name: title, title: hint = "", choices, log, small } = picture.caption(made, each);
  const head = made.find(`[data-picture="${each}"] figcaption`);
  const controls = () => [...head.querySelectorAll("button, select")];
  const held = controls().indexOf(head.getRootNode().activeElement);
  if (title !== undefined) head.querySelector(".name").textContent = title;
  if (hint) head.title = hint;
  if (choices) head.querySelector(".choices").replaceChildren(...choices);
  if (small) head.querySelector("small").textContent = small;
  if (log) head.querySelector(".log").replaceWith(log);
  if (held >= 0) controls()[held]?.focus({ preventScroll: true });
}

const drawGround = (_context, _size, { maps, theme, header }, each) => layoutMap(maps[each], theme, header.language);
