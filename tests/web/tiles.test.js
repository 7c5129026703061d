// The tiles of a map: they cover the view, coarse before fine, and are few whatever its shape.

import assert from "node:assert/strict";
import { test } from "node:test";
import { covering } from "../../views/web/maps/covering.js";
import { NONE } from "../../views/web/maps/tiles.js";

const AXES = [
  { name: "a", log: false },
  { name: "b", log: false },
];
const ROOT = [0, 1, 0, 8];
const wish = { fine: 256, cells: 64, near: [0.5, 4] };
const area = (tiles) => tiles.reduce((sum, { box }) => sum + (box[1] - box[0]) * (box[3] - box[2]), 0);

test("the whole is first one coarse tile and then sixteen fine ones", () => {
  const found = covering(AXES, ROOT, ROOT, wish);
  assert.deepEqual(
    found.map(({ level }) => level),
    [0, ...Array(4).fill(2), ...Array(16).fill(4)],
  );
  for (const level of [0, 2, 4]) assert.equal(area(found.filter((tile) => tile.level === level)), 8);
});

test("a narrow view needs no more tiles than a square one, and neighbours share them", () => {
  const narrow = covering(AXES, [0.1, 0.9, 0, 0.01], ROOT, wish);
  assert.ok(narrow.length <= 2 * 5 * 5 + 25, `${narrow.length}`);
  const finest = narrow.filter(({ level }) => level === narrow.at(-1).level);
  const [x0, x1] = [Math.min, Math.max].map((of, k) => of(...finest.map(({ box }) => box[k])));
  const y1 = Math.max(...finest.map(({ box }) => box[3]));
  assert.ok(x0 <= 0.1 && x1 >= 0.9 && y1 >= 0.01);
  const next = new Set(covering(AXES, [0.11, 0.91, 0, 0.01], ROOT, wish).map(({ key }) => key));
  assert.ok(narrow.filter(({ key }) => next.has(key)).length > narrow.length / 2);
});

test("a sweep has one row of tiles", () => {
  const axes = [AXES[0], { name: NONE, log: false }];
  const found = covering(axes, ROOT, ROOT, wish);
  assert.deepEqual(
    found.map(({ box }) => box.slice(2)),
    Array(7).fill([0, 8]),
  );
});
