// The map of cells on a page: its tiles, coarse to fine, what a pointer does there, and what stands below it. The page
// says what lies beside: the run behind a cell.

import { drawGround, drawMarks } from "./ground.js";
import { captioned } from "./tools.js";

/** The figure of the map. */
export const CELLS = `
    <figure class="atlas" data-picture="cells">
      <figcaption><span class="name"></span><span class="choices"></span></figcaption>
      <div class="layers"><canvas class="ground"></canvas><canvas class="paths" tabindex="0" role="img"></canvas>
      <output class="reading" hidden></output><div class="cover" hidden></div></div>
    </figure>`;

/** What stands below the pictures. */
export const BELOW = `
  <div class="legend"></div>
  <div class="play" role="toolbar"></div>
  <p class="told" aria-live="polite"></p>
  <div class="sheet"><table></table></div>`;

export const fields = () => ({
  chosen: {},
  info: null,
  view: null,
  past: [],
  pointer: null,
  box: false,
  failure: "",
  figures: null,
  linear: false,
});

/** The picture of the cells, see Picture. */
export const cells = { ground: drawGround, moving: drawMarks, caption: captioned };
