// Logits and what softmax makes of them, as bars: the probabilities stand beside the one-hot target, class 1.

import { number, subscript } from "../kit/axes.js";
import { colourOf, font } from "../kit/look.js";

const REACH = 10; // logits that the axis shows at least
const FAR = 100; // a logit beyond it is told, not drawn

/** e^{z_i} / Σ e^{z_j}; the largest is taken off first, so that nothing overflows. */
function softmax(logits) {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** One row for each class: its logit on the left, its probability on the right. */
export function drawSoftmax(context, size, logits, lane, theme, words) {
  context.clearRect(0, 0, size.width, size.height);
  const shares = softmax(logits);
  const row = (size.height - 18) / logits.length;
  const left = { from: 26, to: size.width * 0.5 - 62 };
  const right = { from: size.width * 0.5 + 10, to: size.width - 66 };
  const middle = (left.from + left.to) / 2;
  const reach = Math.max(REACH, ...logits.filter((logit) => Math.abs(logit) < FAR).map(Math.abs));
  const unit = (left.to - left.from) / 2 / reach;
  const write = (text, x, y, colour = theme.soft, align = "left", weight = 400) => {
    Object.assign(context, { font: font(12, weight), textAlign: align, textBaseline: "middle", fillStyle: colour });
    context.fillText(text, x, y);
  };
  write(`${words.logits} (±${number(reach, 2)})`, left.from, 8);
  write(words.probabilities, right.from, 8);
  logits.forEach((logit, i) => {
    const [top, high] = [18 + i * row + 2, row - 4];
    const centre = top + high / 2;
    write(`z${subscript(i + 1)}`, 2, centre, theme.ink, "left", 600);
    write(`y${subscript(i + 1)}`, right.from - 4, centre, theme.ink, "right", 600);
    context.fillStyle = theme.panel;
    context.fillRect(left.from, top, left.to - left.from, high);
    context.fillRect(right.from, top, right.to - right.from, high);
    context.fillStyle = colourOf(lane, theme);
    if (Math.abs(logit) < FAR) {
      context.fillRect(Math.min(middle, middle + unit * logit), top, unit * Math.abs(logit), high);
      context.fillStyle = theme.soft;
      context.fillRect(middle - 0.5, top - 2, 1, row);
      write(number(logit, 3), left.to + 6, centre, theme.ink);
    } else write(`${number(logit)}: ${words.far}`, left.from + 6, centre);
    context.fillStyle = colourOf(lane, theme);
    context.fillRect(right.from, top, (right.to - right.from) * shares[i], high);
    if (i === 0) target(context, right.from, top, right.to - right.from, high, theme);
    write(number(shares[i], 3), right.to + 6, centre, theme.ink);
  });
}

function target(context, left, top, wide, high, theme) {
  context.setLineDash([5, 3]);
  [context.lineWidth, context.strokeStyle] = [1.6, theme.ink];
  context.strokeRect(left + 0.8, top + 0.8, wide - 1.6, high - 1.6);
  context.setLineDash([]);
}
