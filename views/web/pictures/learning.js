// The picture of a training, as it comes, with the words of its page.

import { whole } from "../kit/axes.js";
import { filled, waitingFor } from "../kit/terms.js";

/** @typedef {{words: Record<string, string>, title: string, waiting: string, runnable: boolean}} Worded */

/** @param {Payload.NetworksPicture} header @param {any} terms @returns {Payload.NetworksPicture & Worded} */
export function worded(header, terms) {
  const { stage, networks, trainings, beside } = terms;
  const { seconds, part, steps, lanes } = header;
  const told = waitingFor(seconds, terms);
  if (lanes.length && part) told.push(filled(networks[part], { steps: whole(steps) }));
  return {
    ...header,
    words: { ...stage, ...networks, ...trainings },
    title: [beside["page.title"], beside["pages.networks"]].join(" · "),
    waiting: told.join("\n"),
    runnable: seconds !== null,
  };
}
