// Small pictures side by side, one for each lane.

import { colourOf, font, marker } from "../kit/look.js";
import { key } from "./example.js";

const STRETCH = 1.5; // by which a lane's picture may be higher, or lower, than its scale asks
const HEAD = 20; // pixels above each lane's picture, for its name

/** Small pictures side by side, one for each lane with its name, as large as there is room for. */
export function each(context, size, picture, aspect, draw) {
  const { lanes, theme } = picture;
  const foot = 22;
  const fits = lanes
    .map((_, i) => i + 1)
    .map((across) => {
      const room = {
        width: size.width / across - 10,
        height: (size.height - foot) / Math.ceil(lanes.length / across) - HEAD - 4,
      };
      const width = Math.min(room.width, (STRETCH * room.height) / aspect);
      return { across, width, height: Math.min(room.height, width * aspect * STRETCH) };
    });
  const { across, width, height } = fits.reduce((best, one) =>
    one.width * one.height > best.width * best.height ? one : best,
  );
  const cell = { width: size.width / across, height: HEAD + height + 4 };
  lanes.forEach((lane, k) => {
    const left = (k % across) * cell.width + (cell.width - width) / 2;
    const top = Math.floor(k / across) * cell.height + HEAD;
    const box = { left, top, width, height };
    context.fillStyle = theme.panel;
    context.fillRect(box.left, box.top, box.width, box.height);
    const told = draw(box, lane, k);
    context.lineWidth = 2;
    context.strokeStyle = colourOf(lane.number, theme);
    context.strokeRect(box.left, box.top, box.width, box.height);
    context.textAlign = "left";
    context.textBaseline = "middle";
    marker(context, lane.number, left + 7, top - 11, 4.5, theme);
    context.font = font(13, 600);
    context.fillStyle = theme.ink;
    const taken = told ? context.measureText(told).width + 8 : 0;
    context.fillText(cut(context, lane.label, Math.max(width - 18 - taken, 0)), left + 17, top - 10);
    if (!told) return;
    context.textAlign = "right";
    context.fillText(told, left + width, top - 10);
  });
  key(context, { left: 4, right: size.width - 4, bottom: size.height }, picture, size.height - 10);
}

function cut(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let short = text;
  while (short && context.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short}…`;
}
