// The clock without a screen: where it stands, what it shows, and how it goes on when new data comes.

import assert from "node:assert/strict";
import test from "node:test";
import { follow, frameAt, horizon, makeClock } from "../../views/web/kit/clock.js";
import { paceOf, runAt, timeAt } from "../../views/web/kit/pace.js";

globalThis.requestAnimationFrame = () => 0;
globalThis.matchMedia = () => ({ matches: false });

test("the frame at a step is the last one that is not later", () => {
  const steps = [0, 1, 5, 9];
  assert.deepEqual(
    [-1, 0, 0.9, 1, 4.99, 5, 8, 9, 100].map((step) => frameAt(steps, step)),
    [0, 0, 0, 1, 1, 2, 2, 3, 3],
  );
  assert.equal(frameAt([], 3), -1);
});

test("what has been seen stays, and what is to come is hidden", () => {
  const clock = makeClock(() => {});
  clock.last = 10;
  clock.seek(7);
  clock.seek(2);
  assert.deepEqual([clock.step, clock.seen, horizon(clock)], [2, 7, 7]);
  clock.ahead = true;
  assert.equal(horizon(clock), 10);
  clock.nudge(-5);
  assert.equal(clock.step, 0);
  clock.seek(99);
  assert.equal(clock.step, 10);
});

test("a demonstration waits, a click sets out, a slider leaves the clock alone", () => {
  const clock = makeClock(() => {});
  const header = (sequence, moved, steps = 100) => ({ sequence, moved, steps });
  assert.equal(follow(clock, header(1, "wait"), undefined), true);
  assert.deepEqual([clock.step, clock.last, clock.playing], [0, 100, false]);
  clock.seek(40);
  follow(clock, header(2, "steady", 60), header(1, "wait"));
  assert.deepEqual([clock.step, clock.last], [40, 60]);
  follow(clock, header(3, "steady", 30), header(2, "steady"));
  assert.equal(clock.step, 30, "not beyond the end");
  follow(clock, header(4, "steady", 90), header(3, "steady"));
  assert.equal(clock.step, 90, "at the end if it was there");
  follow(clock, header(5, "race", 90), header(4, "steady"));
  assert.deepEqual([clock.step, clock.playing], [0, true]);
  clock.pause();
  follow(clock, header(5, "race", 90), header(5, "race"));
  assert.equal(clock.playing, false, "another language is no news");
});

test("nothing plays by itself at load, nor after a click for who wants no motion; the button still plays", () => {
  const race = (sequence) => ({ sequence, moved: "race", steps: 100 });
  const clock = makeClock(() => {});
  follow(clock, race(1), undefined);
  assert.deepEqual([clock.step, clock.seen, clock.playing], [100, 100, false]);
  globalThis.matchMedia = (query) => ({ matches: query === "(prefers-reduced-motion: reduce)" });
  follow(clock, race(2), race(1));
  globalThis.matchMedia = () => ({ matches: false });
  assert.deepEqual([clock.step, clock.seen, clock.playing], [100, 100, false]);
  clock.toggle();
  assert.deepEqual([clock.step, clock.playing], [0, true]);
});

test("playing lingers where the loss falls, and its two ways are inverse", () => {
  const frames = 101;
  const steps = Array.from({ length: frames }, (_, i) => i);
  const loss = steps.map((step) => (step < 10 ? 10 ** -step : 1e-10));
  const pace = paceOf([{ steps, frames, columns: { loss: [loss] } }], 100);
  assert.equal(pace[0], 0);
  assert.ok(Math.abs(pace.at(-1) - 1) < 1e-9);
  assert.ok(timeAt(pace, 0.1) > 0.6, "the first tenth takes most of the time");
  for (const share of [0.03, 0.1, 0.5, 0.97]) assert.ok(Math.abs(runAt(pace, timeAt(pace, share)) - share) < 1e-9);
});
