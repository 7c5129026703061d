// Scales, ticks and numbers.

import assert from "node:assert/strict";
import test from "node:test";
import { number, rounded, scale, subscript, ticks, whole } from "../../views/web/kit/axes.js";

test("a scale leads to pixels and back", () => {
  const y = scale(-1, 3, 200, 0); // upwards
  assert.deepEqual([y(-1), y(1), y(3)], [200, 100, 0]);
  assert.equal(y.invert(50), 2);
  const log = scale(0.01, 100, 0, 400, true);
  assert.deepEqual([log(0.01), log(1), log(100)], [0, 200, 400]);
  assert.ok(Math.abs(log.invert(300) - 10) < 1e-12);
});

test("ticks are round, inside, and about as many as asked for", () => {
  assert.deepEqual(ticks(0, 10, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticks(-0.3, 0.3, 3), [-0.2, 0, 0.2]);
  assert.deepEqual(ticks(0.01, 1e4, 9, true), [0.01, 0.1, 1, 10, 100, 1000, 1e4]);
  for (const [low, high] of [
    [0.11, 0.19],
    [2.3, 2.4],
    [1e-12, 3e-12],
  ]) {
    for (const log of [false, true]) {
      const found = ticks(low, high, 6, log);
      assert.ok(found.length > 1, `${low} to ${high}`);
      for (const tick of found) assert.ok(tick >= low * 0.998 && tick <= high * 1.002, `${tick} in ${low} to ${high}`);
    }
  }
});

test("numbers as people write them", () => {
  const told = [0, 1234.5678, 0.00123456, 1.2e-5, -48000, 123456, 99999.6, 1e-9, Number.NaN, -Infinity, null];
  const written = ["0", "1235", "0.001235", "1.2×10⁻⁵", "−48000", "1.23×10⁵", "10⁵", "10⁻⁹", "–", "−∞", "–"];
  assert.deepEqual(
    told.map((value) => number(value)),
    written,
  );
  assert.equal(number(rounded(123456)), number(123456));
  assert.equal(whole(1234567), "1\u202f234\u202f567");
  assert.equal(subscript(12), "₁₂");
});
