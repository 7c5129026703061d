// Another page of this app.

/** Go to an address of this app as the browser's own Back and Forward do: one entry of its history, no reload. */
export function visit(url) {
  history.pushState(null, "", url);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}

// Links to other pages take along what the address says when they are used: it may be newer than they are.
let following = false;

export function followLinks() {
  if (following) return;
  following = true;
  const link = ({ target }) => target.closest?.(".st-key-menu a");
  const renew = (event) => link(event) && setTo(link(event));
  for (const use of ["pointerdown", "focusin"]) document.addEventListener(use, renew, true);
  const go = (event) => {
    if (!link(event) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setTo(link(event));
    visit(link(event).href);
  };
  document.addEventListener("click", go, true);
}

/** A demonstration stays on its own page. */
function setTo(link) {
  const stays = new URL(link.href).searchParams.has("lesson");
  const said = location.search.slice(1).split("&");
  const taken = said.filter((each) => each && (stays || !each.startsWith("lesson=")));
  link.search = taken.join("&");
}
