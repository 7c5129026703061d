// Tables of lanes: a row each, which can be chosen.

import { colourOf, dashOf, icon, marker } from "./look.js";
import { sharpness } from "./parts.js";

/**
 * A table with a row for each lane, which a click, or Enter, chooses: a sample of the lane's line, its name, and what
 * `cells(lane)` gives. heads: [text, hint] of each column after the first; over: [text, columns] above them.
 */
export function laneTable(
  table,
  lanes,
  heads,
  cells,
  { theme, focus, pick, kind = "", over = [], under = "", hint = "" },
) {
  Object.assign(table, { secret: null }).replaceChildren();
  table.className = kind;
  const head = (row, text, title = "", wide = 1) =>
    row.append(Object.assign(document.createElement(text ? "th" : "td"), { textContent: text, title, colSpan: wide }));
  const top = table.createTHead();
  if (over.length) {
    const row = top.insertRow();
    for (const [text, wide] of [["", 1], ...over]) head(row, text, "", wide);
  }
  const row = top.insertRow();
  for (const [text, title] of [[under, ""], ...heads]) head(row, text, title);
  const body = table.createTBody();
  for (const lane of lanes) {
    const row = body.insertRow();
    row.classList.toggle("focus", lane.number === focus);
    row.tabIndex = 0;
    row.onclick = () => pick(lane.number);
    row.onkeydown = (event) => event.key === "Enter" && pick(lane.number);
    const name = row.insertCell();
    name.append(swatch(lane.number, theme), lane.label);
    if (hint && lane.number === focus) name.append(pointed(hint));
    for (const content of cells(lane)) row.insertCell().append(content);
  }
}

/** The texts of the rows as the clock goes on, after the lanes' names. */
export function followTable(table, texts) {
  const rows = table.tBodies[0]?.rows ?? [];
  texts.forEach((row, i) =>
    row.forEach((text, k) => {
      const cell = rows[i]?.cells[k + 1];
      if (cell && cell.textContent !== text) cell.textContent = text;
    }),
  );
}

/** What says whose arrows are drawn. */
function pointed(hint) {
  const mark = Object.assign(document.createElement("span"), { className: "pointed", title: hint });
  mark.append(icon("arrow"));
  return mark;
}

/** A short sample of a lane's line with its marker. */
export function swatch(lane, theme) {
  const canvas = document.createElement("canvas");
  const ratio = sharpness();
  [canvas.width, canvas.height] = [34 * ratio, 16 * ratio];
  canvas.className = "swatch";
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.beginPath();
  context.moveTo(1, 8);
  context.lineTo(33, 8);
  context.setLineDash(dashOf(lane));
  context.lineWidth = 2.6;
  context.strokeStyle = colourOf(lane, theme);
  context.stroke();
  marker(context, lane, 17, 8, 4.5, theme);
  return canvas;
}
