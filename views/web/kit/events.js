// What has happened on a curve so far: bursts, where a run is stuck or has diverged, where it crosses its limit.

import { number } from "./axes.js";
import { frameAt } from "./clock.js";
import { colourOf, font } from "./look.js";

const LABEL = font(13, 700);

function drawLabel(context, box, theme, colour, text, px, py) {
  context.font = LABEL;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  const half = context.measureText(text).width / 2 + 3;
  const at = Math.min(Math.max(px, box.left + half), box.right - half);
  context.lineWidth = 4;
  context.strokeStyle = theme.halo;
  context.strokeText(text, at, py);
  context.fillStyle = colour;
  context.fillText(text, at, py);
}

// Words about the marks stand in a row above the curves, each over its mark as far as there is room; what finds none is
// left to the table.
function rowOfWords(context, { box }, theme) {
  const taken = [];
  return (text, px, colour) => {
    context.font = LABEL;
    const wide = context.measureText(text).width + 12;
    const from = Math.max(Math.min(px - wide / 2, box.right - wide), box.left);
    if (from + wide > box.right + 1 || taken.some(([left, right]) => from < right && from + wide > left)) return;
    taken.push([from, from + wide]);
    drawLabel(context, box, theme, colour, text, from + wide / 2, box.top - 3);
  };
}

// On the curve of the loss: bursts, where a run is stuck, and where it has diverged.
export function drawEvents(context, frame, lanes, theme, words, now) {
  const tell = rowOfWords(context, frame, theme);
  for (const lane of lanes) drawEventsOf(context, frame, lane, theme, words, now, tell);
}

function drawEventsOf(context, frame, lane, theme, words, now, tell) {
  const { box, x } = frame;
  const colour = colourOf(lane.number, theme);
  const spot = (step) => [
    x(step),
    Math.min(Math.max(frame.place(frame.values(lane)[frameAt(lane.steps, step)]), box.top + 9), box.bottom - 4),
  ];
  const bursts = lane.outcome.bursts.filter((step) => step <= now);
  const stuck = lane.outcome.stuck_from;
  for (const step of bursts) {
    const [px, py] = spot(step);
    context.beginPath();
    context.moveTo(px, py + 1);
    context.lineTo(px - 5, py - 8);
    context.lineTo(px + 5, py - 8);
    context.closePath();
    context.fillStyle = colour;
    context.fill();
  }
  if (bursts.length) tell(words.burst, x(bursts[0]), colour);
  if (stuck >= 0 && stuck <= now) {
    const [px, py] = spot(stuck);
    const [, end] = spot(lane.steps[lane.frames - 1]);
    context.fillStyle = colour;
    context.fillRect(px, Math.min(py, end) - 7, box.right - px, 2.5);
    tell(words.stuck, (px + box.right) / 2, colour);
  }
  if (lane.diverged >= 0 && lane.steps[lane.frames - 1] <= now) {
    const [px, py] = spot(lane.steps[lane.frames - 1]);
    drawLabel(context, box, theme, colour, "✕", Math.min(px, box.right - 6), Math.max(py + 6, box.top + 16));
  }
}

// Where each curve first rose above its limit: an arrow through it, and words wherever there is room for them.
export function drawCrossings(context, frame, lanes, theme, words, now) {
  const { box, x } = frame;
  const tell = rowOfWords(context, frame, theme);
  const crossed = lanes
    .map((lane) => ({ lane, step: lane.crossings[frame.name]?.[0] }))
    .filter(({ step }) => step <= now);
  crossed.sort((a, b) => b.step - a.step);
  for (const { lane, step } of crossed) {
    const bound = frame.place(frame.limits(lane)[frameAt(lane.steps, step)]);
    const [px, py] = [x(step), Math.min(Math.max(bound, box.top + 7), box.bottom - 7)];
    for (const [width, colour] of [
      [6, theme.halo],
      [2.8, colourOf(lane.number, theme)],
    ]) {
      context.beginPath();
      context.moveTo(px, py + 10);
      context.lineTo(px, py - 10);
      context.moveTo(px - 5, py - 4);
      context.lineTo(px, py - 10);
      context.lineTo(px + 5, py - 4);
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
    tell(`${words.above} (${number(step)})`, px, colourOf(lane.number, theme));
  }
}
