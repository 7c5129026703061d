// The row under a picture that plays its clock: buttons, slider, speed, and the keys that do the same.

import { whole } from "./axes.js";
import { icon } from "./look.js";
import { button } from "./parts.js";

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4];

/**
 * Fill the row; `more` are further buttons at its end. It is rebuilt when the language changes. Where the clock
 * `waits`, the play button has the focus, so that the keys are the picture's.
 */
export function buildPlay(bar, clock, words, language, more = [], waits = false) {
  build(bar, clock, words, language, more);
  if (waits && !isWriting()) bar.querySelector(".toggle").focus({ preventScroll: true });
}

/** Whether somebody is about to write into a field: the focus is not taken from him. */
function isWriting() {
  let active = document.activeElement;
  while (active?.shadowRoot) active = active.shadowRoot.activeElement;
  return active?.matches("input[type=text]") ?? false;
}

function build(bar, clock, words, language, more) {
  if (bar.dataset.language === language) {
    bar.querySelector("input").max = clock.last;
    return;
  }
  bar.dataset.language = language;
  const range = Object.assign(document.createElement("input"), { type: "range", min: 0, max: clock.last, step: 1 });
  range.setAttribute("aria-label", words.scrub);
  range.value = clock.step;
  range.oninput = () => clock.seek(Number(range.value));
  range.onchange = () => range.blur();
  const speed = document.createElement("select");
  speed.title = words.speed;
  speed.setAttribute("aria-label", words.speed);
  for (const value of SPEEDS) speed.append(new Option(`${value}×`, `${value}`, false, value === clock.speed));
  speed.onchange = () => (clock.speed = Number(speed.value));
  const flip = (face, hint, name) => {
    const turn = () => {
      clock[name] = !clock[name];
      made.setAttribute("aria-pressed", clock[name]);
      clock.show();
    };
    const made = button(face, hint, turn, Boolean(clock[name]));
    return made;
  };
  const toggle = button("play", words.play, clock.toggle);
  toggle.className = "toggle";
  const place = document.createElement("output");
  place.className = "place";
  bar.replaceChildren(
    button("first", words.to_start, () => clock.seek(0)),
    button("back", words.step_back, () => clock.nudge(-1)),
    toggle,
    button("forward", words.step_forward, () => clock.nudge(1)),
    button("last", words.to_end, () => clock.seek(clock.last)),
    range,
    place,
    speed,
    flip("loop", words.loop, "loop"),
    flip("eye", words.ahead, "ahead"),
    ...(clock.fades === undefined ? [] : [flip("fade", words.fade, "fades")]),
    ...more,
  );
}

/** Show where the clock is; `more` is said after it. */
export function followClock(bar, clock, words, more = "") {
  const range = bar.querySelector("input");
  if (!range) return;
  if (range.getRootNode().activeElement !== range) range.value = clock.step;
  bar.querySelector(".place").textContent = `${whole(Math.round(clock.step))} / ${whole(clock.last)}${more}`;
  const toggle = bar.querySelector(".toggle");
  const face = clock.playing ? "pause" : "play";
  if (toggle.dataset.face === face) return;
  toggle.dataset.face = face;
  toggle.replaceChildren(icon(face));
  toggle.title = words[face];
  toggle.setAttribute("aria-label", words[face]);
}

const STROKES = {
  " ": (clock) => clock.toggle(),
  ArrowLeft: (clock, by) => clock.nudge(-by),
  ArrowRight: (clock, by) => clock.nudge(by),
  Home: (clock) => clock.seek(0),
  End: (clock) => clock.seek(clock.last),
};

const FIELDS =
  "input, select, textarea, [contenteditable], [role=option], [role=combobox], [role=slider], [role=radio]";

/** Whether a key was pressed in a field, which has its own use for it. */
export function inField(event) {
  const target = event.composedPath()[0];
  const fields = event.key === " " ? FIELDS.replace("input", "input:not([type=range]), button, summary") : FIELDS;
  return target instanceof HTMLElement && target.closest(fields) !== null;
}

/** A key pressed anywhere on the page but in a field. */
export function pressKey(clock, event) {
  if (inField(event) || event.ctrlKey || event.metaKey || event.altKey || !STROKES[event.key]) return;
  event.preventDefault();
  STROKES[event.key](clock, event.shiftKey ? 10 : 1);
}
