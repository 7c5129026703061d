// What the menu of demonstrations finds: by words in either language, by the id of a row, and from the notes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { byChapter, byNotes, fits } from "../../views/web/kit/demonstrations.js";

const row = (name, also, lacks = "") => ({ name, also, lacks });
const OFFER = {
  chapters: { A: "Loss", E: "Rates", H: "Diagnosis" },
  rows: {
    A1: row("A line", "a line 直线"),
    A10: row("A grid", "a grid 网格"),
    E7: row("The burst", "the burst 爆冲", "a part"),
    H0: row("The guide", "the guide 指南"),
  },
  lessons: [
    { key: "line", name: "A line", rows: ["A1"], page: "Compare", address: "?1", also: "a line 直线" },
    { key: "both", name: "Both", rows: ["A1", "E7"], page: "Compare", address: "?2", also: "both 两者" },
    { key: "burst", name: "Burst", rows: ["E7"], page: "Compare", address: "?3", also: "burst 爆冲" },
  ],
  notes: [
    ["000 Notes", ["A10", "E7", "H0"]],
    ["unknown", ["A1"]],
  ],
};
const WORDS = { whole: "shown", half: "lacks {what}", none: "missing", count: "{shown} of {all}" };
const keys = (groups) => groups.map(({ title, entries }) => [title, entries.map(({ key }) => key)]);

test("all words must be found, in any order and case; an id is meant as a whole", () => {
  assert.ok(fits("LINE a", ["A1"], "a line 直线"));
  assert.ok(!fits("line curve", ["A1"], "a line 直线"));
  assert.ok(fits("a1", ["A1"], ""));
  assert.ok(!fits("a1", ["A10"], "a1"));
  assert.ok(fits("  ", [], ""));
});

test("demonstrations stand under the chapter of their first row; an empty chapter is left out", () => {
  assert.deepEqual(keys(byChapter(OFFER, "")), [
    ["A · Loss", ["line", "both"]],
    ["E · Rates", ["burst"]],
  ]);
  assert.deepEqual(keys(byChapter(OFFER, "E7")), [
    ["A · Loss", ["both"]],
    ["E · Rates", ["burst"]],
  ]);
  assert.deepEqual(keys(byChapter(OFFER, "爆冲")), keys(byChapter(OFFER, "burst")));
  assert.deepEqual(byChapter(OFFER, "nowhere"), []);
});

test("from the notes every row stands with its demonstrations, marked as whole, half or missing", () => {
  const [notes, unknown] = byNotes(OFFER, "", WORDS);
  assert.deepEqual(
    notes.entries.map(({ ids, key, state, hint, again }) => [ids[0], key, state, hint, again]),
    [
      ["A10", undefined, "none", "missing", undefined],
      ["E7", "both", "half", "lacks a part", false],
      ["E7", "burst", "half", "lacks a part", true],
      ["H0", undefined, "none", "missing", undefined],
    ],
  );
  assert.deepEqual(
    notes.entries.map(({ subject }) => subject),
    ["A · Loss", "E · Rates", undefined, "H · Diagnosis"],
  );
  assert.equal(notes.count, "1 of 3");
  assert.deepEqual(
    unknown.entries.map(({ state }) => state),
    ["whole", "whole"],
  );
  assert.deepEqual(
    byNotes(OFFER, "h0", WORDS).map(({ count, entries }) => [count, entries.length]),
    [["1 of 3", 1]],
  );
});
