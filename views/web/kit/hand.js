// The experiment in the hand: its link, changed by edits, whose picture is had by its address. While a hand drags, one
// question is under way and the newest edits wait behind it; a click does not wait. The panel of what is in the hand is
// had by its link, too. Python hears of that link when it is asked for something else, or something of its own shows
// what has been changed: a fold that is open, a part of the page that follows and is seen, a stage of a demonstration
// that is reached or left.

import { handTo, left, send, showPanel, undone } from "./edits.js";
import { unpack } from "./wire.js";

const REST = 300; // milliseconds
const KEPT = 12; // pictures
const SOON = 1500; // milliseconds after which it is said that an answer takes longer than usual
const HELD = new Set([
  ...["start", "ground", "compare", "steps", "noise", "seed", "tolerance", "knobs", "lanes", "schedule_all"],
  ...["point", "critical", "tau", "tau_auto", "reach", "leave", "net"],
]);
const SETS_OUT = ["start", "leave"]; // edits after which there is something to play
// Edits that count each time; cards have other numbers then.
const EACH = /^(net\.)?(lanes\.(add|\d+\.(copy|keep|remove))|compare|remedy\.\d+)$/;
const USES = ["pointerdown", "keydown", "click"]; // of a menu; who reads a screen aloud may only click
const pictures = new Map(); // by kind and link
const headers = { "Lab-Visitor": crypto.randomUUID?.() ?? String(Math.random()) }; // whose turn in the queue it is

/**
 * `kind`: of picture, the name of its address; shown(picture, how): what is to be drawn, {header, floats}, and how:
 * {moved, problems}; waits(share): how far a long run is, null when it has ended; speaks: whether the picture has
 * sentences, in the page's language; fits(header): whether the page has a place for all of it.
 * @param {string} kind
 * @param {{shown: Function, waits: Function, at: HTMLElement, speaks: boolean, fits?: Function}} on
 */
export function takeInHand(kind, { shown, waits, at, speaks, fits = () => true }) {
  const page = location.pathname;
  const hand = { link: "", picture: null, told: 0, visit: null };
  const name = (link) => `${kind} ${speaks ? hand.visit.language : ""} ${link}`;
  let [edits, asking, known, timer, renumbered, component] = [[], null, "", 0, 0, null];
  let loud = false; // whether Python is to hear of an edit
  let base = 0; // what of Python's changes the latest edit had seen: a menu used since then comes before it

  hand.takes = (path) => hand.picture !== null && (HELD.has(path.split(".")[0]) || hand.visit.own.includes(path));

  hand.edit = (from, path, value, live) => {
    component = from;
    base = hand.visit.sequence;
    if (renumbered && /^(net\.)?lanes\.\d/.test(path)) return; // meant for a card of another number
    if (EACH.test(path)) renumbered = hand.told + 1;
    else edits = edits.filter((each) => each.path !== path);
    edits.push({ path, value, live });
    ask();
  };

  /** Python has sent a panel: whether it is of what is in the hand; of that the page asks for it, if not. */
  hand.renewed = (learned) => {
    const older = hand.picture && (learned < hand.told || hand.link !== known);
    if (older) renew();
    else if (learned >= renumbered) renumbered = 0;
    return !older;
  };

  // Cards have their numbers then.
  async function renew() {
    const { link } = hand;
    if (link === null) return;
    try {
      const answer = await fetch(address(link, [], false, `${kind}_panel`), { headers });
      if (answer.status === 503) return setTimeout(renew, 1000 * wait(answer));
      const { header } = await unpack(await lastOf(answer));
      if (link !== hand.link) return renew();
      if (!asking && !edits.length) renumbered = 0;
      showPanel(header);
    } catch {
      loud = true;
      if (link === hand.link) tell(); // then Python brings it
    }
  }

  // Whoever asks anew, unless both are of one drag, does not wait for what is under way.
  async function ask(run = false, before = asking?.before) {
    if (asking && !run && !asking.run && edits.every(({ live }) => live)) return;
    asking?.control.abort();
    if (asking?.run && !run) waits(null);
    const { language } = hand.visit;
    const mine = { edits: [...(asking?.edits ?? []), ...edits], control: new AbortController(), run, language, before };
    [asking, edits] = [mine, []];
    if (run) waits(0);
    else setTimeout(() => asking === mine && !mine.told && waits(null, { slow: true }), SOON);
    try {
      const answer = await fetch(address(hand.link, mine.edits, run), { headers, signal: mine.control.signal });
      if (answer.status === 503) return later(mine, answer);
      const told = (share) => asking === mine && waits(share);
      const picture = await unpack(await lastOf(answer, told, (part) => grows(mine, part)));
      if (asking !== mine) return;
      asking = null;
      if (run) waits(null);
      taken(picture, mine, JSON.parse(decodeURIComponent(answer.headers.get("Lab-Refused") ?? "{}")));
    } catch (error) {
      if (asking !== mine) return; // overtaken
      if (error instanceof TypeError && isCut()) return again(mine, { seconds: 1, cut: true });
      [asking, renumbered] = [null, 0];
      waits(null);
      if (error.name === "AbortError") return;
      console.warn(`${kind}: ${error.message}`);
      tell(); // what was changed before comes before
      for (const { path, value, live } of mine.edits) send(component, path, value, live); // as pages without a hand do
    }
  }

  async function grows(mine, part) {
    const picture = await unpack(part);
    if (asking !== mine) return;
    hand.picture = picture;
    mine.grown = true;
    shown(picture, { moved: "steady", problems: {}, grows: true });
  }

  function later(mine, answer) {
    again(mine, { seconds: wait(answer), place: Number(answer.headers.get("Lab-Place")) || 1 });
  }

  function again(mine, why) {
    waits(null, why);
    mine.told = true;
    setTimeout(() => {
      if (asking !== mine) return;
      asking = null;
      edits = [...mine.edits, ...edits];
      ask(mine.run);
    }, 1000 * why.seconds);
  }

  function taken(picture, mine, problems) {
    const live = mine.edits.length > 0 && mine.edits.every((each) => each.live);
    const sets = mine.edits.some(({ path, live }) => SETS_OUT.includes(path) && !live && !problems[path]);
    if (mine.edits.some(({ path }) => problems[path] && EACH.test(path))) renumbered = 0;
    const before = mine.before ?? { link: hand.link, picture: hand.picture }; // what is shown
    hand.link = picture.header.link;
    if (mine.run) known = ""; // there is more to be had of it
    if (mine.language !== hand.visit.language) return ask();
    // What takes longer is asked about, or said to be impossible, where Python asks, and what looks otherwise is laid
    // out by it: it is told at once.
    if (picture.header.begins && !edits.length && !live) return ask(true, before);
    if (!picture.header.lanes || !fits(picture.header)) return edits.length ? ask() : live || rests(true);
    hand.picture = keep(name(hand.link), picture);
    const hears = ({ path }) => hand.visit.hears.includes(path.replaceAll(/\.\d+/g, ""));
    if (edits.length)
      ask(); // the next is worked out while this one is painted
    else if (!live) rests(false, mine.edits.some(hears));
    shown(picture, { moved: sets || (mine.run && !mine.grown) ? "race" : "steady", problems, live });
  }

  // Whether nothing of Python's shows what has been changed since it last heard.
  const calm = () =>
    hand.visit.calm &&
    ![known, hand.link].some((link) => hand.visit.stages.includes(link)) &&
    !document.querySelector(".st-key-folded details[open]") &&
    ![...document.querySelectorAll(".st-key-follows")].some(isSeen);

  // What follows comes into sight.
  const scrolled = () => {
    if (!component || hand.link === known || asking || calm()) return;
    clearTimeout(timer);
    timer = setTimeout(tell, REST);
  };
  addEventListener("scroll", scrolled, { capture: true, passive: true });

  // The address is right at once; Python hears of it a moment later, or not before there is more to tell.
  function rests(now = false, heard = false) {
    const told = hand.link === hand.visit.unsaid ? [] : hand.link.split("&").filter(Boolean);
    const mine = (each) => hand.visit.own.includes(each.split("=")[0]);
    const others = location.search.slice(1).split("&");
    const kept = others.filter((each) => each && !hand.visit.fields.includes(each.split("=")[0]));
    const first = (each) => hand.visit.before.includes(each.split("=")[0]);
    const [before, after] = [kept.filter(first), kept.filter((each) => !first(each))];
    const said = [...before, ...told.filter((each) => !mine(each)), ...after, ...told.filter(mine)];
    const query = said.join("&"); // as Python writes it
    if (`?${query}` !== location.search) history.pushState({}, "", location.pathname + (query && `?${query}`));
    clearTimeout(timer);
    if (!now && !heard && !loud && calm()) return renew();
    loud = true;
    if (renumbered || now) tell();
    else timer = setTimeout(tell, REST);
  }

  function tell() {
    clearTimeout(timer);
    if ((asking && !asking.run) || !component || hand.link === known) return;
    known = hand.link;
    loud = false;
    hand.told += 1;
    const { parts, session, own } = hand.visit;
    component.seen = base;
    send(component, "link", [hand.link, parts, hand.told, hand.picture.header.link === hand.link, session, own]);
  }
  hand.tell = tell;

  /** What Python says: the picture of its link, unless the hand has gone on from there. */
  hand.heard = async (visit, bytes) => {
    const translated = speaks && hand.visit && hand.visit.language !== visit.language;
    const another = hand.visit && hand.visit.session !== visit.session; // another server, which has heard nothing
    hand.visit = visit;
    if (another) {
      [hand.told, known, renumbered, base] = [0, visit.link, 0, 0];
      if (visit.sequence)
        hand.link = known; // somebody has chosen something there already
      else if (hand.link !== known) rests();
    }
    const ahead = hand.picture && hand.link !== known; // of what Python has heard
    if (asking?.run && !ahead && visit.learned >= hand.told && visit.link !== hand.link) {
      asking.control.abort(); // a menu has left what runs
      asking = null;
    }
    if (visit.link !== known && (asking || ahead)) {
      loud = true; // a menu was used meanwhile, and comes first: Python is to hear of this, and to say so
      clearTimeout(timer);
      if (!asking) timer = setTimeout(tell, REST);
    }
    if (ahead || visit.learned < hand.told || asking || edits.length) return hand.picture;
    hand.link = known = visit.link;
    if (visit.link === hand.picture?.header.link && !bytes.length && !translated) return hand.picture;
    const coming = async () =>
      unpack(bytes.length ? bytes : await lastOf(await fetch(address(visit.link, []), { headers })));
    const picture = (!bytes.length && pictures.get(name(visit.link))) || (await coming());
    hand.picture = keep(name(picture.header.link), picture);
    return picture;
  };

  /** What belongs to the picture, and is asked for when it is wanted: {header, floats}. */
  hand.more = (what) => {
    const { picture } = hand;
    picture[what] ??= fetch(address(picture.header.link, [], false, what))
      .then((answer) => lastOf(answer))
      .then(unpack);
    picture[what].catch(() => delete picture[what]);
    return picture[what];
  };

  /** Of a picture that waits for a click, how it begins: shown instead, unless there is another one by then. */
  hand.begin = async (what) => {
    const before = hand.picture;
    const picture = await hand.more(what);
    if (hand.picture !== before || asking || !picture.header.lanes.length) return;
    hand.picture = picture;
    shown(picture, { moved: "steady", problems: {} });
  };

  hand.run = () => ask(true);
  /** End what runs; what an edit has begun is taken back. */
  hand.cancel = () => {
    if (!asking?.run) return;
    const { control, before } = asking;
    control.abort();
    if (!before) return;
    asking = null;
    waits(null);
    Object.assign(hand, before);
    ask();
  };

  // The browser's Back and Forward: what Python has not heard of is over. What it knows is shown until it says more.
  const back = async () => {
    clearTimeout(timer);
    [edits, renumbered] = [[], 0];
    asking?.control.abort();
    asking = null;
    if (location.pathname !== page) hand.link = known; // another page knows it by its address
    if (hand.link === known) return;
    undone();
    const fields = location.search.slice(1).split("&");
    const said = fields.filter((each) => hand.visit.fields.includes(each.split("=")[0])).join("&") || hand.visit.unsaid;
    if (pictures.has(name(said))) known = said; // Python is about to hear it from the browser
    const picture =
      pictures.get(name(known)) ?? (await unpack(await lastOf(await fetch(address(known, []), { headers }))));
    if (asking) return;
    loud = false;
    Object.assign(hand, { link: known, picture });
    shown(picture, { moved: "steady", problems: {} });
  };
  addEventListener("popstate", back);

  // A menu of Streamlit is about to be used: it changes what Python knows. Who follows a link takes the address along.
  const ours = (each) => each === at || each.matches?.(".panel, .plot, .st-key-menu a");
  const elsewhere = (event) => event.composedPath().some(ours) || tell();
  for (const event of USES) document.addEventListener(event, elsewhere, true);
  hand.close = () => {
    removeEventListener("popstate", back);
    removeEventListener("scroll", scrolled, true);
    for (const event of USES) document.removeEventListener(event, elsewhere, true);
    tell();
    asking?.control.abort();
    asking = null;
    hand.link = null; // a panel that is on its way is that of a page which has been left
    handTo(null);
    left();
  };
  handTo(hand);
  return hand;

  function address(link, changes, run = false, what = kind) {
    const asked = changes.map(({ path, value }) => `&edit=${encodeURIComponent(JSON.stringify([path, value]))}`);
    const tongue = speaks || what.endsWith("_panel");
    const more = [...asked, run ? "&long=1" : "", tongue ? `&lang=${hand.visit.language}` : ""];
    return new URL(`../../${what}?${link}${more.join("")}`, import.meta.url);
  }
}

function isSeen(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && top < innerHeight && bottom > 0;
}

// Python cannot be reached either: there is nobody else to be told.
function isCut() {
  /** @type {HTMLElement | null} */
  const app = document.querySelector("[data-testid=stApp]");
  const state = app?.dataset.testConnectionState;
  return Boolean(state) && state !== "CONNECTED";
}

function keep(key, picture) {
  pictures.delete(key);
  if (!picture.header.seconds) pictures.set(key, picture); // else it waits, and will be another one
  for (const old of [...pictures.keys()].slice(0, -KEPT)) pictures.delete(old);
  return picture;
}

const wait = (answer) => Number(answer.headers.get("Retry-After")) || 1;

/** What an answer holds; of one that comes in parts, each as its length and its bytes, the last. The others are shares,
 * and what there is of the picture at a share. */
async function lastOf(answer, told = (_share) => {}, grown = async (_part) => {}) {
  if (!answer.ok) throw new Error(await answer.text());
  if (!answer.headers.get("Content-Type").includes("parts")) return new Uint8Array(await answer.arrayBuffer());
  let [rest, share] = [new Uint8Array(), 0];
  for await (const chunk of answer.body) {
    rest = joined(rest, chunk);
    while (rest.length >= 4) {
      const size = new DataView(rest.buffer, rest.byteOffset).getUint32(0, true);
      if (rest.length < 4 + size) break;
      const part = rest.slice(4, 4 + size);
      rest = rest.slice(4 + size);
      const whole = part[0] !== 123 && share === 1; // no "{": not a share
      if (whole) return part;
      if (part[0] !== 123) await grown(part);
      else told((share = JSON.parse(new TextDecoder().decode(part)).share));
    }
  }
  throw new Error("the answer ended before its picture");
}

function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
