// Weight in playing: a path that is thinner and paler the older it is, rings where something has just happened, and the
// mark of a path, which is small on the way and full when it has arrived.

const BANDS = 14; // ages that are told apart
const OLDEST = { wide: 0.35, alpha: 0.12 };
const WHOLE = [{ from: 0, share: 1, wide: 1, alpha: 1 }];
const RING = 0.035; // of the run: how long a ring can be seen
const SMALL = 4.6; // the mark on its way, and when it has arrived
const FULL = 6.6;

/** Pieces of a path up to frame `to`, {from, to, wide, alpha}: one, or, where the clock fades, one for each age. */
export function ages({ fades }, to) {
  if (!fades || to < 2) return WHOLE.map((whole) => ({ ...whole, to }));
  const count = Math.min(BANDS, to);
  return Array.from({ length: count }, (_, k) => {
    const share = ((k + 1) / count) ** 1.5;
    const [wide, alpha] = [OLDEST.wide, OLDEST.alpha].map((oldest) => oldest + (1 - oldest) * share);
    return { from: Math.floor((to * k) / count), to: Math.floor((to * (k + 1)) / count), wide, alpha };
  });
}

/** The step at which a path has arrived: in the tolerance of a known minimum, where that is told, else its last. */
export const arrivalOf = ({ outcome, steps }) => (outcome?.reached >= 0 ? outcome.reached : steps[steps.length - 1]);

/** How large the mark of a path is at the clock. */
export const markSize = (lane, { step }) => (step >= arrivalOf(lane) ? FULL : SMALL);

/** How far each ring has spread that goes out from a path now, 0 to 1: of bursts, of its arrival. None where nothing
 * moves, or nobody wants it to. */
export function ringsOf(lane, clock) {
  if (!clock.playing || matchMedia("(prefers-reduced-motion: reduce)").matches) return [];
  const events = [...(lane.outcome?.bursts ?? []), arrivalOf(lane)];
  return events
    .map((event) => (clock.step - event) / (RING * clock.last))
    .filter((spread) => spread >= 0 && spread < 1);
}

/** A ring about a pixel. */
export function ring(context, px, py, spread, colour) {
  context.beginPath();
  context.arc(px, py, 8 + 22 * spread, 0, 7);
  Object.assign(context, { strokeStyle: colour, lineWidth: 4 * (1 - spread) + 0.5, globalAlpha: 1 - spread });
  context.setLineDash([]);
  context.stroke();
  context.globalAlpha = 1;
}

/** Whether the visit is the first one to this browser, and came without a link: then its run is played once, softly. */
export function firstVisit() {
  try {
    if (location.search || localStorage.getItem("lab-played")) return false;
    localStorage.setItem("lab-played", "1");
    return true;
  } catch {
    return false; // no storage: nobody knows
  }
}
