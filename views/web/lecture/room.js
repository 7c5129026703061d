// A class in a room, as a browser speaks with it. What is said is said again until it is answered; what is told is told
// anew after a cut. A proxy that holds back a stream is asked from time to time instead.

const ROOMS = new URL("../../../../room", import.meta.url); // beside this version's files
const PATIENCE = 8000; // milliseconds for one answer
const FIRST = 4000; // in which a stream must begin, or it is held back
const SIGN = 12_000; // in which there is one sign of life
const SILENCE = 25_000; // without any
const EVERY = 1500; // between two questions where streams are held back
const GONE = ["unknown", "ended", "room_full", "not_presenter"]; // there is no use in asking again

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

async function ask(url, method, headers, said, signal = AbortSignal.timeout(PATIENCE)) {
  const answer = await fetch(url, { method, headers, body: said && JSON.stringify(said), signal, cache: "no-store" });
  const told = await answer.json(); // what a proxy says is no JSON
  if (told.refused) throw new Refusal(told);
  if (!answer.ok) throw new Error(answer.statusText);
  return told;
}

// ---- what stays when a page is loaded again ------------------------------------------------------------------------

// Nobody is obliged to have a storage: without one, a page that is loaded again is somebody else.
function kept(storage, key, value) {
  try {
    if (value === undefined) return JSON.parse(globalThis[storage].getItem(key));
    if (value === null) globalThis[storage].removeItem(key);
    else globalThis[storage].setItem(key, JSON.stringify(value));
  } catch {
    return null;
  }
  return value;
}

const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** As codes are written: in capitals, without blanks. */
export const tidied = (code) => code.toUpperCase().replace(/[^A-Z]/g, "");

// ---- one ear -------------------------------------------------------------------------------------------------------

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
function listening({ path, headers, enter, told, lost, gone }) {
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

// ---- who follows ---------------------------------------------------------------------------------------------------

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

// ---- who presents --------------------------------------------------------------------------------------------------

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
