// A race, as it comes, in numbers and codes, put into words.

import { happened, laneLabel, waitingFor } from "../kit/terms.js";

/** @typedef {{words: Record<string, string>, title: string, note: string, waiting: string,
 *   runnable: boolean}} Worded */

/** A picture and what the visit says beside it, in words.
 * @param {Payload.ComparePicture} header @param {any} terms @returns {Payload.ComparePicture & Worded} */
export function worded(header, terms) {
  const { surface, seconds, slope, scene, lanes, problem } = header;
  const lane = (each) => ({
    ...each,
    label: laneLabel(each.name, terms),
    outcome: { ...each.outcome, happened: happened(each.outcome, terms) },
    end: each.end && { ...each.end, said: verdict(each.end, terms) },
  });
  const waiting = waitingFor(seconds, terms).join();
  return {
    ...header,
    words: { ...terms.stage, ...terms.curves },
    title: `${terms.beside["page.title"]} · ${terms.surfaces[surface]}`,
    note: terms.about[surface],
    problem: problem || (slope ? "" : terms.problem.slope),
    waiting: waiting || (lanes.length ? "" : terms.stage.empty),
    runnable: seconds !== null,
    scene: { ...scene, names: scene.names.map((name) => terms.beside[name] ?? name) },
    lanes: lanes.map(lane),
  };
}

const verdict = ({ kind, valley }, terms) =>
  valley ? terms.beside["atlas.in_valley_minimum"] : terms.verdict[kind.replace(" ", "_")];
