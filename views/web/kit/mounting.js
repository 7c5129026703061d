// How a picture with a clock lives on its page: built once, shown anew with new data, laid out anew when its size or the
// theme changes, and gone without a trace.

import { makeClock } from "./clock.js";
import { answered } from "./edits.js";
import { makeMap } from "./map.js";
import { pressKey } from "./play.js";
import { unpack } from "./wire.js";

/**
 * mount and unmount of the component `name`, whose element is filled with `html`; they are to be exported.
 *
 * fields: what a fresh picture has besides root, find, clock and map; pointer(picture): what its map calls, if it has one;
 * wire(picture), once; show(picture, header, floats), layout(picture), tick(picture) at each step of the clock;
 * listens(picture): whether the keys are its own.
 */
export function mounting(name, html, { fields, pointer = null, wire, show, layout, tick, listens }) {
  const pictures = new WeakMap();

  function build(element) {
    const root = element.querySelector(`.${name}`);
    root.innerHTML = html;
    const find = (selector) => root.querySelector(selector);
    const picture = { root, find, lanes: [], theme: null, ...fields() };
    picture.clock = makeClock(() => tick(picture));
    picture.map = pointer ? makeMap(find(".contour"), pointer(picture)) : null;
    wire(picture);
    const watcher = new ResizeObserver(() => layout(picture));
    for (const figure of root.querySelectorAll("figure, .sheet")) watcher.observe(figure);
    const themes = new MutationObserver(() => requestAnimationFrame(() => layout(picture)));
    themes.observe(document.head, { childList: true });
    const keys = (event) => listens(picture) && pressKey(picture.clock, event);
    document.addEventListener("keydown", keys);
    picture.close = () => {
      watcher.disconnect();
      themes.disconnect();
      document.removeEventListener("keydown", keys);
      picture.map?.close();
      picture.closed = true;
      picture.clock.playing = false;
    };
    return picture;
  }

  /** Called by Streamlit at mounting and whenever the data changes. */
  async function mount(component) {
    const picture = pictures.get(component.parentElement) ?? build(component.parentElement);
    pictures.set(component.parentElement, picture);
    picture.component = component;
    const stamp = `${component.data.length} ${component.data.slice(-4)}`; // deflate ends with a checksum
    if (stamp === picture.stamp) return layout(picture); // the same data: the theme has changed
    const ticket = (picture.ticket = (picture.ticket ?? 0) + 1);
    const { header, floats } = await unpack(component.data);
    if (picture.closed || ticket !== picture.ticket) return; // newer data overtook this one
    picture.stamp = stamp;
    show(picture, header, floats);
    answered();
  }

  function unmount(element) {
    pictures.get(element)?.close();
    pictures.delete(element);
  }

  return { mount, unmount };
}
