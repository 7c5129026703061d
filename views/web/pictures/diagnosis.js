// The picture of a diagnosis, as it comes, with the words of its page.

import { wordedOn } from "./learning.js";

/** @param {Payload.DiagnosisPicture} header @param {any} terms */
export const worded = (header, terms) => wordedOn("diagnosis", header, terms);
