// The picture of a training, as it comes, with the words of its page.

/** @typedef {{words: Record<string, string>, title: string}} Worded */

/** @param {Payload.NetworksPicture} header @param {any} terms @returns {Payload.NetworksPicture & Worded} */
export const worded = (header, { stage, networks, trainings, beside }) => ({
  ...header,
  words: { ...stage, ...networks, ...trainings },
  title: [beside["page.title"], beside["pages.networks"]].join(" · "),
});
