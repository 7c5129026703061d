// The numbers behind the pictures, as a table.

import assert from "node:assert/strict";
import { test } from "node:test";
import { csvOfCharts, csvOfLanes } from "../../views/web/kit/csv.js";

const chart = (series) => ({ header: { title: "Losses, both", x: { title: "step" }, y: { title: "L" } }, series });
const floats = (...values) => Float32Array.from(values);

test("every point of every series is a row, with its step where the clock moves it", () => {
  const line = { kind: "line", name: 'a "b"', columns: [floats(0, 1), floats(0.1, Infinity)] };
  const turns = { kind: "marks", columns: [floats(1, 2, 3, 4), floats(5, 6, 7, 8)], times: floats(0, 10) };
  const ground = { kind: "heat", columns: [floats(1, 2, 3)] };
  assert.deepEqual(csvOfCharts([chart([ground, line, turns])]).split("\n"), [
    "chart,x_axis,y_axis,kind,series,step,x,y",
    '"Losses, both",step,L,line,"a ""b""",,0,0.1',
    '"Losses, both",step,L,line,"a ""b""",,1,Infinity',
    '"Losses, both",step,L,marks,,0,1,5',
    '"Losses, both",step,L,marks,,0,2,6',
    '"Losses, both",step,L,marks,,10,3,7',
    '"Losses, both",step,L,marks,,10,4,8',
  ]);
});

test("of lanes every frame is a row, and columns with several parts have several", () => {
  const lane = {
    label: "Adam",
    steps: floats(0, 5),
    columns: { steps: [floats(0, 5)], theta: [floats(1, 2), floats(3, 4)], loss_told: [floats(1, 2)] },
  };
  assert.equal(
    csvOfLanes([lane], ({ label }) => ({ optimizer: label })),
    "optimizer,steps,theta_1,theta_2\nAdam,0,1,3\nAdam,5,2,4",
  );
  assert.equal(
    csvOfLanes([], () => ({})),
    "",
  );
});
