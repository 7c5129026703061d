// Changes on their way to Python: one message under way at a time, the newest value of each path waiting behind it.

const waiting = new Map();
let busy = 0; // when the message under way was sent
let refusing = null;
let undoing = null;
let showing = null;
let hand = null; // of a page whose pictures are had by their links: it takes the edits that change them

/** An edit: `path` is now `value`; `live` while a slider or a marker is still being dragged. */
export function edit(component, path, value, live = false) {
  if (hand?.takes(path)) return hand.edit(component, path, value, live);
  hand?.tell(); // what it holds comes before
  send(component, path, value, live);
}

/** Who takes edits from now on; null for nobody. */
export const handTo = (taker) => (hand = taker);

/** Python has sent a panel, of what came of the edits up to this one: whether it is the one to be shown. */
export const renewed = (learned) => hand?.renewed(learned) ?? true;

/** Who says at its field what was refused of the last edits, by path, and with which words. */
export const onRefused = (teller) => (refusing = teller);
export const refuse = (problems, words) => refusing?.(problems, words);

/** Who shows the panel of what was changed by hand, of which Python may not hear. */
export const onPanel = (shower) => (showing = shower);
export const showPanel = (header) => showing?.(header);

/** Who shows again what Python said last, when edits that it has not heard of are taken back. */
export const onUndone = (teller) => (undoing = teller);
export const undone = () => undoing?.();

/** Tell Python. */
export function send(component, path, value, live = false) {
  wait(component, path, value, live);
  flush();
}

/** Tell it several edits, [path, value], that belong together. */
export function sendAll(component, edits) {
  for (const [path, value] of edits) wait(component, path, value, false);
  flush();
}

function wait(component, path, value, live) {
  waiting.delete(path);
  waiting.set(path, { component, path, value, live, seen: component.seen ?? 0 });
}

/** Python has answered: the next message may go. */
export function answered() {
  busy = 0;
  flush();
}

/** The page is left: of what waits only what has been changed by hand is still wanted. */
export function left() {
  for (const path of waiting.keys()) if (path !== "link") waiting.delete(path);
  answered();
}

function flush() {
  if (!waiting.size || (busy && performance.now() - busy < 3000)) return;
  const { component } = waiting.values().next().value;
  const edits = [...waiting.values()].map(({ path, value, live, seen }) => ({ path, value, live, seen }));
  waiting.clear();
  busy = performance.now();
  component.setTriggerValue("edit", edits);
  setTimeout(flush, 3050);
}
