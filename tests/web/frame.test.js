// What an axis of a chart without a clock shows.

import assert from "node:assert/strict";
import test from "node:test";
import { powers, span } from "../../views/web/kit/frame.js";

test("an axis shows all there is, with a margin, and what Python says where it says so", () => {
  const plain = { low: null, high: null, log: false };
  assert.deepEqual(span(plain, [0, 10, NaN, Infinity]), [-0.5, 10.5]);
  assert.deepEqual(span({ ...plain, low: 0 }, [2, 10]), [0, 10.4]);
  assert.deepEqual(span({ low: -1, high: 1, log: false }, [5]), [-1, 1]);
  const [low, high] = span({ ...plain, log: true }, [-1, 0, 0.01, 100]);
  assert.ok(low > 0.005 && low < 0.01 && high > 100 && high < 200);
  for (const values of [[], [NaN], [3], [0]]) {
    for (const log of [false, true]) {
      const [least, most] = span({ ...plain, log }, values);
      assert.ok(least < most && (!log || least > 0), `${values} ${log}`);
    }
  }
});

test("between powers of ten stands as much as there is room for", () => {
  assert.deepEqual(powers(0.5, 200, 12), [0.5, 1, 2, 5, 10, 20, 50, 100, 200]);
  assert.deepEqual(powers(0.5, 200, 5), [1, 3, 10, 30, 100]);
  assert.deepEqual(powers(0.5, 2000, 5), [1, 10, 100, 1000]);
  for (const [low, high] of [
    [2.1, 2.9],
    [0.03, 0.5],
    [1e-22, 1e3],
  ]) {
    const found = powers(low, high, 5);
    assert.ok(found.length > 1 && found.length < 10, `${low} to ${high}: ${found}`);
    for (const tick of found) assert.ok(tick >= low * 0.99 && tick <= high * 1.01);
  }
});
