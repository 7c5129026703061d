// The panel beside the picture, which can be put away: the picture then takes its room.

import { inField } from "./play.js";

let handle = null;

/** A handle at the edge of the page, and the key P; `hint` says what they do. Anew where the language is another. */
export function buildHandle(hint) {
  if (!handle) {
    handle = Object.assign(document.createElement("button"), { className: "lab-handle", onclick: toggle });
    document.body.append(handle);
    document.addEventListener("keydown", (event) => {
      const plain = !(event.ctrlKey || event.metaKey || event.altKey);
      if (plain && event.key.toLowerCase() === "p" && !inField(event)) toggle();
    });
  }
  handle.title = hint;
  handle.setAttribute("aria-label", hint);
  handle.setAttribute("aria-expanded", String(!document.documentElement.classList.contains("lab-wide")));
}

function toggle() {
  const wide = document.documentElement.classList.toggle("lab-wide");
  handle.setAttribute("aria-expanded", String(!wide));
}
