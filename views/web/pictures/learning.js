// The picture of a training, as it comes, with the words of its page.

import { whole } from "../kit/axes.js";
import { filled, waitingFor } from "../kit/terms.js";

/** @typedef {{words: Record<string, string>, title: string, waiting: string, runnable: boolean}} Worded */

/** @param {Payload.NetworksPicture} header @param {any} terms @returns {Payload.NetworksPicture & Worded} */
export const worded = (header, terms) => wordedOn("networks", header, terms);

/** The header of a picture of that page, which has a section of the dictionary, too.
 * @template H @param {string} page @param {H & any} header @param {any} terms @returns {H & Worded} */
export function wordedOn(page, header, terms) {
  const { stage, networks, trainings, beside } = terms;
  const { seconds, part, steps, lanes } = header;
  const told = waitingFor(seconds, terms);
  if (lanes.length && part) told.push(filled(networks[part], { steps: whole(steps) }));
  return {
    ...header,
    words: { ...stage, ...networks, ...trainings, ...terms[page] },
    title: [beside["page.title"], beside[`pages.${page}`]].join(" · "),
    waiting: told.join("\n"),
    runnable: seconds !== null,
  };
}
