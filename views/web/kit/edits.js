// Changes on their way to Python: one message under way at a time, the newest value of each path waiting behind it.

const waiting = new Map();
let busy = 0; // when the message under way was sent

/** Tell Python that `path` is now `value`; `live` while a slider or a marker is still being dragged. */
export function edit(component, path, value, live = false) {
  waiting.delete(path);
  waiting.set(path, { component, path, value, live, seen: component.seen ?? 0 });
  flush();
}

/** Python has answered: the next message may go. */
export function answered() {
  busy = 0;
  flush();
}

function flush() {
  if (!waiting.size || (busy && performance.now() - busy < 3000)) return;
  const { component } = waiting.values().next().value;
  const edits = [...waiting.values()].map(({ path, value, live, seen }) => ({ path, value, live, seen }));
  waiting.clear();
  busy = performance.now();
  component.setTriggerValue("edit", edits);
  setTimeout(flush, 3050);
}
