// What a person takes home from the stage: a picture with everything in it, and a page to print.

import { font } from "./look.js";
import { swatch } from "./table.js";

const GAP = 14; // between pictures, at most: what stands between them on the page is not taken along
const ABOVE = 26; // for the title of a picture that has no caption of its own

/** Pictures (elements with their canvases) and the names of what is on them, on one canvas, at twice the size of the
 * screen. An entry has a label, and the number of a lane or how its sample is drawn. */
export function compose(parts, entries, theme, title) {
  const boxes = packed(parts);
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top;
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  context.font = font(14);
  const cell = Math.max(300, 60 + Math.max(0, ...entries.map(({ label }) => context.measureText(label).width)));
  const across = Math.max(Math.floor(width / cell), 1);
  const rows = Math.ceil(entries.length / across);
  [canvas.width, canvas.height] = [2 * width, 2 * (height + 40 + 26 * rows)];
  context.scale(2, 2);
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const write = (text, x, y, weight = 400, size = 14, room = width) => {
    [context.font, context.textAlign, context.textBaseline] = [font(size, weight), "left", "middle"];
    context.fillStyle = theme.ink;
    context.fillText(text, x, y, room);
  };
  write(title, 12, 18, 600, 18);
  parts.forEach((part, i) => {
    const [place, shift] = [boxes[i], boxes[i].shift];
    for (const layer of part.querySelectorAll("canvas")) {
      const { visibility, display } = getComputedStyle(layer);
      if (visibility === "hidden" || display === "none") continue; // in three dimensions the map lies under the surface
      const box = layer.getBoundingClientRect();
      context.drawImage(layer, box.left - left, box.top - shift - top + 36, box.width, box.height);
    }
    const caption = part.dataset.title ?? part.querySelector(".name")?.textContent;
    if (caption) write(caption, place.left - left + 8, place.top - top + 48, 600, 14, place.right - place.left - 16);
  });
  entries.forEach(({ label, number, sample }, i) => {
    const [x, y] = [12 + (i % across) * cell, height + 54 + 26 * Math.floor(i / across)];
    if (sample) sample(context, x, y, theme);
    else context.drawImage(swatch(number, theme), x, y - 8, 34, 16);
    write(label, x + 42, y);
  });
  return canvas;
}

const LINE = 22; // pixels from one line of a text to the next
const EDGE = 12;
const LEAST = 960; // pixels across that a table needs, be the screen as narrow as it is

/** The same picture with sentences and a table below it; the first row is the table's head. */
export function annotated(picture, told, rows, theme) {
  const width = Math.max(picture.width / 2, LEAST);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  context.font = font(14);
  const room = width - 2 * EDGE;
  const texts = told.map((text) => folded(context, text, room));
  const wide = columns(context, rows, room);
  const cells = rows.map((row) => row.map((cell, i) => folded(context, cell, wide[i] - EDGE)));
  const heights = cells.map((row) => Math.max(...row.map(({ length }) => length)) * LINE + 6);
  const below = texts.flat().length * LINE + texts.length * 4 + heights.reduce((sum, high) => sum + high, 0) + 3 * EDGE;
  [canvas.width, canvas.height] = [2 * width, picture.height + 2 * below];
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  context.scale(2, 2);
  context.textBaseline = "middle";
  context.fillStyle = theme.ink;
  const write = (lines, x, y, weight) => {
    context.font = font(14, weight);
    for (const [i, line] of lines.entries()) context.fillText(line, x, y + (i + 0.5) * LINE);
  };
  let y = picture.height / 2 + EDGE;
  for (const lines of texts) {
    write(lines, EDGE, y, 400);
    y += lines.length * LINE + 4;
  }
  y += EDGE;
  for (const [at, row] of cells.entries()) {
    let x = EDGE;
    for (const [i, lines] of row.entries()) {
      write(lines, x, y, at ? 400 : 600);
      x += wide[i];
    }
    y += heights[at];
    context.fillRect(EDGE, y - 4, room, 0.5);
  }
  return canvas;
}

// As wide as their longest cells, and where that is too much as their share of what there is.
function columns(context, rows, room) {
  const wide = (rows[0] ?? []).map(
    (_, i) => EDGE + 6 + Math.max(...rows.map((row) => context.measureText(row[i]).width)),
  );
  const whole = wide.reduce((sum, each) => sum + each, 0);
  const least = wide.map((each) => Math.min(each, 90));
  if (whole <= room) return wide;
  const spare = room - least.reduce((sum, each) => sum + each, 0);
  const over = whole - least.reduce((sum, each) => sum + each, 0);
  return wide.map((each, i) => least[i] + ((each - least[i]) * spare) / over);
}

// A text in lines that are not wider than `room`; Chinese may break anywhere.
function folded(context, text, room) {
  const lines = [""];
  for (const piece of text.match(
    /[\u3000-\u9fff\uff00-\uffef][。，、；：！？）)]*|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g,
  ) ?? []) {
    const longer = lines.at(-1) + piece;
    if (lines.at(-1) && context.measureText(longer.trimEnd()).width > room) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

// Where pictures stand, moved up by `shift` so that no gap is left between one above and one below.
function packed(parts) {
  const boxes = parts.map((part) => {
    const { left, top, right, bottom } = part.getBoundingClientRect();
    return { left, right, bottom, top: part.dataset.title ? top - ABOVE : top, shift: 0 };
  });
  let [reach, shift] = [-Infinity, 0];
  for (const box of boxes.toSorted((a, b) => a.top - b.top)) {
    if (Number.isFinite(reach)) shift += Math.max(box.top - reach - GAP, 0);
    reach = Math.max(reach, box.bottom);
    Object.assign(box, { shift, top: box.top - shift, bottom: box.bottom - shift });
  }
  return boxes;
}

export function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A page of its own, with the picture and the tables in it, that prints on one sheet. */
export function printable(canvas, tables, title, note, link, language) {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = language;
  const add = (tag, text) => {
    const element = page.createElement(tag);
    if (text) element.textContent = text;
    page.body.append(element);
    return element;
  };
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  page.head.prepend(charset);
  const style = page.createElement("style");
  style.textContent =
    "@page{size:A4 landscape;margin:12mm}a{word-break:break-all}img{width:100%}" +
    "body{font:14px system-ui,'Noto Sans CJK SC',sans-serif;color:#1c2530;max-width:1200px;margin:auto}" +
    "table{border-collapse:collapse;width:100%;margin:8px 0}" +
    "td,th{padding:3px 8px;border-bottom:1px solid #ccd;text-align:left}";
  page.head.append(style);
  add("h1", title);
  add("p", note);
  add("img").src = canvas.toDataURL("image/png");
  for (const table of tables) {
    const copy = add("table");
    for (const row of table.rows) {
      const line = page.createElement("tr");
      for (const cell of row.cells)
        line.append(Object.assign(page.createElement(cell.tagName), { textContent: cell.textContent }));
      copy.append(line);
    }
  }
  const anchor = add("a", link);
  anchor.href = link;
  return new Blob([`<!doctype html>${page.documentElement.outerHTML}`], { type: "text/html" });
}
