// Small pieces that every picture needs: buttons, and canvases as sharp as the screen.

import { font, icon } from "./look.js";

/** CSS pixels in one unit of a drawing: what is 16 on a laptop is as large on a projector as the page's text. */
export const unit = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;

/** Width and height of an element, in units. */
export function sizeOf({ clientWidth, clientHeight }) {
  const one = unit();
  return { width: clientWidth / one, height: clientHeight / one };
}

/** Where a pointer is on an element, in units from its left and its top. */
/** @returns {[number, number]} */
export function placeOn(element, event) {
  const box = element.getBoundingClientRect();
  return [(event.clientX - box.left) / unit(), (event.clientY - box.top) / unit()];
}

let least = 1; // pixels of a canvas in one of CSS

/** Draw with at least so many pixels in one of CSS while `act` runs: a picture to take home is drawn anew. */
export function sharper(ratio, act) {
  least = ratio;
  try {
    return act();
  } finally {
    least = 1;
  }
}

/** Pixels of a canvas in one unit. */
export const sharpness = () => Math.max(window.devicePixelRatio || 1, least) * unit();

/** The drawing context of a canvas that is `size` large, in units. */
export function fit(canvas, size) {
  const ratio = sharpness();
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

const DRAWN = new Set([
  "first",
  "back",
  "play",
  "forward",
  "last",
  "loop",
  "eye",
  "fade",
  "arrow",
  "home",
  "closer",
  "farther",
]);

/**
 * A button with a drawing (the name of an icon) or a text; `pressed` makes it one that stays down. It is called what
 * stands on it, so that who speaks to the browser can say what is seen; without words there, what it does.
 */
export function button(face, hint, action, pressed) {
  const made = document.createElement("button");
  made.append(DRAWN.has(face) ? icon(face) : face);
  made.title = hint;
  if (DRAWN.has(face) || !/[\p{L}\p{N}]/u.test(face)) made.setAttribute("aria-label", hint);
  if (pressed !== undefined) made.setAttribute("aria-pressed", pressed);
  made.onclick = action;
  return made;
}

/** The tabs of a page's sheet, `page.tab` being the chosen one; `label(name)`; `more` stands beside them. */
export function fillTabs(page, names, label, ...more) {
  const tabs = names.map((name) => {
    const tab = button(
      label(name),
      page.words[`tab_${name}_hint`],
      page.turn(() => (page.tab = name)),
    );
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", String(page.tab === name));
    return tab;
  });
  const list = made("div", "list", ...tabs);
  list.setAttribute("role", "tablist"); // of tabs alone
  page.find(".tabs").replaceChildren(list, ...more);
}

/** An element with a class and what is in it. */
export function made(tag, className, ...content) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
}

const WRAP = /[\u3000-\u9fff\uff00-\uffef][，。：；、！？）]?\s*|[^\s\u3000-\u9fff\uff00-\uffef]+\s*/g;

/** A text in lines of at most so many pixels, in the context's font. */
export function wrapped(context, text, room) {
  const lines = [""];
  for (const piece of text.match(WRAP) ?? []) {
    if (lines.at(-1) && context.measureText(lines.at(-1) + piece.trim()).width > room) lines.push("");
    lines[lines.length - 1] += piece;
  }
  return lines.map((line) => line.trim());
}

/** Words instead of a picture. */
export function note(context, size, text, theme) {
  context.clearRect(0, 0, size.width, size.height);
  noteIn(context, { left: 0, top: 0, right: size.width, bottom: size.height }, text, theme);
}

/** Words in the middle of a box. */
export function noteIn(context, { left, top, right, bottom }, text, theme) {
  context.font = font(13);
  const lines = wrapped(context, text, right - left - 32);
  [context.textAlign, context.textBaseline, context.fillStyle] = ["center", "middle", theme.soft];
  const first = (top + bottom) / 2 - 9 * (lines.length - 1);
  lines.forEach((line, i) => context.fillText(line, (left + right) / 2, first + 18 * i));
}

/** Draw inside a box only; `spill`: so many pixels to the sides and a third of that above and below. */
export function clipped(context, { left, top, right, bottom }, draw, spill = 0) {
  context.save();
  context.beginPath();
  context.rect(left - spill, top - spill / 3, right - left + 2 * spill, bottom - top + (2 * spill) / 3);
  context.clip();
  context.lineJoin = "round";
  draw();
  context.restore();
}

/** A rectangle of one colour, which may let through what lies under it. */
export function shade(context, colour, alpha, left, top, wide, high) {
  [context.globalAlpha, context.fillStyle] = [alpha, colour];
  context.fillRect(left, top, wide, high);
  context.globalAlpha = 1;
}

/** A text with a halo, about its middle. */
export function label(context, text, px, py, { align, colour, theme }) {
  [context.font, context.textAlign, context.textBaseline] = [font(13, 600), align, "middle"];
  [context.lineWidth, context.lineJoin, context.strokeStyle] = [4, "round", theme.halo];
  context.strokeText(text, px, py);
  context.fillStyle = colour;
  context.fillText(text, px, py);
}
