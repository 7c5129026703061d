// A browser's side of a room: what is said is said until it is answered, in one piece or in many.

import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf, fits, rangeOf, reliefOf, windowOf, worded } from "../../views/web/lecture/asked.js";
import { meanRanks } from "../../views/web/lecture/distribution.js";
import { events } from "../../views/web/lecture/ear.js";
import { follower } from "../../views/web/lecture/follower.js";
import { presenter } from "../../views/web/lecture/presenter.js";
import { binned } from "../../views/web/lecture/square.js";
import { tidied } from "../../views/web/lecture/voice.js";

const ASKED = { kind: "choice", text: "?", choices: ["a", "b"] };
const STATE = { deck: "d", stop: 1, question: 1, round: 0, phase: "asking", open: true, asked: ASKED };
const json = (said, status = 200) => new Response(JSON.stringify(said), { status });

/** A server that answers by method and the end of the path, and keeps what it was asked. */
function serving(t, answers) {
  const asked = [];
  const streams = [];
  t.mock.method(globalThis, "fetch", async (url, { method = "GET", body, headers, signal } = {}) => {
    const name = `${method} ${String(url).split("/").at(-1)}`;
    asked.push({ name, body: body && JSON.parse(body), headers });
    if (name !== "GET events") return answers(name, asked);
    const stream = new ReadableStream({
      start(controller) {
        streams.push((said) => controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(said)}\r\n\r\n`)));
        signal.addEventListener("abort", () => controller.error(signal.reason));
        streams.at(-1)(STATE);
      },
    });
    return new Response(stream);
  });
  return { asked, say: (said) => streams.at(-1)(said) };
}

/** Wait until it holds; the test's own time limit ends it otherwise. */
async function until(holds) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test("a stream is read in whatever pieces it comes", () => {
  const read = events();
  assert.deepEqual(read(': ping\r\n\r\ndata: {"a"'), []);
  assert.deepEqual(read(":1}\r"), []);
  assert.deepEqual(read('\n\r\ndata: {"b":2}\n\n'), [{ a: 1 }, { b: 2 }]);
});

test("a vote is sent with one number until it is answered", { timeout: 20_000 }, async (t) => {
  let failures = 2;
  const server = serving(t, (name, asked) => {
    if (name === "PUT seat") return json({ state: STATE, number: 4, mine: null });
    if (name === "POST vote" && failures-- > 0) throw new TypeError("no network");
    return json({ number: asked.at(-1).body.number });
  });
  const states = [];
  const room = follower("bcd fg", { onState: (state) => states.push(state), rooms: "http://lab/room" });
  await until(() => states.at(-1)?.open);
  room.vote("b");
  assert.deepEqual([states.at(-1).sending, states.at(-1).chosen, states.at(-1).mine], [true, "b", null]);
  await until(() => states.at(-1).mine === "b");
  const votes = server.asked.filter(({ name }) => name === "POST vote").map(({ body }) => body);
  assert.deepEqual(votes, Array(3).fill({ question: 1, round: 0, value: "b", number: 5 }));
  assert.equal(
    states.some(({ away }) => away),
    true,
  );
  assert.equal(states.at(-1).sending, false);
  assert.ok(server.asked.every(({ headers }) => /^[0-9a-f]{32}$/.test(headers["Lab-Seat"])));
  server.say({ ...STATE, round: 1 });
  await until(() => states.at(-1).round === 1);
  assert.equal(states.at(-1).mine, null);
  await room.leave();
  assert.equal(server.asked.at(-1).name, "DELETE seat");
});

test("what is refused is told and not sent again", { timeout: 20_000 }, async (t) => {
  const server = serving(t, (name) =>
    name === "PUT seat" ? json({ state: STATE, number: 0, mine: "a" }) : json({ refused: "revealed" }, 409),
  );
  const states = [];
  const room = follower("BCDFG", { onState: (state) => states.push(state), rooms: "http://lab/room" });
  await until(() => states.at(-1)?.mine === "a");
  room.vote("b");
  await until(() => states.at(-1).refused);
  assert.deepEqual([states.at(-1).refused, states.at(-1).mine], [{ refused: "revealed" }, "a"]);
  assert.equal(server.asked.filter(({ name }) => name === "POST vote").length, 1);
  server.say({ ended: true });
  await until(() => states.at(-1).gone);
  assert.deepEqual(states.at(-1).refused, { refused: "ended" });
});

test("where a stream is held back the state is asked for", { timeout: 20_000 }, async (t) => {
  const asked = [];
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(globalThis, "fetch", (url, { signal }) => {
    asked.push(String(url).split("/").at(-1));
    if (asked.at(-1) !== "events") return Promise.resolve(json({ state: STATE, number: 0, mine: null, ...STATE }));
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  });
  const states = [];
  const room = follower("BCDFG", { onState: (state) => states.push(state), rooms: "http://lab/room" });
  for (let i = 0; i < 400 && asked.filter((name) => name === "state").length < 3; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    t.mock.timers.tick(100);
  }
  assert.deepEqual(asked.slice(0, 5), ["seat", "events", "state", "state", "state"]);
  assert.equal(states.at(-1).question, 1);
  await room.leave();
});

test("a presenter's messages come in their order, and a round is asked for once", { timeout: 20_000 }, async (t) => {
  let failures = 1;
  const server = serving(t, (name) => {
    if (name === "POST again" && failures-- > 0) throw new TypeError("no network");
    return json({});
  });
  const counts = [];
  const room = { code: "BCDFG", secret: "s", address: "", reachable: true };
  const lead = presenter(room, { onCounts: (each) => counts.push(each), rooms: "http://lab/room" });
  await until(() => counts.length);
  const sent = [lead.at("d", 1, ASKED), lead.again(), lead.phase("revealed", { text: "a" })];
  assert.deepEqual(await Promise.all(sent), [null, null, null]);
  const said = server.asked.filter(({ body }) => body).map(({ name, body }) => [name, body.round ?? body.phase]);
  assert.deepEqual(said, [
    ["POST at", undefined],
    ["POST again", 1],
    ["POST again", 1],
    ["POST phase", "revealed"],
  ]);
  lead.close();
});

test("codes as people type them", () => assert.equal(tidied(" bc-d fg1"), "BCDFG"));

test("words, choices, windows and numbers of what is asked", () => {
  assert.equal(worded({ en: "which?", zh: "哪个？" }, "zh"), "哪个？");
  assert.deepEqual(choicesOf({ choices: ["a", ["b", { en: "B" }]] }, "zh"), [
    ["a", "a"],
    ["b", "B"],
  ]);
  assert.deepEqual(
    windowOf({
      window: [
        [0, 2],
        [1, 3],
      ],
    }),
    [0, 2, 1, 3],
  );
  assert.deepEqual(windowOf({ window: [0, NaN] }), [0, 1, 0, 1]);
  assert.deepEqual(rangeOf({ low: 0, high: 1, log: true }), { low: 1, high: 10, log: true, whole: false });
  assert.equal(reliefOf({ relief: "https://elsewhere.example/lab/relief" }), "");
  assert.match(reliefOf({ relief: "lab/0/relief?surface=booth" }), /lab\/0\/relief\?surface=booth$/);
});

test("a vote on another kind of question is not drawn", () => {
  const order = { ...ASKED, kind: "order" };
  assert.deepEqual(
    [fits(ASKED, "a"), fits(ASKED, "c"), fits(order, ["b", "a"]), fits(order, ["a"]), fits(order, "a")],
    [true, false, true, false, false],
  );
  assert.deepEqual([fits({ kind: "number", log: true }, 0), fits({ kind: "place" }, [1, 2])], [false, true]);
  const instead = { kind: "number", choices: [["never", "never"]] };
  assert.deepEqual([fits(instead, "never"), fits(instead, 1), fits(instead, "often")], [true, true, false]);
  assert.deepEqual([fits({ kind: "sketch" }, [1, 2]), fits({ kind: "sketch" }, [[1, 2]])], [false, true]);
});

test("mean ranks, and the ends of a histogram", () => {
  const tally = [
    [["a", "b"], 3],
    [["b", "a"], 1],
  ];
  assert.deepEqual(meanRanks(["a", "b"], tally), [1.25, 1.75]);
  const range = { low: 0.01, high: 100, log: true };
  assert.deepEqual(
    binned(
      [
        [0.01, 1],
        [100, 2],
        [1, 4],
        [1e9, 1],
      ],
      range,
      4,
    ),
    [1, 0, 4, 3],
  );
});
