// How a browser speaks with a room: what is said is answered, refused, or to be said again.

// A class in a room, as a browser speaks with it. What is said is said again until it is answered; what is told is told
// anew after a cut. A proxy that holds back a stream is asked from time to time instead.

export const ROOMS = new URL("../../../../room", import.meta.url); // beside this version's files

const PATIENCE = 8000; // milliseconds for one answer

/** @typedef {{code: string, secret: string, address: string, reachable: boolean}} Room `address`: for phones */
/** @typedef {[any, number][]} Tally votes of a round, and how often each was given */
/**
 * What everybody is told; `votes` by rounds, once they are shown, null where they are too many to be sent to all.
 * @typedef {{deck: string, stop: string | number, question: number, round?: number, phase?: string, open?: boolean,
 *   asked?: any, votes?: Tally[] | null, answer?: any, ended?: boolean}} Told
 */

/** What was refused, with its code. */
export class Refusal extends Error {
  constructor(told) {
    super(told.refused);
    this.told = told;
  }
}

export async function ask(url, method, headers, said, signal = AbortSignal.timeout(PATIENCE)) {
  const answer = await fetch(url, { method, headers, body: said && JSON.stringify(said), signal, cache: "no-store" });
  const told = await answer.json(); // what a proxy says is no JSON
  if (told.refused) throw new Refusal(told);
  if (!answer.ok) throw new Error(answer.statusText);
  return told;
}

// Nobody is obliged to have a storage: without one, a page that is loaded again is somebody else.
export function kept(storage, key, value) {
  try {
    if (value === undefined) return JSON.parse(globalThis[storage].getItem(key));
    if (value === null) globalThis[storage].removeItem(key);
    else globalThis[storage].setItem(key, JSON.stringify(value));
  } catch {
    return null;
  }
  return value;
}

export const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** As codes are written: in capitals, without blanks. */
export const tidied = (code) => code.toUpperCase().replace(/[^A-Z]/g, "");
