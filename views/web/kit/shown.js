// New data on a page: what Python says of the visit, the picture, and what is said while that is on its way.

import { follow } from "./clock.js";
import { csvOfLanes } from "./csv.js";
import { edit, refuse } from "./edits.js";
import { layout } from "./laid.js";
import { asked, linkButton } from "./looks.js";
import { paceOf } from "./pace.js";
import { button, sharper } from "./parts.js";
import { buildPlay } from "./play.js";
import { conduct } from "./presented.js";
import { compose, download } from "./save.js";
import { dictionary, sentence } from "./terms.js";
import { firstVisit } from "./trail.js";
import { busyTold } from "./veil.js";
import { parted, unpack } from "./wire.js";

const SAID = ["language", "heights", "lesson", "looks", "problem"]; // by Python, beside a picture that may be there
const ON_MAP = ["start", "point", "critical"]; // edits whose refusal is told on the map

// Of a page whose pictures are had by their links: what Python says of the visit, and the picture, in words.
export async function heard(made, bytes) {
  const [first, second] = parted(bytes);
  const { header: visit } = await unpack(first);
  made.dictionary = await dictionary(visit.language);
  const picture = await made.hand.heard(visit, second);
  const before = made.header;
  const { link } = made.hand;
  const same = before?.link === link && before.opened === visit.opened && made.picture === picture;
  made.picture = picture;
  const moved = same && { sequence: before.sequence, moved: before.moved }; // the clock has heard of it
  const header = { ...visit, ...moved, link };
  const known = same && SAID.every((each) => JSON.stringify(header[each]) === JSON.stringify(before[each]));
  return { floats: picture.floats, known, header: inWords(made, picture, header) };
}

export function shown(made, picture, { moved, problems, live = false }) {
  const refused = ON_MAP.find((path) => problems[path]);
  const problem = refused ? sentence(problems[refused], made.dictionary) : "";
  const visit = { ...made.hand.visit, sequence: `by hand ${made.shows}`, moved, problem, link: picture.header.link };
  made.picture = picture;
  show(made, inWords(made, picture, visit), picture.floats, live);
  refuse(problems, made.dictionary);
}

export function waits(made, share, busy) {
  if (made.share === null && share !== null) made.clock.seek(made.clock.last); // where it grows
  made.share = share;
  if (busy) sayBusy(made, busy);
  else made.declared.waits?.(made);
}

// The last picture stays; over it, until there is a new one, how long the server asks to wait, that it is gone, or
// that it works for longer than usual.
function sayBusy(made, busy) {
  const veil = made.find(".veil");
  veil.textContent = busyTold(busy, made.dictionary);
  veil.hidden = false;
  made.busy = veil;
  veil.classList.add("busy");
}

const inWords = (made, picture, visit) => made.declared.worded({ ...picture.header, ...visit }, made.dictionary);

/** `live`: while a hand drags, what it holds and what is pressed stay as they are until it lets go. */
export function show(made, header, floats, live = false) {
  const before = made.header;
  Object.assign(made, { header, words: header.words });
  const looks = before ? null : asked();
  for (const [each, view] of Object.entries(looks?.views ?? {})) if (made.maps[each]) made.maps[each].wished = view;
  made.declared.read(made, header, floats, before);
  if (made.busy) {
    made.busy.classList.remove("busy");
    made.busy.hidden = true;
    made.busy = null;
  }
  if (made.asked === header.heights) made.asked = null; // an answer to an earlier wish comes too late
  if (!made.asked && header.heights !== before?.heights) stand(made, header.heights);
  const { lanes, clock, root } = made;
  if (!lanes.some((lane) => lane.number === made.focus))
    made.focus = (made.declared.first?.(lanes) ?? lanes[0])?.number ?? null;
  const runs = made.declared.runs?.(made) ?? true;
  const waits = follow(clock, header, before, runs, !before && !looks && runs && firstVisit());
  if (looks) look(made, looks);
  clock.pace = paceOf(...made.declared.paced(made));
  if (!live || header.steps !== before?.steps) buildRow(made, waits);
  // Fewer do not move the clock.
  if (made.declared.rows) root.style.setProperty("--lanes", Math.max(lanes.length, made.declared.rows));
  made.declared.built?.(made, before, waits);
  layout(made, !live);
  made.declared.shown?.(made);
  made.shows += 1;
  root.dataset.painted = made.shows;
  conduct(clock, runs, lanes, root);
}

// The clock's row, and what is taken home from it.
function buildRow(made, waits) {
  const { words, header, clock } = made;
  const picture = button("PNG", words.picture, () =>
    pictureOf(made).toBlob((blob) => download(made.declared.saved(made).file, blob)),
  );
  picture.dataset.always = "";
  const more = [...(made.declared.saved(made).more ?? [])];
  if (made.declared.numbers) more.push(button("CSV", words.numbers, () => saveNumbers(made)));
  const link = linkButton(
    words,
    header.language,
    () => looksOf(made),
    () => made.header.link ?? "",
  );
  buildPlay(made.find(".play"), clock, words, header.language, [picture, ...more, link], waits);
}

// As a link asks for it: what this page has of that.
function look(made, { step, tab, logs, chosen }) {
  made.clock.seek(step);
  Object.assign(made.logs, logs);
  if (made.chosen) Object.assign(made.chosen, chosen);
  if (tab && made.words[`tab_${tab}`] && !made.header.looks) made.tab = tab;
}

// And the other way round; `ask` stands before the #, where Python reads it.
function looksOf({ clock, logs, chosen, tab, maps, header }) {
  const moved = Object.entries(maps).filter(([, map]) => map.view && !map.home);
  const own = header.looks ? { ask: header.looks.tab !== undefined && tab !== "data" ? { tab } : {} } : { tab, chosen };
  return {
    step: Math.round(clock.step),
    logs,
    views: Object.fromEntries(moved.map(([each, { view }]) => [each, view])),
    ...own,
  };
}

// All maps of a page have one scale: they are there to be compared.
export function stand(made, mode, asked = false) {
  for (const map of Object.values(made.maps)) map.heights = mode;
  if (!asked) return;
  made.asked = mode;
  edit(made.component, "heights", mode);
  layout(made, true);
}

const saveNumbers = (made) => {
  const numbers = csvOfLanes(...made.declared.numbers(made));
  download(made.declared.saved(made).file.replace(/png$/, "csv"), new Blob([numbers], { type: "text/csv" }));
};

export const pictureOf = (made) => {
  const { lanes = made.lanes, title } = made.declared.saved(made);
  const picture = sharper(2, () => {
    layout(made, false);
    return compose([...made.root.querySelectorAll("figure")], lanes, made.theme, title);
  });
  layout(made, false);
  return picture;
};
