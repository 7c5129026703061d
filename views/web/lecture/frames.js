// The frames that stops are shown in: the one on the screen, and its neighbours beside it, so that to turn a page is
// to show what is there already.

const KEPT = 3;
const PATIENCE = 15; // looks at a page that has ended, until it is taken for one without charts
const HOPE = 300; // the same, if it shall have some

/**
 * holder: where frames go; addressOf(stop): of its picture; nameOf(stop): what its frame is called, see standing.js;
 * titleOf(stop): what a screen reader calls it; ready(stop): its picture has come; heard(window): a frame's window is
 * there, to listen for keys on.
 */
export function makeFrames(holder, { addressOf, nameOf, titleOf, ready, heard }) {
  /** @type {Map<number, {element: HTMLIFrameElement, painted: boolean, used: number}>} */
  const frames = new Map();
  let turns = 0;

  function open(stop) {
    const element = document.createElement("iframe");
    element.name = nameOf(stop);
    element.title = titleOf(stop);
    element.allow = "fullscreen; clipboard-write";
    const frame = { element, painted: false, used: ++turns };
    frames.set(stop, frame);
    element.addEventListener("load", () => {
      const inside = element.contentWindow;
      heard(inside);
      const there = () => {
        if (frame.painted) return;
        frame.painted = true;
        ready(stop);
      };
      // A clock may be there before what it plays.
      const played = () => requestAnimationFrame(() => isChosen(inside) && there());
      if (Reflect.get(inside, "labStop")) played();
      inside.addEventListener("lab-stop", played);
      settle(element, inside, there);
    });
    element.src = addressOf(stop);
    holder.append(element);
    return frame;
  }

  // A page without a clock is there when its script has ended and its charts are drawn; or has none, after a while.
  function settle(element, inside, there) {
    let ends = 0;
    const look = () => {
      if (!inside.document?.body) return;
      const ended = inside.document.querySelector('[data-test-script-state="notRunning"]');
      const charts = isChosen(inside);
      const works = inside.document.querySelector(".st-key-picture .stProgress");
      ends = ended && !works && inside.document.querySelector(".st-key-picture") ? ends + 1 : 0;
      const patience = charts ? 2 : element.name.includes(" shows=") ? HOPE : PATIENCE;
      ends > patience ? there() : setTimeout(look, 200);
    };
    look();
  }

  function prune() {
    const oldest = [...frames].filter(([, { element }]) => element.inert).sort(([, a], [, b]) => a.used - b.used);
    for (const [stop, { element }] of oldest.slice(0, Math.max(0, frames.size - KEPT))) {
      element.remove();
      frames.delete(stop);
    }
  }

  return {
    /** Show a stop; whether its picture is there already. */
    show(stop) {
      const frame = frames.get(stop) ?? open(stop);
      frame.used = ++turns;
      for (const [each, { element }] of frames) {
        element.inert = each !== stop;
        if (each !== stop) clockOf(element)?.pause();
      }
      prune();
      return frame.painted;
    },
    /** Ask for a stop while another one is shown. */
    ahead(stop) {
      if (frames.has(stop)) return;
      const { element } = open(stop);
      element.inert = true;
      prune();
    },
    /** Nothing is on the screen. */
    hide() {
      for (const { element } of frames.values()) element.inert = true;
    },
    /** What the clock of a stop is, null if it has none. */
    clock: (stop) => clockOf(frames.get(stop)?.element),
    /** Its lanes, where the picture that they race in is shown. */
    lanes(stop) {
      const { element } = frames.get(stop) ?? {};
      const hidden = element?.contentDocument?.querySelector(".lab-stage:not(.lab-shown)");
      return (!hidden && stopOf(element)?.lanes) || [];
    },
    /** Where a stop has got to: what a hand has changed in it stands in its address. */
    address: (stop) => frames.get(stop)?.element.contentWindow?.location.href ?? "",
  };
}

const isChosen = (inside) => inside.document?.documentElement.classList.contains("lab-one"); // see presented.js
const stopOf = (element) => element?.contentWindow && Reflect.get(element.contentWindow, "labStop");

function clockOf(element) {
  const stop = stopOf(element);
  return stop?.runs ? stop.clock : null;
}
