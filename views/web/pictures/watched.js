// The spectra along a training, as they come, with the words of their page.

import { waitingFor } from "../kit/terms.js";

/** @typedef {import("./learning.js").Worded} Worded */

/** @param {Payload.CurvaturePicture} header @param {any} terms @returns {Payload.CurvaturePicture & Worded} */
export function worded(header, terms) {
  const { stage, spectra, watched, beside } = terms;
  return {
    ...header,
    words: { ...stage, ...spectra, ...watched },
    title: [beside["page.title"], beside["pages.curvature"]].join(" · "),
    waiting: waitingFor(header.seconds, terms).join(),
    runnable: header.seconds !== null,
  };
}
