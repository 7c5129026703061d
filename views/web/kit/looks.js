// How a page is looked at, as a link has it after its #: the step of the clock, which part of a map, which axes are
// logarithmic, which tab and which curves. What the experiment is stands before that; Python never sees these.

import { themeOf } from "./look.js";
import { button, made } from "./parts.js";

const NUMBER = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i;
let wanted = parsed(location.hash); // by the first page that is shown

/** What a link asks for: {step, tab, logs, chosen, views}; null for another one. What makes no sense is left out. */
export function parsed(hash) {
  const told = new URLSearchParams(hash.replace(/^#/, ""));
  if (!NUMBER.test(told.get("step") ?? "")) return null;
  const under = (head) =>
    [...told].filter(([name]) => name.startsWith(head)).map(([name, value]) => [name.slice(head.length), value]);
  const views = under("view.").map(([map, value]) => [
    map,
    value
      .split("~")
      .filter((part) => NUMBER.test(part))
      .map(Number),
  ]);
  return {
    step: Number(told.get("step")),
    tab: told.get("tab"),
    logs: Object.fromEntries(under("axis.").map(([curve, value]) => [curve, value === "log"])),
    chosen: Object.fromEntries(under("curve.")),
    views: Object.fromEntries(views.filter(([, [x0, x1, y0, y1]]) => x0 < x1 && y0 < y1)),
  };
}

/** The same as text. */
export function written({ step, tab, logs = {}, chosen = {}, views = {} }) {
  const told = new URLSearchParams({ step: String(step), ...(tab ? { tab } : {}) });
  for (const [curve, log] of Object.entries(logs)) told.set(`axis.${curve}`, log ? "log" : "linear");
  for (const [chart, curve] of Object.entries(chosen)) told.set(`curve.${chart}`, curve);
  for (const [map, view] of Object.entries(views))
    told.set(`view.${map}`, view.map((v) => Number(v.toPrecision(6))).join("~"));
  return `#${plain(told)}`;
}

const plain = (told) => String(told).replaceAll("%7E", "~"); // no browser and no chat program rewrites it

/** What the link of this visit asks for, once. */
export function asked() {
  const looks = wanted;
  wanted = null;
  return looks;
}

// The same page, looked at otherwise.
addEventListener("hashchange", () => parsed(location.hash) && location.reload());

// ---- the button ----------------------------------------------------------------------------------------------------

/** A link to what is shown now. looks(): as `written` takes them, and with `ask` what stands before the #; link(): the
 * experiment, where the address says none. */
export function linkButton(words, language, looks, link = () => "") {
  const open = () => tell(pressed, words, addressNow(language, looks(), link()));
  const pressed = button(words.link, words.link_hint, open);
  pressed.dataset.always = "";
  return pressed;
}

function addressNow(language, looks, link) {
  const said = new URLSearchParams(location.search);
  const whole = [...new URLSearchParams(link)];
  if (!whole.some(([name]) => said.has(name))) for (const [name, value] of whole) said.append(name, value);
  said.set("lang", language);
  if (looks.ask) for (const [name, value] of Object.entries(looks.ask)) said.set(name, value);
  return `${location.origin}${location.pathname}?${plain(said)}${written(looks)}`;
}

let box = null;

async function tell(from, words, address) {
  const field = made("input", "");
  Object.assign(field, { type: "text", readOnly: true, value: address });
  field.setAttribute("aria-label", words.link);
  field.style.cssText = "width: 100%; font: inherit";
  const said = made("p", "", words.link_copy);
  said.setAttribute("role", "status");
  box ??= document.body.appendChild(made("div", "lab-term"));
  box.popover = "auto";
  box.replaceChildren(said, field);
  box.showPopover();
  const theme = themeOf(from);
  Object.assign(box.style, { background: theme.paper, color: theme.ink, borderColor: theme.soft });
  const { left, top } = from.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, top - box.offsetHeight - 6)}px`;
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(address);
    said.textContent = words.link_copied;
  } catch {} // not allowed, or not there: by hand
}
