// Who leads a room.

/** @typedef {import("./voice.js").Told} Told */
/** @typedef {import("./voice.js").Room} Room */

import { listening } from "./ear.js";
import { ask, kept, Refusal, ROOMS } from "./voice.js";

const OWN = "lab-room"; // of the tab that has opened a room

/** Open a room: its code, the presenter's secret, and the address that phones go to. */
export async function openRoom(rooms = ROOMS) {
  const { code, secret, lan } = await ask(rooms, "POST", {});
  const page = new URL(`join?room=${code}`, rooms);
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(page.hostname); // an address that no phone can use
  if (here && lan) page.hostname = lan;
  /** @type {Room} */
  const room = { code, secret, address: page.href, reachable: !here || Boolean(lan) };
  kept("sessionStorage", OWN, room);
  return room;
}

/** The room that this tab has opened, if it is loaded again. */
/** @returns {Room | null} */
export const ownRoom = () => kept("sessionStorage", OWN);

/** The address of a room as a picture for phones: a data URL of an SVG. */
export async function qr(room, rooms = ROOMS) {
  const address = `${rooms}/${room.code}/qr?address=${encodeURIComponent(room.address)}`;
  const answer = await fetch(address, { headers: { "Lab-Secret": room.secret } });
  if (!answer.ok) throw new Refusal(await answer.json());
  return `data:image/svg+xml,${encodeURIComponent(await answer.text())}`;
}

/**
 * Lead a room. `onCounts` hears what everybody is told, and `seats`, `here` (those that listen), `voted` (by rounds);
 * once the distribution is shown, `votes` of every kind. What is asked for is sent in its order, again until it is
 * answered; each promise gives what was refused, or null.
 * @param {Room} room
 * @param {{onCounts: (counts: Told & {seats: number, here: number, voted: number[], away: boolean, gone: boolean})
 *   => void, rooms?: URL | string}} how
 */
export function presenter(room, { onCounts, rooms = ROOMS }) {
  const path = `${rooms}/${room.code}`;
  const headers = () => ({ "Lab-Secret": room.secret });
  const now = { away: false, gone: false };
  /** @type {any} */
  let counts = { deck: "", stop: "", question: 0, seats: 0, here: 0, voted: [] };
  let [counted, stale, asks] = [null, false, false];
  let line = Promise.resolve(/** @type {any} */ (null));
  const tell = () => {
    const shown = ["distribution", "revealed"].includes(counts.phase);
    const votes = shown && counted?.question === counts.question ? counted.rounds : null;
    onCounts({ ...counts, ...now, votes: shown ? (counts.votes ?? votes) : null });
  };

  function told(next) {
    [counts, now.away] = [next, false];
    if (next.votes === null) count(); // too many for everybody
    tell();
  }

  async function count() {
    stale = true;
    if (asks) return;
    asks = true;
    while (stale && !ear.closed) {
      stale = false;
      counted = await ask(`${path}/votes`, "GET", headers()).catch(() => counted);
      tell();
    }
    asks = false;
  }

  function send(method, where, said) {
    const act = async () => {
      for (let trials = 0; !ear.closed; trials++) {
        try {
          await ask(`${path}${where}`, method, headers(), said);
          return null;
        } catch (error) {
          if (error instanceof Refusal) return error.told;
          await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** trials, 4000)));
        }
      }
      return { refused: "ended" };
    };
    line = line.then(act);
    return line;
  }

  const ear = listening({
    path,
    headers,
    told,
    lost: () => ((now.away = true), tell()),
    gone: () => ((now.gone = true), kept("sessionStorage", OWN, null), tell()),
  });

  return {
    /** Go to a stop of a deck; `asked`: its question for phones, without the answer, or null. */
    at: (deck, stop, asked = null) => send("POST", "/at", { deck, stop, asked }),
    /** asking, closed, distribution or revealed; `payload`: the answer, to be told when it is revealed. */
    phase: (name, payload = null) => send("POST", "/phase", { phase: name, payload }),
    /** Vote again, after a discussion. */
    again: () => send("POST", "/again", { round: (counts.round ?? 0) + 1 }),
    /** End the room: nothing of it is kept. */
    async end() {
      const refused = await send("DELETE", "");
      ear.close();
      kept("sessionStorage", OWN, null);
      return refused;
    },
    /** Listen no more; the room stays. */
    close: () => ear.close(),
  };
}
