// How a page is looked at, as a link says it and is read again.

import assert from "node:assert/strict";
import { test } from "node:test";

Object.assign(globalThis, { location: { hash: "" }, addEventListener: () => {} }); // there is no page here
const { parsed, written } = await import("../../views/web/kit/looks.js");

const LOOKS = {
  step: 123,
  tab: "moment",
  logs: { loss: false, norm: true },
  chosen: { second: "gap" },
  views: { map: [-2.94, 2.94, -3.5, 3.5] },
};

test("what is written is read", () => {
  assert.deepEqual(parsed(written(LOOKS)), LOOKS);
  assert.deepEqual(parsed(written({ step: 0 })), { step: 0, tab: null, logs: {}, chosen: {}, views: {} });
  assert.ok(written(LOOKS).includes("view.map=-2.94~2.94~-3.5~3.5"));
});

test("what makes no sense is left out, and another anchor asks for nothing", () => {
  for (const hash of ["", "#term-loss", "#step=", "#step=NaN", "#step=1e", "#step=Infinity"])
    assert.equal(parsed(hash), null);
  for (const view of ["1~2~3", "2~1~0~1", "0~1~1~1", "a~b~c~d", ""])
    assert.deepEqual(parsed(`#step=1&view.map=${view}`).views, {});
  assert.deepEqual(parsed("#step=7&axis.loss=eve&who=me").logs, { loss: false });
});
