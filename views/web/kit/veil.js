// What lies over the map: what a picture waits for, and how far a long run is, with a way to end it.

import { button, made } from "./parts.js";
import { begins } from "./presented.js";
import { filled } from "./terms.js";

/** As it is now: `share` of the page is how far a run is, null while none is under way; `waiting` of its header what
 * the picture waits for, and `runnable` whether a click is enough. */
export function layVeil({ header, words, hand, find, share }) {
  const veil = find(".veil");
  veil.classList.toggle("running", share !== null);
  if (share !== null) return told(veil, share) || cover(veil, percent(share), ...running(words, hand, share));
  if (header.waiting && header.runnable && begins()) return hand.run();
  veil.hidden = !header.waiting;
  cover(veil, header.waiting, ...(header.runnable ? [button(words.run, words.run, hand.run)] : []));
}

/** What the server says of an answer that does not come at once. */
export const busyTold = (busy, { stage }) => filled(stage[busy.cut ? "cut" : busy.slow ? "slow" : "busy"], busy);

function cover(veil, text, ...more) {
  veil.hidden = !text;
  veil.replaceChildren(made("p", "", text), ...more);
}

function running(words, hand, share) {
  const bar = Object.assign(made("progress", ""), { value: share });
  bar.setAttribute("aria-label", words.run);
  return [bar, button(words.cancel, words.cancel, hand.cancel)];
}

// The same button stays while it is clicked.
function told(veil, share) {
  const bar = veil.querySelector("progress");
  if (bar && !veil.hidden) [bar.value, veil.firstChild.textContent] = [share, percent(share)];
  return Boolean(bar);
}

const percent = (share) => `${Math.round(100 * share)} %`;
