// The row that plays the charts of a page: its clock, if anything changes in time, and the button of their picture.

import { follow } from "./clock.js";
import { csvOfCharts } from "./csv.js";
import { themeOf } from "./look.js";
import { asked, linkButton } from "./looks.js";
import { button, sharper } from "./parts.js";
import { buildPlay, followClock, pressKey } from "./play.js";
import { conduct } from "./presented.js";
import { annotated, compose, download } from "./save.js";
import { arrange } from "./stands.js";
import { charts, clock, join, keepPace } from "./together.js";
import { unpack } from "./wire.js";

const rows = new WeakMap();
let shownRow = null;

export async function mount(component) {
  const element = component.parentElement;
  const row = rows.get(element) ?? build(element.querySelector(".played"));
  rows.set(element, row);
  const ticket = (row.ticket = (row.ticket ?? 0) + 1);
  const { header } = await unpack(component.data);
  if (row.closed || ticket !== row.ticket) return; // newer data overtook this one
  shownRow = row;
  show(row, header);
}

/** By an answer to an edit the clock has other steps, and so many of them in an epoch. */
export const retime = (steps, per_epoch) => renew({ steps, per_epoch });

/** And the saved picture says something else. */
export const resay = (told, rows) => renew({ told, rows });

function renew(news) {
  const row = shownRow;
  const same = ([name, value]) => JSON.stringify(row.header[name]) === JSON.stringify(value);
  if (!row || row.closed || Object.entries(news).every(same)) return;
  row.ticket += 1;
  show(row, { ...row.header, ...news });
}

export function unmount(element) {
  rows.get(element)?.close();
  rows.delete(element);
}

function build(root) {
  root.innerHTML = `<div class="play" role="toolbar"></div>`;
  arrange(root);
  /** @type {any} */
  const row = { root, bar: root.firstChild };
  const keys = (event) => row.header?.steps && pressKey(clock, event);
  document.addEventListener("keydown", keys);
  const leave = join(() => row.header?.steps && followClock(row.bar, clock, row.header.words, beside(row.header)));
  row.close = () => {
    row.closed = true;
    document.removeEventListener("keydown", keys);
    leave();
    Object.assign(clock, { playing: false, step: 0, seen: 0 });
  };
  return row;
}

/** @param {any} row @param {Payload.PlayedCharts} header */
function show(row, header) {
  const { header: before, bar, root } = row;
  const runs = header.steps > 0;
  row.header = header;
  const waits = follow(clock, { ...header, steps: Math.max(header.steps, 1) }, before?.steps ? before : null, runs);
  const picture = button("PNG", header.words.picture, () =>
    pictureOf(row).toBlob((blob) => download(header.file, blob)),
  );
  const looks = before || !runs ? null : asked();
  if (looks) clock.seek(looks.step);
  if (runs !== Boolean(before?.steps)) bar.dataset.language = "";
  const numbers = button("CSV", header.words.numbers, () => save(row));
  const link = linkButton(header.words, header.language, () => ({ step: Math.round(clock.step) }));
  if (runs) buildPlay(bar, clock, header.words, header.language, [picture, numbers, link], waits);
  else bar.replaceChildren(picture, ...(header.told.length ? [] : [numbers]), link);
  keepPace();
  clock.show();
  root.dataset.painted = Number(root.dataset.painted ?? 0) + 1;
  conduct(clock, runs);
}

const beside = ({ per_epoch: per, words }) =>
  per ? ` · ${words.epoch} ${Math.floor(Math.round(clock.step) / per)}` : "";

// Of the charts that are on the page.
const shownNow = () => [...charts].filter((chart) => chart.root.isConnected);

const save = ({ header }) =>
  download(header.file.replace(/png$/, "csv"), new Blob([csvOfCharts(shownNow())], { type: "text/csv" }));

function pictureOf({ root, header }) {
  const shown = shownNow();
  const again = () => shown.forEach((chart) => chart.draw());
  const named = shown.filter((chart) => !chart.header.legend).flatMap(({ entries }) => entries());
  const once = [...new Map(named.map((entry) => [entry.label, entry])).values()]; // one legend for several charts
  const picture = sharper(2, () => {
    again();
    return compose(
      shown.map((chart) => chart.root),
      once,
      themeOf(root),
      header.title,
    );
  });
  again();
  return header.told.length ? annotated(picture, header.told, header.rows, themeOf(root)) : picture;
}
