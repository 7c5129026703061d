// The hand of a page whose charts are had by its link: it asks for them, and each is drawn anew where it stands.

import { answered, refuse } from "./edits.js";
import { takeInHand } from "./hand.js";
import { resay, retime } from "./played.js";
import { redraw } from "./plot.js";
import { retell } from "./sentences.js";
import { dictionary } from "./terms.js";
import { busyTold, layVeil } from "./veil.js";
import { parted, unpack } from "./wire.js";

const known = new WeakMap();

export async function mount(component) {
  const element = component.parentElement;
  const [first, second] = parted(component.data);
  const { header: visit } = await unpack(first);
  const page = known.get(element) ?? build(element.querySelector(".linked"), visit);
  known.set(element, page);
  page.dictionary = await dictionary(visit.language);
  await page.hand.heard(visit, second); // Python has drawn it
  answered();
}

export function unmount(element) {
  known.get(element)?.hand.close();
  known.delete(element);
}

/** @param {HTMLElement} root @param {Payload.LinkedVisit} visit */
function build(root, visit) {
  root.innerHTML = `<div class="veil" hidden></div>`;
  const page = { dictionary: null, hand: null, share: null };
  const shown = ({ header, floats }, { problems, grows = false }) => {
    if (page.share === null) veil(""); // it has been busy
    if (header.charts && (grows || fits(header))) show(header, floats);
    refuse(problems, page.dictionary);
  };
  const waits = (share, busy) => {
    page.share = share;
    veil(busy ? busyTold(busy, page.dictionary) : "");
  };
  const veil = (waiting) => {
    const find = (what) => root.querySelector(what);
    layVeil({
      header: { waiting, runnable: false },
      words: page.dictionary.stage,
      hand: page.hand,
      find,
      share: page.share,
    });
  };
  const fits = ({ places }) => `${places}` === `${page.hand.visit.places}`;
  page.hand = takeInHand(visit.kind, { shown, waits, at: root, speaks: true, fits });
  return page;
}

/** @param {Payload.SheetPicture} header @param {Float32Array} floats */
function show({ charts, said, clock, home, rows }, floats) {
  let at = 0;
  for (const chart of charts) {
    const count = chart.series.reduce((sum, { counts }) => sum + counts.reduce((all, each) => all + each, 0), 0);
    redraw(chart, floats.subarray(at, (at += count)));
  }
  for (const each of said) retell(each);
  if (clock.length) retime(clock[0], clock[1]);
  if (home.length) resay(home, rows);
}
