// The parabola through a critical point, as it stands beside the surface.

import assert from "node:assert/strict";
import test from "node:test";
import { shareAt } from "../../views/web/kit/heights.js";
import { parabola } from "../../views/web/pictures/standing.js";

const colour = { log: false, floor: 0, offset: 0, low: 0, high: 10 };
const scene = {
  axes: [
    [0, 1, 0],
    [1, 0, 0],
  ],
};
const here = {
  loss: 4,
  gradient: [1, 0, 9],
  hessian: [
    [2, 1, 0],
    [1, -6, 0],
    [0, 0, 9],
  ],
};

test("the parabola is L + g·d + ½ dᵀHd along the axes of the picture, and ends with the scale", () => {
  const height = parabola({ here, scene }, { colour });
  assert.ok(height);
  assert.equal(height(0, 0), 0.4);
  const [dx, dy] = [0.3, 0.5]; // across is θ₂, up is θ₁
  const loss = 4 + dy + (2 * dy * dy + 2 * dx * dy - 6 * dx * dx) / 2;
  assert.ok(Math.abs((height(dx, dy) ?? 0) - shareAt(colour, loss)) < 1e-12);
  assert.equal(height(2, 0), null, "lower than the scale");
  assert.equal(height(0, 5), null, "higher");
  assert.equal(parabola({ here: { ...here, hessian: [[null]] }, scene }, { colour }), null, "where H is none");
});
