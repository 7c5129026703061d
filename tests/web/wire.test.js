// What comes from Python: which message is another one.

import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";
import { parted, stampOf } from "../../views/web/kit/wire.js";

const message = (first, second) => {
  const [one, two] = [first, second].map((part) => deflateSync(part));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(one.length);
  return new Uint8Array(Buffer.concat([size, one, two]));
};

test("another visit is told from the one before though the picture and both lengths are the same", () => {
  const [table, curve] = ["looks: moment", "looks: sharpn"].map((visit) => message(visit, "the race"));
  assert.equal(table.length, curve.length);
  assert.deepEqual(parted(table)[1], parted(curve)[1]);
  assert.notEqual(stampOf(table, true), stampOf(curve, true));
  assert.equal(stampOf(table, true), stampOf(message("looks: moment", "the race"), true));
  assert.notEqual(stampOf(table, true), stampOf(message("looks: moment", "another race"), true));
});
