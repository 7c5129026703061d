// What a link hides and locks, see standing.js: in the page, and in every component, which its styles do not reach.

const { css, locked } = Reflect.get(window, "labStanding") ?? { css: "", locked: "" };

/** Hide and lock in what holds `root`: once it is built, and whenever something in it is built anew. */
export function arrange(root) {
  if (!css) return;
  const holder = root.getRootNode();
  const head = holder === document ? document.head : holder;
  const style = head.querySelector("style.lab-standing") ?? document.createElement("style");
  if (!style.isConnected) {
    Object.assign(style, { className: "lab-standing", textContent: css });
    head.append(style);
    if (locked) new MutationObserver(() => lock(holder)).observe(holder, { childList: true, subtree: true });
  }
  lock(holder);
}

function lock(holder) {
  if (!locked) return;
  for (const part of holder.querySelectorAll(locked)) if (!part.inert) part.inert = true;
}
