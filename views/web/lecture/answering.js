// What a phone answers with: buttons, an order that is tapped, a slider, a place, a sketch. Each can be worked by keys.

import { number, scale } from "../kit/axes.js";
import { button, made } from "../kit/parts.js";
import { choicesOf, isOfChoices, isPlace, rangeOf, same, windowOf } from "./asked.js";
import { drawDot, drawLine, makeSquare } from "./square.js";

const STEPS = 400; // of a slider
const STRIDE = 0.025; // of the window, for an arrow key
const APART = 0.004; // of the window, between two points of a sketch
const MOST = 1500; // points of a sketch that is sent

/**
 * The way to answer a question: {element, show(mine, open)}, or null where there is none.
 * @param {any} asked see asked.js
 * @param {{words: Record<string, string>, language: string, vote: (value: any) => void}} on
 */
export function answering(asked, on) {
  const main = { choice, order, number: slider, place, sketch }[asked?.kind]?.(asked, on) ?? null;
  if (!main || isOfChoices(asked) || !choicesOf(asked, on.language).length) return main;
  const instead = choice(asked, on);
  const show = (mine, open) => {
    main.show(typeof mine === "string" ? null : mine, open);
    instead.show(mine, open);
  };
  return { element: made("div", "both", main.element, instead.element), show };
}

function choice(asked, { language, vote }) {
  const offered = choicesOf(asked, language).map(([value, label]) => [
    value,
    button(label, "", () => vote(value), false),
  ]);
  for (const [, face] of offered) face.removeAttribute("title");
  const show = (mine, open) => {
    for (const [value, face] of offered) {
      face.setAttribute("aria-pressed", String(mine !== null && same(value, mine)));
      face.disabled = !open;
    }
  };
  return { element: made("div", "choices", ...offered.map(([, face]) => face)), show };
}

function order(asked, { words, language, vote }) {
  let [picked, opened] = [[], true];
  const offered = choicesOf(asked, language).map(([value, label]) => {
    const face = button("", "", () => pick(value), false);
    face.removeAttribute("title");
    const place = made("span", "place");
    face.append(place, label);
    return { value, face, place };
  });
  const again = button(words.clear, words.clear, () => ((picked = []), paint()));
  function pick(value) {
    picked = picked.some((each) => same(each, value))
      ? picked.filter((each) => !same(each, value))
      : [...picked, value];
    paint();
    if (picked.length === offered.length) vote(picked);
  }
  function paint() {
    for (const { value, face, place } of offered) {
      const at = picked.findIndex((each) => same(each, value));
      place.textContent = at < 0 ? "·" : String(at + 1);
      face.setAttribute("aria-pressed", String(at >= 0));
      face.disabled = !opened;
    }
    again.disabled = !opened || !picked.length;
  }
  const show = (mine, open) => {
    opened = open;
    if (Array.isArray(mine)) picked = mine;
    paint();
  };
  return { element: made("div", "choices", ...offered.map(({ face }) => face), again), show };
}

function slider(asked, { words, vote }) {
  const { low, high, log, whole } = rangeOf(asked);
  const place = scale(low, high, 0, STEPS, log);
  const input = Object.assign(made("input", ""), { type: "range", min: "0", max: String(STEPS), step: "1" });
  input.value = String(STEPS / 2);
  input.setAttribute("aria-label", words.how_number);
  const value = () => {
    const exact = place.invert(Number(input.value));
    return whole ? Math.round(exact) : Number(exact.toPrecision(3));
  };
  const told = made("output", "");
  const send = button(words.vote, words.vote, () => vote(value()));
  const paint = () => {
    told.textContent = `${number(value(), 3)} ${asked.unit ?? ""}`.trim();
    input.setAttribute("aria-valuetext", told.textContent);
  };
  input.oninput = paint;
  const show = (mine, open) => {
    if (Number.isFinite(mine)) input.value = String(Math.round(place(mine)));
    input.disabled = send.disabled = !open;
    paint();
  };
  const ends = made("div", "ends", made("span", "", number(low, 3)), made("span", "", number(high, 3)));
  return { element: made("div", "slide", told, input, ends, send), show };
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// A square that answers to a pointer and to keys; `moved(place, first)` where it is pressed and drawn, `done()` after.
function touched(asked, { words, vote }, on) {
  const state = { open: true, drawn: null, sent: null };
  const square = makeSquare(asked, (context, frame, theme) =>
    on.draw(context, frame, theme, state.drawn ?? state.sent),
  );
  const { canvas } = square;
  const [x0, x1, y0, y1] = windowOf(asked);
  Object.assign(canvas, { tabIndex: 0 });
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `${words.surface}. ${words[`how_${asked.kind}`]}`);
  let [held, at] = [false, isPlace(asked.start) ? asked.start : [(x0 + x1) / 2, (y0 + y1) / 2]];
  const move = (place, first) => {
    at = place;
    state.drawn = on.moved(state.drawn, place, first);
    square.paint();
  };
  const send = () => {
    const value = on.value(state.drawn);
    if (state.open && value) vote(value);
  };
  canvas.onpointerdown = (event) => {
    if (!state.open) return;
    canvas.setPointerCapture(event.pointerId);
    held = true;
    move(square.placeAt(event), true);
  };
  canvas.onpointermove = (event) => held && move(square.placeAt(event), false);
  canvas.onpointerup = () => held && ((held = false), send());
  canvas.onpointercancel = () => ((held = false), (state.drawn = null), square.paint());
  canvas.onkeydown = (event) => {
    const way = ARROWS[event.key];
    if (!state.open || !(way || event.key === "Enter")) return;
    event.preventDefault();
    if (!way) return send();
    const next = [at[0] + way[0] * STRIDE * (x1 - x0), at[1] + way[1] * STRIDE * (y1 - y0)];
    move([Math.min(Math.max(next[0], x0), x1), Math.min(Math.max(next[1], y0), y1)], !state.drawn);
  };
  const show = (mine, open) => {
    state.open = open;
    if (!same(mine, state.sent)) Object.assign(state, { sent: mine, drawn: null });
    canvas.classList.toggle("closed", !open);
    square.paint();
  };
  const missing = made("p", "told");
  square.failed?.then((failed) => failed && (missing.textContent = words.no_surface));
  return { element: made("div", "touched", canvas, missing), show };
}

const place = (asked, on) =>
  touched(asked, on, {
    moved: (_, place) => place,
    value: (place) => place?.map(short),
    draw: (context, frame, theme, place) => place && drawDot(context, frame, place, theme.lanes[0], 11, theme),
  });

function sketch(asked, on) {
  const [x0, x1, y0, y1] = windowOf(asked);
  const far = ([a, b], [c, d]) => Math.hypot((a - c) / (x1 - x0), (b - d) / (y1 - y0)) > APART;
  return touched(asked, on, {
    moved: (line, place, first) =>
      first || !line ? [place] : far(line.at(-1), place) && line.length < MOST ? [...line, place] : line,
    value: (line) => (line?.length > 1 ? line.map((place) => place.map(short)) : null),
    draw: (context, frame, theme, line) => {
      if (!line?.length) return;
      drawLine(context, frame, line, theme.halo, 9);
      drawLine(context, frame, line, theme.lanes[0], 5);
      drawDot(context, frame, line[0], theme.paper, 6, theme);
    },
  });
}

const short = (value) => Number(value.toPrecision(6));
