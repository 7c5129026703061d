// One clock for every picture: a step number that plays, pauses, steps, loops and can be dragged.

import { runAt, timeAt } from "./pace.js";

const SECONDS = 7; // a whole run at speed 1, if it has many steps
const SLOWEST = 2; // steps a second, on the average

/**
 * step: where it is; seen: the farthest it has been in this run; ahead: whether what comes after that is drawn all the
 * same; pace: shares of the playing time (see pace.js), or null; fades: whether paths fade with age, undefined where
 * there are none.
 */
export function makeClock(told) {
  const clock = { step: 0, last: 1, seen: 0, ahead: false, pace: null, playing: false, speed: 1, loop: false };
  let stop = Infinity; // where it pauses by itself
  let before = 0;
  const onTick = () => {
    clock.seen = Math.max(clock.seen, clock.step);
    told(clock);
  };

  function advance(seconds) {
    const time = (seconds * clock.speed * (clock.soft ? 0.5 : 1)) / Math.min(SECONDS, clock.last / SLOWEST);
    if (!clock.pace) return clock.step + time * clock.last;
    return clock.last * runAt(clock.pace, timeAt(clock.pace, clock.step / clock.last) + time);
  }

  function tick(now) {
    if (!clock.playing) return;
    clock.step = advance(Math.min(Math.max(now - before, 0), 100) / 1000); // a frame's time may lie before the click's
    before = now;
    if (clock.step >= stop) Object.assign(clock, { step: stop, playing: false, soft: false });
    else if (clock.step >= clock.last) {
      if (clock.loop) clock.step = 0;
      else Object.assign(clock, { step: clock.last, playing: false, soft: false });
    }
    onTick();
    if (clock.playing) requestAnimationFrame(tick);
  }

  clock.play = (until = Infinity) => {
    stop = until;
    if (clock.step >= clock.last) clock.step = 0;
    clock.playing = true;
    before = performance.now();
    requestAnimationFrame(tick);
    onTick();
  };
  clock.pause = () => {
    clock.playing = false;
    onTick();
  };
  clock.show = onTick;
  clock.toggle = () => (clock.playing ? clock.pause() : clock.play());
  clock.seek = (step) => {
    clock.playing = clock.soft = false;
    clock.step = Math.min(Math.max(step, 0), clock.last);
    onTick();
  };
  clock.nudge = (by) => clock.seek(Math.round(clock.step) + by);
  return clock;
}

/** The farthest step that is drawn. */
export const horizon = ({ step, seen, last, ahead }) => (ahead ? last : Math.max(seen, step));

/**
 * The clock when new data has come. A demonstration waits at 0; a click sets out and plays; a slider leaves the clock
 * where it is, at the end if it was there. `before` is the header before, if there was one; `runs`: whether there is
 * anything to play; `first`: whether it is played once by itself, at half its speed. Returns whether it waits.
 */
export function follow(clock, header, before, runs = true, first = false) {
  const news = header.sequence !== before?.sequence; // not only another language
  const atEnd = clock.step >= clock.last;
  clock.last = header.steps;
  const waits = runs && news && header.moved === "wait";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const soft = runs && first && !waits && !still;
  const plays = (runs && news && header.moved === "race" && before) || soft;
  clock.soft = soft;
  if (waits || plays) {
    Object.assign(clock, { step: 0, seen: 0 });
    if (waits) clock.playing = false;
    else if (still) clock.seek(clock.last);
    else if (!clock.playing) clock.play();
  } else if (!before || atEnd || !runs) Object.assign(clock, { step: clock.last, seen: clock.last });
  else Object.assign(clock, { step: Math.min(clock.step, clock.last), seen: Math.min(clock.seen, clock.last) });
  if (!runs) clock.playing = false;
  return waits;
}

/** Index of the last frame at or before a step; `steps` ascends. */
export function frameAt(steps, step) {
  let [low, high] = [0, steps.length - 1];
  if (high < 0 || step >= steps[high]) return high;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    steps[middle] <= step ? (low = middle) : (high = middle - 1);
  }
  return low;
}
