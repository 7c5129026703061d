// Hearing what happens in a room. What is told is told anew after a cut; a proxy that holds back a stream is asked from
// time to time instead.

/** @typedef {import("./voice.js").Told} Told */

import { ask, Refusal } from "./voice.js";

const FIRST = 4000; // in which a stream must begin, or it is held back
const SIGN = 12_000; // in which there is one sign of life
const SILENCE = 25_000; // without any
const EVERY = 1500; // between two questions where streams are held back
const GONE = ["unknown", "ended", "room_full", "not_presenter"]; // there is no use in asking again

/** What server-sent events say, piece by piece: each call gives the messages that are complete. */
export function events() {
  let rest = "";
  return (text) => {
    const parts = (rest + text).replaceAll("\r\n", "\n").split("\n\n");
    rest = parts.pop();
    const data = parts.map((part) => part.match(/^data: ?(.*)$/m)?.[1]);
    return data.filter((each) => each !== undefined).map((each) => JSON.parse(each));
  };
}

/**
 * Hear what happens in a room, whatever the network does.
 * @param {{path: string, headers: () => Record<string, string>, enter?: () => Promise<unknown>,
 *   told: (state: Told) => void, lost: () => void, gone: (told: any) => void}} how enter: before one listens, again
 *   when the room does not know one any more; lost: the network is; gone: there is nothing to hear any more
 */
export function listening({ path, headers, enter, told, lost, gone }) {
  const ear = { closed: false, entered: false, polls: false, trials: 0, sign: 0, cut: null, wake: () => {} };

  /** @returns {Promise<void>} */
  const wait = (milliseconds) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      ear.wake = () => (clearTimeout(timer), resolve());
    });

  function heard(state) {
    ear.trials = 0;
    if (ear.closed) return;
    if (state.ended) end({ refused: "ended" });
    else told(state);
  }

  function end(why) {
    ear.closed = true;
    gone(why);
  }

  async function stream() {
    const cut = (ear.cut = new AbortController());
    let timer = setTimeout(() => cut.abort("late"), FIRST);
    try {
      const answer = await fetch(`${path}/events`, { headers: headers(), signal: cut.signal, cache: "no-store" });
      if (!answer.ok) throw new Refusal(await answer.json());
      const read = events();
      for await (const text of pieces(answer.body)) {
        clearTimeout(timer);
        timer = setTimeout(() => cut.abort("silent"), SILENCE);
        ear.sign = Date.now();
        read(text).map(heard);
        if (ear.closed) return cut.abort();
      }
      throw new Error("the stream has ended");
    } catch (error) {
      const { aborted, reason } = cut.signal;
      if (aborted && reason === "late") ear.polls = await answers();
      else if (!ear.closed && !(aborted && reason === "back")) throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  // Whether it was the stream that was held back, and not the network that is away.
  async function answers() {
    heard(await ask(`${path}/state`, "GET", headers()));
    return true;
  }

  async function poll() {
    await answers();
    await wait(EVERY);
  }

  async function live() {
    while (!ear.closed) {
      try {
        if (!ear.entered) await enter?.();
        ear.entered = true;
        await (ear.polls ? poll() : stream());
      } catch (error) {
        await after(error);
      }
    }
  }

  async function after(error) {
    const refused = error instanceof Refusal ? error.told : null;
    if (ear.closed) return;
    if (refused && GONE.includes(refused.refused)) return end(refused);
    if (refused?.refused === "no_seat") ear.entered = false;
    else if (!refused) lost();
    await wait(Math.min(500 * 2 ** ear.trials++, 4000) * (0.75 + Math.random() / 2)); // a class does not come at once
  }

  // The network is back, or the phone is looked at again: what was held up is asked for at once.
  const back = () => {
    if (document.visibilityState === "hidden") return;
    ear.wake();
    if (Date.now() - ear.sign > SIGN) ear.cut?.abort("back");
  };
  /** @type {[EventTarget | undefined, string][]} */
  const signs = [
    [globalThis.window, "online"],
    [globalThis.document, "visibilitychange"],
  ];
  for (const [where, sign] of signs) where?.addEventListener(sign, back);
  ear.close = () => {
    ear.closed = true;
    for (const [where, sign] of signs) where?.removeEventListener(sign, back);
    ear.wake();
    ear.cut?.abort();
  };
  live();
  return ear;
}

async function* pieces(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}
