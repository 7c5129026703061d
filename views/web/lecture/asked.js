// What is asked in a room, as its presenter sends it: {kind, text, choices, window, relief, …}.
//
// kind: choice, order, number, place or sketch; text: words; choices: [value, words] each, of another kind what can be
// said in place of it; window: [x0, x1, y0, y1]; relief: address of the surface below it, of this app; start: where it
// begins; names: of the axes; low, high, log, whole, unit: of a number. Words are a text, or one a language.

const APP = new URL("../../../../", import.meta.url);

/** Words in a language: a text, or {en, zh}. */
export function worded(words, language) {
  if (!words || typeof words !== "object") return String(words ?? "");
  const { [language]: own, en } = words;
  return String(own ?? en ?? "");
}

/** Whether two votes say the same. */
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** [value, words] of each choice. */
export const choicesOf = ({ choices }, language) =>
  (Array.isArray(choices) ? choices : []).map((each) => {
    const [value, words] = Array.isArray(each) ? each : [each, each];
    return [value, worded(words ?? value, language)];
  });

/** x0, x1, y0, y1. */
export function windowOf({ window }) {
  const edges = Array.isArray(window) ? window.flat().map(Number) : [];
  const [x0, x1, y0, y1] = edges;
  return edges.length === 4 && x0 < x1 && y0 < y1 ? edges : [0, 1, 0, 1];
}

/** Where the surface below is had, or "": of this app and nowhere else. */
export function reliefOf({ relief }) {
  const url = relief ? new URL(String(relief), APP) : null;
  return url?.origin === APP.origin && url.pathname.startsWith(`${APP.pathname}lab/`) ? url.href : "";
}

/** Low and high of a number, and whether it is logarithmic. */
export function rangeOf({ low, high, log, whole }, values = []) {
  const finite = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  const [first, last] = [Number(low ?? Math.min(...finite)), Number(high ?? Math.max(...finite))];
  const fits = Number.isFinite(first) && Number.isFinite(last) && (!log || first > 0);
  const [least, most] = fits ? [first, last > first ? last : first + Math.abs(first || 1)] : log ? [1, 10] : [0, 1];
  return { low: least, high: most, log: Boolean(log), whole: Boolean(whole) };
}

/** Whether a question is answered by its choices, or they are what can be said in place of its answer. */
export const isOfChoices = ({ kind }) => kind === "choice" || kind === "order";

export const isPlace = (vote) => Array.isArray(vote) && vote.length === 2 && vote.every(Number.isFinite);

/** Whether a vote is one on this question: a room takes whatever has the form of one. */
export function fits(asked, vote) {
  const values = choicesOf(asked, "en").map(([value]) => JSON.stringify(value));
  const kinds = {
    choice: () => values.includes(JSON.stringify(vote)),
    order: () => Array.isArray(vote) && same(vote.map((each) => JSON.stringify(each)).sort(), [...values].sort()),
    number: () => Number.isFinite(vote) && (!asked.log || vote > 0),
    place: () => isPlace(vote),
    sketch: () => Array.isArray(vote) && vote.length > 0 && vote.every(isPlace),
  };
  const instead = !isOfChoices(asked) && kinds.choice();
  return instead || (kinds[asked?.kind]?.() ?? false);
}
