// A relief on another scale: the losses stay what they are.

import assert from "node:assert/strict";
import test from "node:test";
import { HEIGHTS, lossAt, piecesOf, scaled, shareAt } from "../../views/web/kit/heights.js";

const MOST = 65535;

/** A relief of losses over the unit square, as Python would send it. */
function relief(loss, colour, side = 65) {
  const at = (i) => (i % side) / (side - 1);
  const up = (i) => Math.floor(i / side) / (side - 1);
  const shares = Uint16Array.from({ length: side * side }, (_, i) =>
    Math.round(MOST * shareAt(colour, loss(at(i), up(i)))),
  );
  return { window: [0, 1, 0, 1], nx: side, ny: side, colour, shares, veiled: false };
}

const LINEAR = { log: false, floor: -2, offset: 0, low: -2, high: 8 };
const LOG = { log: true, floor: 3, offset: 1e-4, low: -4, high: Math.log10(10 + 1e-4) };
const slope = relief((x) => -2 + 10 * x, LINEAR);
const bowl = relief((x, y) => 3 + 5 * (x * x + y * y), LOG);

test("on every scale a node keeps its loss", () => {
  for (const given of [slope, bowl])
    for (const mode of HEIGHTS) {
      const { shares, colour } = scaled(given, mode);
      const most = lossAt(given.colour, 1) - lossAt(given.colour, 0);
      for (let i = 0; i < shares.length; i += 7) {
        const [was, is] = [lossAt(given.colour, given.shares[i] / MOST), lossAt(colour, shares[i] / MOST)];
        assert.ok(Math.abs(was - is) < 1e-3 * most, `${mode}: ${was} ${is}`);
      }
    }
});

test("true heights rise as the loss does, log heights by its logarithm, and what is sent so is not touched", () => {
  const [flat, steep] = [scaled(bowl, "linear"), scaled(slope, "log")];
  assert.equal(flat.colour.log, false);
  assert.ok(Math.abs(flat.shares[32 * 65 + 32] / MOST - 0.25) < 1e-3); // 5·(¼ + ¼) of 10
  assert.equal(steep.colour.log, true);
  assert.ok(Math.abs(steep.shares[6] / MOST - shareAt(steep.colour, -2 + 60 / 64)) < 1e-3);
  assert.equal(scaled(bowl, "log").shares, bowl.shares);
  assert.equal(scaled(bowl, "mixed"), bowl);
  assert.equal(scaled(bowl, "linear"), scaled(bowl, "linear"), "kept: a clock draws sixty times a second");
});

test("a level line runs through the places that are as high", () => {
  const pieces = piecesOf(slope, slope.shares);
  const across = new Set(
    pieces
      .flat()
      .filter((_, i) => i % 2 === 0)
      .map((x) => x.toFixed(3)),
  );
  assert.deepEqual(
    [...across].sort(),
    Array.from({ length: 16 }, (_, k) => ((k + 0.5) / 16).toFixed(3)),
  );
  const strong = new Set(pieces[1].filter((_, i) => i % 2 === 0).map((x) => Math.round(x * 16 - 0.5) % 4));
  assert.deepEqual([...strong], [1]);
  const round = scaled(bowl, "linear").pieces.flat();
  for (let i = 0; i < round.length; i += 2) {
    const level = (5 * (round[i] ** 2 + round[i + 1] ** 2)) / 10;
    assert.ok(Math.abs(level * 16 - 0.5 - Math.round(level * 16 - 0.5)) < 0.05, `${level}`);
  }
});

test("between equalised lines lies as much ground as between the next two; of a mean there are none", () => {
  const { pieces } = scaled(bowl, "rank");
  const radii = [];
  const all = pieces.flat();
  for (let i = 0; i < all.length; i += 2) if (all[i] === 0) radii.push(all[i + 1]);
  assert.ok(radii.length > 8);
  for (const radius of radii) {
    const below = (Math.PI / 4) * radius ** 2; // of the unit square, as long as the circle is inside
    assert.ok(Math.abs(below * 16 - 0.5 - Math.round(below * 16 - 0.5)) < 0.2, `${radius}`);
  }
  assert.deepEqual(piecesOf({ ...slope, veiled: true }, slope.shares), [[], []]);
});

test("a cell whose corners are high and low by turns is cut as its middle says", () => {
  const cut = (corners) =>
    piecesOf(
      { nx: 2, ny: 2, veiled: false },
      corners.map((value) => (value * MOST) / 160),
    )[0]; // one line at 5
  const middles = ([ax, ay, bx, by, cx, cy, dx, dy]) => [
    [(ax + bx) / 2, (ay + by) / 2],
    [(cx + dx) / 2, (cy + dy) / 2],
  ];
  assert.equal(cut([1, 6.5, 1, 6.5]).length, 4);
  for (const [corners, rising] of [
    [[4, 9, 9, 4], true],
    [[1, 6, 6, 1], false],
    [[9, 4, 4, 9], false],
    [[6, 1, 1, 6], true],
  ]) {
    const about = middles(cut(corners)).map(([x, y]) => (rising ? Math.abs(x + y - 1) : Math.abs(x - y)));
    assert.ok(Math.min(...about) > 0.5, `${corners}: each piece goes about one corner`);
  }
});
