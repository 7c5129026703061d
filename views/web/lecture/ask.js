// A question on the screen: it is asked, answered with a hand, a pointer or keys, and then its answer is shown beside
// the guess. Until then nothing of the answer is here.

import { number, scale } from "../kit/axes.js";
import { button, made } from "../kit/parts.js";
import { answering } from "./answering.js";
import { isPlace } from "./asked.js";
import { drawDot, drawLine, makeSquare } from "./square.js";

const LINK = "data-ask";
const WALK = 2500; // milliseconds in which a path is walked, its steps evenly

/** What a room and its phones are told of a question, see asked.js. */
export const asRoom = ({ form, says, choices, scale, map }) => ({
  kind: form,
  text: says,
  choices: choices.map(({ key, says }) => [key, says]),
  ...(map ? { window: map.window, relief: map.url, start: map.start, names: map.names } : {}),
  ...(scale ?? {}),
});

/**
 * Ask: `onCommit(guess)` once, when somebody has decided. What was answered in this tab already is shown as it was.
 * @param {HTMLElement} element
 * @param {Payload.ToldQuestion} asked
 * @param {{onCommit: (guess: any) => void, words?: Record<string, string>}} on
 */
export function ask(element, asked, { onCommit }) {
  const { words } = asked;
  const before = kept(asked);
  const state = { guess: before, done: false };
  const commit = button(words.commit, "", () => (state.guess === null ? slid?.click() : decide(state.guess)));
  commit.removeAttribute("title");
  commit.className = "commit";
  const how = made("p", "how", before === null ? hint(asked) : words.committed);
  const widget = answering(asRoom(asked), {
    words: spoken(words, asked.form),
    language: "",
    vote: (guess) => (asked.form === "number" && typeof guess !== "string" ? decide(guess) : pick(guess)),
  });
  /** @type {HTMLButtonElement} */
  const slid = widget.element.querySelector(".slide button"); // it knows where the slider is
  slid?.parentElement.addEventListener("input", () => slide());

  function pick(guess) {
    if (before !== null) return;
    state.guess = guess;
    widget.show(guess, true);
    commit.disabled = false;
  }

  // Who moves the slider no longer means what stands beside it.
  function slide() {
    state.guess = null;
    for (const face of widget.element.querySelectorAll(".choices button")) face.setAttribute("aria-pressed", "false");
  }

  function decide(guess) {
    if (state.done) return;
    state.done = true;
    commit.disabled = true;
    sessionStorage.setItem(nameOf(asked), JSON.stringify(guess));
    how.textContent = words.committed;
    widget.show(guess, false);
    onCommit(guess);
  }

  dressed(element, asked);
  element.append(how, ...(asked.form === "choice" && asked.map ? [around(asked)] : []), widget.element, commit);
  widget.show(before, before === null);
  commit.disabled = before === null && !slid;
  const chosen = asked.form === "order" ? [] : asked.choices;
  const keys = (event) => {
    if (!how.isConnected || state.done) return document.removeEventListener("keydown", keys);
    keyed(event, (place) => chosen[place] && pick(chosen[place].key));
  };
  document.addEventListener("keydown", keys);
  if (asked.form === "choice") number9(widget.element);
}

/**
 * Show the answer beside the guess, which is null where nobody has guessed.
 * @param {HTMLElement} element
 * @param {Payload.ToldQuestion} asked
 * @param {Payload.ToldAnswer} answer
 * @param {any} guess
 */
export function reveal(element, asked, answer, guess) {
  const { words } = asked;
  dressed(element, asked);
  const shown = { choice: choices, order: orders, number: numbers, place: places, sketch: places }[asked.form];
  const told = made("p", "why", answer.why);
  told.setAttribute("role", "status");
  const share = answer.share === null ? "" : words.score.replace("{share}", String(Math.round(100 * answer.share)));
  element.append(shown(asked, answer, guess), told, made("p", "score", [answer.said, share].filter(Boolean).join(" ")));
}

/** What somebody has answered in this tab, null if nothing. */
export function kept(asked) {
  return JSON.parse(sessionStorage.getItem(nameOf(asked)) ?? "null");
}

const nameOf = ({ key }) => `lab-ask ${key}`;

function dressed(element, asked) {
  if (!document.head.querySelector(`[${LINK}]`)) {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet" });
    link.href = new URL("./ask.css", import.meta.url).href;
    link.setAttribute(LINK, "");
    document.head.append(link);
  }
  element.classList.add("question");
  element.dataset.form = asked.form;
  element.replaceChildren(made("h2", "", asked.says));
}

const hint = ({ form, words }) =>
  ({ choice: words.number_keys, order: words.lowest_first, place: words.click, sketch: words.draw })[form] ?? "";

// What the widgets of phones call things.
const spoken = (words, form) => ({
  surface: words[form === "sketch" ? "sketch" : "map"],
  how_place: words.click,
  how_sketch: words.draw,
  how_number: words.your_guess,
  vote: words.commit,
  clear: words.again,
  no_surface: words.no_map,
});

// The keys of a field are not those of a clicker; digits choose.
function keyed(event, choose) {
  const field = event.target instanceof Element && event.target.matches(".question :is(canvas, input, button)");
  if (/^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) choose(Number(event.key) - 1);
  else if (!field || !/^(Arrow.*|Enter| )$/.test(event.key)) return;
  event.stopPropagation();
}

// What lies around a point that is asked about.
function around(asked) {
  const square = makeSquare(asRoom(asked), () => {});
  square.canvas.setAttribute("role", "img");
  square.canvas.setAttribute("aria-label", asked.says);
  return made("div", "touched", square.canvas);
}

// The digit that chooses a button stands on it.
function number9(list) {
  [...list.querySelectorAll("button")].slice(0, 9).forEach((face, place) => {
    const digit = made("span", "place", String(place + 1));
    digit.setAttribute("aria-hidden", "true");
    face.setAttribute("aria-keyshortcuts", String(place + 1));
    face.prepend(digit);
  });
}

// ---- answers --------------------------------------------------------------------------------------------------------

function choices({ choices: offered, words }, { truth }, guess) {
  const list = made("ul", "answers");
  for (const { key, says } of offered) {
    const [right, own] = [truth.includes(key), key === guess];
    const marks = [right ? `✓ ${words.right}` : "", own ? words.guessed : ""].filter(Boolean).join(" · ");
    list.append(made("li", [right && "right", own && "own"].filter(Boolean).join(" "), says, made("b", "", marks)));
  }
  return list;
}

function orders({ choices: offered, words }, { truth }, guess) {
  const called = Object.fromEntries(offered.map(({ key, says }) => [key, says]));
  const true_ = Object.keys(called).sort((a, b) => truth[a] - truth[b]);
  const column = (head, keys, place) =>
    made("div", "", made("h3", "", head), made("ol", "", ...keys.map((key, i) => made("li", "", place(key, i)))));
  return made(
    "div",
    "columns",
    column(words.truth, true_, (key) => `${truth[key] + 1}. ${called[key]}`),
    ...(guess
      ? [column(words.your_guess, guess, (key, i) => `${i + 1}. ${called[key]} ${truth[key] === i ? "✓" : ""}`)]
      : []),
  );
}

function numbers(asked, { truth }, guess) {
  const { words, scale: range } = asked;
  const line = made("div", "line");
  const place = scale(range.low, range.high, 0, 100, range.log);
  /** @type {[string, string, any][]} */
  const both = [
    ["truth", words.truth, truth],
    ["own", words.your_guess, guess],
  ];
  const rows = both.filter(([, , value]) => value !== null && value !== undefined);
  const told = rows.map(([kind, name, value]) => {
    if (typeof value === "number") {
      const mark = made("span", `mark ${kind}`);
      mark.style.left = `${Math.min(Math.max(place(value), 0), 100)}%`;
      line.append(mark);
    }
    return made("p", kind, `${kind === "own" ? "○" : "●"} ${name}: `, made("b", "", valued(asked, value)));
  });
  const ends = made("div", "ends", ...[range.low, range.high].map((end) => made("span", "", number(end, 3))));
  return made("div", "numbers", line, ends, ...told);
}

function valued({ choices: offered, scale: range }, value) {
  if (typeof value === "string") return offered.find(({ key }) => key === value)?.says ?? value;
  const text = number(value, 3);
  return range.unit === "η" ? `η = ${text}` : [text, range.unit].filter(Boolean).join(" ");
}

function places(asked, answer, guess) {
  const { words } = asked;
  const { path } = answer; // as many steps from each of its places to the next
  let walked = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 0; // share of it
  const square = makeSquare(asRoom(asked), (context, frame, theme) => {
    const whole = walked === 1 || path.length < 2;
    if (answer.gap && whole) shaded(context, frame, answer.gap, theme);
    const way = whole ? path : path.slice(0, 1 + Math.ceil(walked * (path.length - 1)));
    if (way.length > 1) {
      drawLine(context, frame, way, theme.halo, 9);
      drawLine(context, frame, way, theme.lanes[1], 5);
    }
    const last = (whole && answer.end) || way.at(-1);
    if (last) drawDot(context, frame, last, theme.lanes[1], 11, theme);
    if (Array.isArray(guess?.[0])) {
      context.setLineDash([12, 8]);
      drawLine(context, frame, guess, theme.lanes[0], 5);
      context.setLineDash([]);
    } else if (isPlace(guess)) ringed(context, frame, guess, theme);
  });
  const named = (kind, mark, name, value) =>
    made("span", kind, `${mark} ${name}`, ...(typeof value === "string" ? [`: ${valued(asked, value)}`] : []));
  const sketch = asked.form === "sketch";
  const legend = made("p", "legend", named("truth", sketch ? "━" : "●", words.truth, answer.truth));
  if (guess !== null) legend.append(named("own", sketch ? "╍" : "◯", words.your_guess, guess));
  if (answer.gap) legend.append(made("span", "", words.gap));
  square.canvas.setAttribute("role", "img");
  square.canvas.setAttribute("aria-label", answer.why);
  const began = performance.now();
  const walk = (now) => {
    walked = Math.min(Math.max((now - began) / WALK, 0), 1);
    square.paint();
    if (walked < 1 && square.canvas.isConnected) requestAnimationFrame(walk);
  };
  if (walked < 1 && path.length > 1) requestAnimationFrame(walk);
  return made("div", "touched", square.canvas, legend);
}

// The gap between a sketch and the path.
function shaded(context, { x, y }, [sketch, path], theme) {
  context.beginPath();
  for (const [px, py] of [...sketch, ...path.toReversed()]) context.lineTo(x(px), y(py));
  context.globalAlpha = 0.35;
  context.fillStyle = theme.lanes[0];
  context.fill();
  context.globalAlpha = 1;
}

function ringed(context, { x, y }, [px, py], theme) {
  context.beginPath();
  context.arc(x(px), y(py), 12, 0, 7);
  for (const [wide, colour] of [
    [8, theme.halo],
    [4, theme.lanes[0]],
  ]) {
    [context.lineWidth, context.strokeStyle] = [wide, colour];
    context.stroke();
  }
}
