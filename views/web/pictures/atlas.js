// The picture of critical points, as it comes, with the words of its page.

/** @typedef {{words: Record<string, string>, title: string}} Worded */

/** @param {Payload.CriticalPointsPicture} header @param {any} terms
 * @returns {Payload.CriticalPointsPicture & Worded} */
export const worded = (header, { stage, atlas, verdict, curves, beside, surfaces }) => ({
  ...header,
  words: { ...stage, ...atlas, ...verdict, ...curves },
  title: [beside["page.title"], beside["pages.critical_points"], surfaces[header.surface]].join(" · "),
});
