// A large picture of a map, to take home.

import { button } from "../kit/parts.js";
import { download } from "../kit/save.js";
import { filled } from "../kit/terms.js";
import { unpack } from "../kit/wire.js";
import { failed } from "./asked.js";
import { fillBelow } from "./below.js";
import { cellColour } from "./colours.js";
import { shownRows } from "./ground.js";
import { addressOf, back, rowsOf } from "./tiles.js";
import { measureOf } from "./view.js";

const LARGE = 4096; // cells along each side of the picture to take home

/** What saves a large picture of the map. */
export function bigButton(stage) {
  const made = button(stage.header.told.big, stage.header.told.big_hint, () => saveBig(stage));
  made.dataset.big = "";
  return made;
}

/** The map that is seen, of the first panel's lane, in LARGE × LARGE cells, one tile after the other. */
async function saveBig(stage) {
  if (stage.saving || !stage.drawn) return;
  const { info, view, drawn: look } = stage;
  const says = stage.find(".told");
  const measure = measureOf(stage);
  const row = shownRows(stage)[0].at;
  const side = LARGE / info.cells;
  const canvas = new OffscreenCanvas(LARGE, LARGE);
  const context = canvas.getContext("2d");
  stage.saving = true;
  try {
    for (let at = 0; at < side * side; at++) {
      const [i, j] = [at % side, Math.floor(at / side)];
      const edge = (k, share) => back(info.axes[k >> 1], view[k] + ((view[k + 1] - view[k]) * share) / side);
      const window = [edge(0, i), edge(0, i + 1), edge(2, j), edge(2, j + 1)];
      const answer = await fetch(addressOf("tile", info.base, window));
      if (!answer.ok) throw new Error(await answer.text());
      const { header, floats } = await unpack(new Uint8Array(await answer.arrayBuffer()));
      const cells = info.cells ** 2;
      const values = rowsOf(header, floats)[measure.name][row];
      const image = new ImageData(info.cells, info.cells);
      for (let k = 0; k < cells; k++) {
        const value = values[(info.cells - 1 - Math.floor(k / info.cells)) * info.cells + (k % info.cells)];
        image.data.set([...cellColour(measure, value, look), 255], 4 * k);
      }
      context.putImageData(image, i * info.cells, (side - 1 - j) * info.cells);
      if (stage.closed) return;
      says.textContent = filled(stage.header.told.computing, { done: at + 1, all: side * side });
    }
    download("descent-lab-map-4096.png", await canvas.convertToBlob({ type: "image/png" }));
  } catch (error) {
    failed(stage, error.message);
  } finally {
    stage.saving = false;
    if (!stage.closed) fillBelow(stage);
  }
}
