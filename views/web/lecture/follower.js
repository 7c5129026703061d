// Who follows a room and votes: what is said is said again until it is answered.

/** @typedef {import("./voice.js").Told} Told */

import { listening } from "./ear.js";
import { ask, kept, Refusal, ROOMS, random, tidied } from "./voice.js";

const SEAT = "lab-seat"; // of the browser, in the room that it was in last

/**
 * Follow a room's presenter and vote. `onState` hears what everybody is told, and of this seat: `mine`, its vote in
 * this round; `chosen`, the same or the one that is still under way (`sending`); `refused`, why the last one was not
 * taken, or why there is nothing to follow (`gone`); `away`, whether the network is.
 * @param {string} code
 * @param {{onState: (state: Told & {mine: any, chosen: any, sending: boolean, refused: any, away: boolean,
 *   gone: boolean}) => void,
 *   rooms?: URL | string}} how
 */
export function follower(code, { onState, rooms = ROOMS }) {
  const path = `${rooms}/${tidied(code)}`;
  const before = kept("localStorage", SEAT);
  const me = before?.path === path ? before : { path, seat: random(), vote: null };
  const now = { mine: null, sending: false, refused: null, away: false, gone: false };
  const headers = () => ({ "Lab-Seat": me.seat });
  /** @type {Told} */
  let state = { deck: "", stop: "", question: 0 };
  let number = 0; // of the last vote that was taken
  let newest = 0; // question that was asked here
  let busy = false;
  const isNow = (vote) => vote?.question === state.question && vote.round === (state.round ?? 0);
  const tell = () =>
    onState({ ...state, ...now, sending: Boolean(me.vote), chosen: isNow(me.vote) ? me.vote.value : now.mine });
  const keep = () => kept("localStorage", SEAT, now.gone ? null : me);

  async function enter() {
    const sat = await ask(`${path}/seat`, "PUT", headers());
    [number, now.mine] = [sat.number, sat.mine];
    keep();
    told(sat.state);
    deliver();
  }

  function told(next) {
    const other = next.question !== state.question || (next.round ?? 0) !== (state.round ?? 0);
    const known = state.question > 0 || state.deck !== "";
    if (other && known) Object.assign(now, { mine: null, refused: null });
    const again = other && next.question && next.question <= newest; // a question of before
    newest = Math.max(newest, next.question ?? 0);
    [state, now.away] = [next, false];
    tell();
    if (again) recall();
  }

  // The presenter has gone back: what this seat had voted there stands.
  async function recall() {
    try {
      now.mine = (await ask(`${path}/seat`, "PUT", headers())).mine;
      tell();
    } catch {
      // the next message tells
    }
  }

  // One vote at a time, the newest, with the same number until it is answered: a cut loses none, and none counts twice.
  async function deliver() {
    if (busy) return;
    busy = true;
    for (let trials = 0; me.vote && !ear.closed; ) {
      const vote = me.vote;
      vote.number ??= number + 1;
      try {
        const heard = (await ask(`${path}/vote`, "POST", headers(), vote)).number;
        number = heard;
        trials = 0;
        const others = heard > vote.number; // another tab of this browser has voted since
        if (others) vote.number = heard + 1;
        else settled(vote, null);
      } catch (error) {
        await unheard(vote, error, trials++);
      }
    }
    busy = false;
  }

  async function unheard(vote, error, trials) {
    const refused = error instanceof Refusal ? error.told : null;
    if (refused && !["too_fast", "no_seat", "house_full"].includes(refused.refused)) return settled(vote, refused);
    if (refused?.refused === "no_seat") await ask(`${path}/seat`, "PUT", headers()).catch(() => {});
    if (!refused) now.away = true;
    tell();
    await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** trials, 4000)));
  }

  function settled(vote, refused) {
    if (me.vote === vote) me.vote = null;
    now.refused = refused;
    if (!refused && isNow(vote)) now.mine = vote.value;
    keep();
    tell();
  }

  const ear = listening({
    path,
    headers,
    enter,
    told,
    lost: () => ((now.away = true), tell()),
    gone: (why) => {
      Object.assign(now, { gone: true, refused: why });
      me.vote = null;
      keep();
      tell();
    },
  });

  return {
    /** Vote, or change the vote: kept until the room has it. */
    vote(value) {
      if (!state.question) return Promise.resolve();
      me.vote = { question: state.question, round: state.round ?? 0, value };
      now.refused = null;
      keep();
      tell();
      return deliver();
    },
    /** Go for good; the seat and what could still be changed go along. */
    async leave() {
      ear.close();
      kept("localStorage", SEAT, null);
      await ask(`${path}/seat`, "DELETE", headers()).catch(() => {});
    },
  };
}
