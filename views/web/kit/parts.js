// Small pieces that every picture needs: buttons, and canvases as sharp as the screen.

import { icon } from "./look.js";

/** Width and height of an element, in CSS pixels. */
export const sizeOf = (element) => ({ width: element.clientWidth, height: element.clientHeight });

/** The drawing context of a canvas that is `size` large; one unit is one CSS pixel. */
export function fit(canvas, size) {
  const ratio = window.devicePixelRatio || 1;
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
  "arrow",
  "home",
  "closer",
  "farther",
]);

/** A button with a drawing (the name of an icon) or a text; `pressed` makes it one that stays down. */
export function button(face, hint, action, pressed) {
  const made = document.createElement("button");
  made.append(DRAWN.has(face) ? icon(face) : face);
  made.title = hint;
  made.setAttribute("aria-label", hint);
  if (pressed !== undefined) made.setAttribute("aria-pressed", pressed);
  made.onclick = action;
  return made;
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
