// What the browser's tab is told: the page's language, and another page to go to.

import { buildHandle } from "./aside.js";

let gone = null; // the last order that was followed: a component that is mounted anew is given its data again

export function mount({ data }) {
  document.documentElement.lang = data.language;
  buildHandle(data.panel);
  if (!data.go || data.order === gone) return;
  gone = data.order;
  visit(new URL(data.go, document.baseURI));
}

/** Go to an address of this app as the browser's own Back and Forward do: one entry of its history, no reload. */
function visit(url) {
  history.pushState(null, "", url);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
