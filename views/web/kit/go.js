// Another page of this app.

/** Go to an address of this app as the browser's own Back and Forward do: one entry of its history, no reload. */
export function visit(url) {
  history.pushState(null, "", url);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
