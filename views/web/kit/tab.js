// What the browser's tab is told: the page's language, and another page to go to.

import { buildHandle } from "./aside.js";
import { explainLinks } from "./glossary.js";
import { followLinks, visit } from "./go.js";
import { watchCharts } from "./presented.js";
import { arrange } from "./stands.js";

arrange(document.documentElement);
watchCharts();

let gone = null; // the last order that was followed: a component that is mounted anew is given its data again

export function mount({ data }) {
  document.documentElement.lang = data.language;
  buildHandle(data.panel);
  explainLinks();
  followLinks();
  if (!data.go || data.order === gone) return;
  gone = data.order;
  visit(new URL(data.go, document.baseURI));
}
