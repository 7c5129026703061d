// What Python sends, unpacked: columns by name, numbers of a table to the last digit, and a path in its plane.

import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";
import { makeLane, projected, tabled } from "../../views/web/kit/lane.js";
import { columns, unpack } from "../../views/web/kit/wire.js";

const block = {
  frames: 2,
  offset: 1,
  columns: [
    ["steps", 1],
    ["theta", 2],
    ["told", 2],
  ],
  decimals: ["told"],
};
const floats = Float32Array.of(99, 0, 4, 1, 2, 10, 20, 123, 5, -3, 4);

test("columns are views by name; decimals are whole numbers and powers of ten", () => {
  const { steps, theta, told } = columns(floats, block);
  assert.deepEqual([...steps[0]], [0, 4]);
  assert.deepEqual(
    theta.map((part) => [...part]),
    [
      [1, 2],
      [10, 20],
    ],
  );
  assert.deepEqual([...told[0]], [0.123, 50000]);
  assert.equal(tabled({ number: 3 }, floats, block).steps[1], 4);
});

test("second differences, with bytes sorted by significance, behind a header", async () => {
  const values = Float32Array.of(1.5, -2.25, 1e-30);
  const bits = new Int32Array(values.buffer);
  const bytes = new Uint8Array(bits.map((bit, i) => bit - 2 * (bits[i - 1] ?? 0) + (bits[i - 2] ?? 0)).buffer);
  const sorted = Uint8Array.from({ length: 12 }, (_, i) => bytes[4 * (i % 3) + Math.floor(i / 3)]);
  const header = new TextEncoder().encode(JSON.stringify({ title: "曲面" }));
  const size = new Uint8Array(Uint32Array.of(header.length).buffer);
  const found = await unpack(deflateSync(Buffer.concat([size, header, sorted])));
  assert.equal(found.header.title, "曲面");
  assert.deepEqual(found.floats, values);
});

test("a path lies in the plane of its picture", () => {
  const plain = {
    url: "",
    flat: false,
    origin: [1, 1, 1],
    axes: [
      [0, 1, 0],
      [0.6, 0, 0.8],
    ],
  };
  const scene = projected(/** @type {any} */ (plain));
  const lane = {
    number: 0,
    frames: 2,
    offset: 0,
    columns: [
      ["steps", 1],
      ["theta", 3],
    ],
    decimals: [],
  };
  const made = makeLane(lane, Float32Array.of(0, 1, 1, 2, 5, 6, 1, 1), scene);
  assert.deepEqual([...made.across], [4, 5]);
  assert.ok(Math.abs(made.up[0]) < 1e-6 && Math.abs(made.up[1] - 0.6) < 1e-6);
});
