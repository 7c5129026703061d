// A question as rooms and phones are told of it: all that their widgets read, and whatever its form is.

import assert from "node:assert/strict";
import test from "node:test";
import { asRoom } from "../../views/web/lecture/ask.js";
import { choicesOf, fits, rangeOf, windowOf } from "../../views/web/lecture/asked.js";

const PLAIN = { key: "", says: "?", choices: [], scale: null, map: null, words: {} };
const NEVER = [{ key: "never", says: "Never", lane: -1 }];

test("a number comes with its scale, and what can be said in place of it", () => {
  const scale = { low: 1, high: 250, log: true, whole: true, unit: "" };
  const asked = asRoom({ ...PLAIN, form: "number", choices: NEVER, scale });
  assert.deepEqual(rangeOf(asked), { low: 1, high: 250, log: true, whole: true });
  assert.deepEqual(choicesOf(asked, "en"), [["never", "Never"]]);
  for (const [vote, well] of [
    [48, true],
    ["never", true],
    ["away", false],
    [-1, false],
  ])
    assert.equal(fits(asked, vote), well);
});

test("a place comes with its window and its surface", () => {
  const map = { url: "lab/x/relief?surface=booth", window: [-2, 2, -1, 3], start: [0, 1], names: ["x", "y"] };
  const asked = asRoom({ ...PLAIN, form: "place", map });
  assert.deepEqual(windowOf(asked), map.window);
  assert.deepEqual([asked.relief, asked.start, asked.names], [map.url, map.start, map.names]);
  assert.ok(fits(asked, [0.5, 0.5]));
});

test("an order names each lane once", () => {
  const choices = ["0", "1"].map((key) => ({ key, says: `lane ${key}`, lane: Number(key) }));
  const asked = asRoom({ ...PLAIN, form: "order", choices });
  assert.ok(fits(asked, ["1", "0"]));
  assert.ok(!fits(asked, ["1", "1"]));
});
