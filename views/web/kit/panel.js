// The panel: the sliders that Streamlit lacks — logarithmic, with exact entry, live while dragged — in groups.

import { edit, onPanel, onRefused, onUndone, renewed } from "./edits.js";
import { explain } from "./glossary.js";
import { icon, themeOf } from "./look.js";
import { arrange } from "./stands.js";
import { swatch } from "./table.js";
import { sentence } from "./terms.js";
import { unpack } from "./wire.js";

/** @typedef {Pick<Payload.PanelPicture, "language" | "words" | "groups">} Shown */

const FINE = 1000; // positions of a slider
const panels = new WeakMap();
const there = new Set(); // the panel, and rows of fields beside pictures

// How a slider's position, 0 to 1, becomes a value. "decay" moves evenly in 1/(1 − value), the steps it remembers.
const WARPS = {
  linear: ({ low, high }) => [(p) => low + p * (high - low), (v) => (v - low) / (high - low)],
  log: ({ low, high }) => [(p) => low * (high / low) ** p, (v) => Math.log(v / low) / Math.log(high / low)],
  power: ({ low, high }) => [(p) => low + (high - low) * p ** 4, (v) => ((v - low) / (high - low)) ** 0.25],
  decay: ({ high }) => [(p) => 1 - (1 - high) ** p, (v) => Math.log(1 - v) / Math.log(1 - high)],
  whole: (field) => {
    const [value, position] = (field.high > 300 ? (field.low > 0 ? WARPS.log : WARPS.power) : WARPS.linear)(field);
    return [(p) => Math.round(value(p)), position];
  },
};

/** A value as a slider gives it: three digits where they are seen, more where 1 − value counts. */
function rounded(field, value) {
  if (field.kind === "whole") return Math.round(value);
  if (field.kind === "decay") return Number((1 - Number((1 - value).toPrecision(2))).toPrecision(6));
  const exact = Number(value.toPrecision(3));
  return Math.min(Math.max(exact, field.low), field.high);
}

export async function mount(component) {
  const root = component.parentElement.querySelector(".panel");
  const panel = panels.get(root) ?? { root, shape: "", open: new Set(), refused: () => {} };
  panels.set(root, panel);
  panel.component = component;
  component.seen = panel.seen;
  const ticket = (panel.ticket = (panel.ticket ?? 0) + 1);
  const { header } = await unpack(component.data);
  if (ticket !== panel.ticket) return;
  component.seen = panel.seen = header.sequence;
  panel.header = header;
  there.add(panel);
  root.classList.toggle("row", header.at !== "");
  onPanel((other) => each((one) => show(one, other)));
  onUndone(() => each((one) => show(one, one.header)));
  onRefused((problems, words) => each((one) => tellRefused(one, problems, words)));
  if (renewed(header.learned)) {
    panel.refused = () => {}; // that is said of its fields
    show(panel, header);
  }
  root.dataset.painted = header.sequence;
}

function each(act) {
  for (const panel of there)
    if (panel.root.isConnected) act(panel);
    else there.delete(panel);
}

function tellRefused(panel, problems, words) {
  panel.refused = () => {
    for (const [path, { tell, called }] of panel.rows)
      tell(problems[path] ? sentence({ ...problems[path], field: called }, words) : "");
  };
  panel.refused();
}

/** @param {any} panel @param {Shown} header */
function show(panel, { groups: all, ...header }) {
  panel.words = header.words;
  const groups = all.filter(({ at = "" }) => at === panel.header.at);
  const shape = JSON.stringify(groups, (key, value) =>
    ["value", "problem", "shown", "title", "kept"].includes(key) ? undefined : value,
  );
  if (shape + header.language !== panel.shape) {
    panel.shape = shape + header.language;
    panel.update = build(panel, groups);
  }
  panel.update(groups);
  panel.refused();
  explain(panel.root, header.language);
}

const element = (tag, className, text) =>
  Object.assign(document.createElement(tag), { className: className ?? "", textContent: text ?? "" });

/** @param {any} panel @param {Payload.Group[]} groups */
function build(panel, groups) {
  panel.rows = new Map();
  const made = groups.map((group) => makeGroup(panel, group));
  panel.root.replaceChildren(...made.map(({ box }) => box));
  arrange(panel.root);
  return (groups) => groups.forEach((group, i) => made[i].update(group));
}

/** @param {Payload.Group} group */
function makeGroup(panel, group) {
  const box = element("section", `group ${group.kind}`);
  box.dataset.part = group.kind === "lane" ? "lanes" : group.id;
  const updates = [];
  const add = (holder, field) => {
    const { row, update } = makeField(panel, field);
    holder.append(row);
    updates.push((fields) => update(fields.get(field.path)));
  };
  if (group.kind === "lane") updates.push(makeHead(panel, box, group));
  group.fields.forEach((field) => add(box, field));
  if (group.more?.length) makeFold(panel, box, group, add);
  return {
    box,
    update: (now) => {
      const fields = new Map([...now.fields, ...(now.more ?? [])].map((field) => [field.path, field]));
      for (const update of updates) update(fields, now);
    },
  };
}

/** The rarer settings: behind a button in a racer's head, behind a line elsewhere. */
function makeFold(panel, box, group, add) {
  const fold = document.createElement("details");
  const id = `${group.kind}${group.number ?? group.id}`;
  fold.open = panel.open.has(id);
  fold.ontoggle = () => (fold.open ? panel.open.add(id) : panel.open.delete(id));
  fold.append(element("summary", "", group.more_label));
  group.more.forEach((field) => add(fold, field));
  box.append(fold);
  const opener = box.querySelector(".tune");
  if (opener) opener.onclick = () => (fold.open = !fold.open);
}

function makeHead(panel, box, group) {
  const head = element("header");
  const toggle = element("button", "toggle");
  const send = (what) => () => edit(panel.component, `${group.path}.${what}`, true);
  const name = element("span", "name", group.title);
  name.title = group.about;
  const tool = (face, hint, what) => {
    const made = element("button", face);
    made.append(icon(face));
    made.title = hint;
    made.dataset.hint = face;
    if (what) made.onclick = send(what);
    return made;
  };
  head.append(toggle, name, tool("tune", panel.words.more_hint));
  if (group.copiable) head.append(tool("copy", panel.words.copy_lane, "copy"));
  const keep = group.kept === undefined || (!group.copiable && !group.kept) ? null : tool("keep", "");
  if (keep) head.append(keep);
  if (group.removable) head.append(tool("remove", panel.words.remove_lane, "remove"));
  box.append(head);
  return (_fields, now) => {
    toggle.replaceChildren(swatch(group.number, themeOf(panel.root)));
    toggle.title = panel.words[now.shown ? "hide_lane" : "show_lane"];
    toggle.setAttribute("aria-label", `${toggle.title}: ${now.title}`);
    toggle.setAttribute("aria-pressed", now.shown);
    toggle.onclick = () => {
      const shown = toggle.getAttribute("aria-pressed") !== "true";
      edit(panel.component, `${group.path}.shown`, shown);
      toggle.setAttribute("aria-pressed", String(shown)); // Python's answer comes later
      box.classList.toggle("off", !shown);
    };
    box.classList.toggle("off", !now.shown);
    if (keep) {
      keep.title = panel.words[now.kept ? "kept_lane" : "keep_lane"];
      keep.setAttribute("aria-pressed", now.kept);
      keep.onclick = now.kept ? () => edit(panel.component, `${group.path}.kept`, false) : send("keep");
    }
    name.textContent = now.title;
    name.title = `${now.title}: ${group.about}`;
    for (const made of head.querySelectorAll("button[data-hint]"))
      made.setAttribute("aria-label", `${made.title}: ${now.title}`);
  };
}

// Chinese letters take twice the room.
const wide = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);

/** @param {Payload.Field} field */
function makeField(panel, field) {
  const row = element(
    field.kind === "some" ? "div" : "label", // who clicks a label clicks its first button
    `field ${field.kind}${wide(field.symbol) > 5 && (WARPS[field.kind] || field.kind === "choice") ? " long" : ""}`,
  );
  row.title = field.hint ?? field.label;
  row.append(element("span", "symbol", field.symbol));
  const control =
    { choice: makeChoice, some: makeSome, switch: makeSwitch, number: makeNumber }[field.kind] ?? makeSlider;
  const update = control(panel, row, field);
  if (field.clear) row.append(makeClear(panel, field));
  const problem = element("em", "problem");
  row.append(problem);
  const tell = (text) => {
    problem.textContent = text;
    row.querySelector("input[type=text]")?.setAttribute("aria-invalid", String(Boolean(text)));
  };
  panel.rows.set(field.path, { tell, called: field.symbol || field.label });
  return {
    row,
    update: (now) => {
      update(now);
      tell(now.problem ?? "");
    },
  };
}

/** What takes a field away.
 * @param {Payload.Field} field */
function makeClear(panel, field) {
  const made = element("button", "clear");
  const [path, value] = field.clear ?? [];
  made.append(icon("remove"));
  made.title = panel.words.share_setting;
  made.setAttribute("aria-label", `${made.title}: ${field.symbol || field.label}`);
  made.onclick = () => edit(panel.component, path, value);
  return made;
}

function makeChoice(panel, row, field) {
  const select = document.createElement("select");
  select.setAttribute("aria-label", field.label || field.symbol);
  for (const [value, text] of field.options) select.append(new Option(text, value));
  select.onchange = () => {
    edit(panel.component, field.path, select.value);
    if (field.once) select.value = "";
  };
  row.append(select);
  return (now) => (select.value = now.value);
}

function makeSome(panel, row, field) {
  const box = element("span", "some");
  box.role = "group";
  box.setAttribute("aria-label", field.label || field.symbol);
  const isDown = (button) => button.getAttribute("aria-pressed") === "true";
  const buttons = field.options.map(([name, text]) => {
    const button = Object.assign(element("button", "", text), { type: "button", value: name });
    button.onclick = () => {
      button.setAttribute("aria-pressed", String(!isDown(button)));
      edit(
        panel.component,
        field.path,
        buttons
          .filter(isDown)
          .map(({ value }) => value)
          .join(field.between),
      );
    };
    return button;
  });
  box.append(...buttons);
  row.append(box);
  return (now) => {
    const down = now.value.split(field.between);
    for (const button of buttons) button.setAttribute("aria-pressed", String(down.includes(button.value)));
    for (const button of buttons) button.disabled = !isDown(button) && down.length >= field.most;
  };
}

function makeSwitch(panel, row, field) {
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  box.setAttribute("aria-label", field.label);
  box.onchange = () => edit(panel.component, field.path, box.checked ? 1 : 0);
  row.append(element("span", "what", field.label), box);
  return (now) => (box.checked = now.value > 0);
}

function makeNumber(panel, row, field) {
  const entry = Object.assign(document.createElement("input"), {
    type: "text",
    inputMode: "decimal",
    spellcheck: false,
  });
  entry.setAttribute("aria-label", field.label || field.symbol);
  entry.dataset.path = field.path;
  entry.onchange = () => edit(panel.component, field.path, entry.value.trim() === field.zero ? 0 : entry.value);
  entry.addEventListener("keydown", (event) => event.key === "Enter" && entry.blur());
  row.append(entry);
  return (now) => {
    if (row.getRootNode().activeElement !== entry && !now.problem)
      entry.value = field.zero && !now.value ? field.zero : plain(now.value);
  };
}

function makeSlider(panel, row, field) {
  const [value, position] = WARPS[field.kind](field);
  const slider = Object.assign(document.createElement("input"), { type: "range", min: "0", max: `${FINE}`, step: "1" });
  slider.setAttribute("aria-label", field.label || field.symbol);
  slider.dataset.path = field.path;
  let dragging = false;
  const send = (live) => {
    const chosen = rounded(field, value(Number(slider.value) / FINE));
    entry({ ...field, value: chosen });
    edit(panel.component, field.path, chosen, live);
  };
  slider.oninput = () => {
    dragging = true;
    send(true);
  };
  const release = () => {
    if (dragging) send((dragging = false)); // a drag that ends where it began brings no change event
  };
  slider.onchange = slider.onpointerup = slider.onpointercancel = slider.onblur = release;
  row.append(slider);
  const entry = makeNumber(panel, row, field);
  return (now) => {
    if (dragging) return;
    slider.value = `${Math.round(FINE * Math.min(Math.max(position(now.value), 0), 1))}`;
    entry(now);
  };
}

// In plain digits as long as the field can show them.
const plain = (value) => {
  const short = Number(value.toPrecision(6));
  return String(short).length <= 9 ? String(short) : short.toExponential().replace("e+", "e");
};
