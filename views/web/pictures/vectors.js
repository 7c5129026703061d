// The colours of eigenvectors.

import { LIGHT } from "../kit/look.js";

// Dark enough for small letters; the first two are no lane's, for lanes leave from where they are drawn.
export const ON_LIGHT = ["#5B35B5", "#56626E", "#00806A"];

export const ON_DARK = ["#B9A0FF", "#C3CCD6", "#4FD0B0"];

/** The colour of an eigenvector, on the map and in every chart. */
export const colourOfVector = (index, theme) => (theme === LIGHT ? ON_LIGHT : ON_DARK)[index % 3];
