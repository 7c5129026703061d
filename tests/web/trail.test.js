// Weight in playing: ages of a path, rings, marks, and the first visit.

import assert from "node:assert/strict";
import test from "node:test";
import { follow, makeClock } from "../../views/web/kit/clock.js";
import { ages, arrivalOf, firstVisit, markSize, ringsOf } from "../../views/web/kit/trail.js";

globalThis.requestAnimationFrame = () => 0;
const moving = () => ({ matches: false });
const still = (query) => ({ matches: query === "(prefers-reduced-motion: reduce)" });
globalThis.matchMedia = /** @type {any} */ (moving);

test("a path that fades is cut into ages without a gap, the newest as strong as one that does not", () => {
  assert.deepEqual(
    ages({ fades: false }, 100).map(({ from, to, wide, alpha }) => [from, to, wide, alpha]),
    [[0, 100, 1, 1]],
  );
  for (const to of [2, 5, 14, 500]) {
    const found = ages({ fades: true }, to);
    assert.deepEqual([found[0].from, found.at(-1).to], [0, to]);
    found.slice(1).forEach((age, i) => {
      assert.equal(age.from, found[i].to);
      assert.ok(age.wide > found[i].wide && age.alpha > found[i].alpha);
    });
    assert.deepEqual([found.at(-1).wide, found.at(-1).alpha], [1, 1]);
  }
});

const lane = { steps: [0, 50, 100], outcome: { reached: 40, bursts: [10] } };

test("a mark is full once its path has arrived: in the tolerance, else at its last step", () => {
  assert.equal(arrivalOf(lane), 40);
  assert.equal(arrivalOf({ ...lane, outcome: { reached: -1, bursts: [] } }), 100);
  assert.equal(arrivalOf({ steps: [0, 7] }), 7);
  assert.ok(markSize(lane, { step: 39 }) < markSize(lane, { step: 40 }));
});

test("a ring goes out from a burst and an arrival while the clock plays, and for nobody who wants no motion", () => {
  const rings = (step, playing = true) => ringsOf(lane, { step, last: 100, playing });
  assert.deepEqual(rings(9), []);
  assert.equal(rings(10)[0], 0);
  assert.ok(rings(12)[0] > 0.3 && rings(12)[0] < 1);
  assert.deepEqual(rings(20), []);
  assert.equal(rings(41).length, 1);
  assert.deepEqual(rings(10, false), []);
  globalThis.matchMedia = /** @type {any} */ (still);
  assert.deepEqual(rings(10), []);
  globalThis.matchMedia = /** @type {any} */ (moving);
});

test("the first visit without a link is played once, slowly; no other one, and not for who wants no motion", () => {
  const kept = new Map();
  Object.defineProperty(globalThis, "location", { value: { search: "" }, configurable: true, writable: true });
  Object.defineProperty(globalThis, "localStorage", {
    value: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
    configurable: true,
  });
  globalThis.location = /** @type {any} */ ({ search: "?lesson=burst" });
  assert.equal(firstVisit(), false);
  globalThis.location = /** @type {any} */ ({ search: "" });
  assert.deepEqual([firstVisit(), firstVisit()], [true, false]);
  const header = { sequence: 1, moved: "steady", steps: 100 };
  const clock = makeClock(() => {});
  follow(clock, header, undefined, true, true);
  assert.deepEqual([clock.step, clock.playing, clock.soft], [0, true, true]);
  clock.seek(30);
  assert.deepEqual([clock.step, clock.playing, clock.soft], [30, false, false]);
  globalThis.matchMedia = /** @type {any} */ (still);
  const quiet = makeClock(() => {});
  follow(quiet, header, undefined, true, true);
  assert.deepEqual([quiet.step, quiet.playing], [100, false]);
});
