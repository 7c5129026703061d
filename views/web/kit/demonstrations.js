// The menu of demonstrations: by chapter, or as the notes have them, subject by subject and row by row; words and ids
// of rows search it.

import { edit } from "./edits.js";
import { button, made } from "./parts.js";
import { unpack } from "./wire.js";

const MARKS = { whole: "●", half: "◐", none: "○" };
const ID = /^[a-i]\d+$/;
const MARGIN = 8; // pixels to the edge of the window
const asked = {}; // by address, a promise of what the menu offers
const menus = new WeakMap();
let view = "chapters"; // the one that was open last

function offered({ language, edition }) {
  const address = new URL(`../../demonstrations?lang=${language}&edition=${edition}`, import.meta.url);
  asked[address] ??= fetch(address).then((answer) =>
    answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText)),
  );
  asked[address].catch(() => delete asked[address]); // who opens it again asks again
  return asked[address];
}

// ---- what is found -------------------------------------------------------------------------------------------------

/** Whether all words of a search stand in what may be searched; an id of a row is meant as a whole. */
export function fits(query, ids, also) {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((word) => (ID.test(word) ? ids.some((id) => id.toLowerCase() === word) : also.includes(word)));
}

/** Demonstrations under the chapter of their first row: [title, entries] of each that has any. */
export function byChapter({ chapters, rows, lessons }, query) {
  const told = lessons.filter(({ rows: ids, also }) =>
    fits(query, ids, [also, ...ids.map((id) => rows[id].also)].join(" ")),
  );
  const entries = told.map(({ key, name, rows: ids, page, address }) => ({
    key,
    ids,
    text: name,
    side: page,
    address,
  }));
  return grouped(Object.entries(chapters), (letter) => entries.filter(({ ids }) => ids[0].startsWith(letter))).map(
    ([letter, title, found]) => ({ title: `${letter} · ${title}`, entries: found }),
  );
}

/** Rows under the notes that have them, each with its demonstrations; of what is missing it is said. The first of each
 * chapter names it as the subject of what follows. */
export function byNotes({ chapters, rows, lessons, notes }, query, words) {
  return grouped(
    notes.map(([title, ids]) => [ids, title]),
    (ids) => ids.filter((id) => fits(query, [id], rows[id].also)),
  ).map(([all, title, found]) => {
    const shown = all.filter((id) => stateOf(id, rows, lessons) !== "none").length;
    const count = words.count.replace("{shown}", shown).replace("{all}", all.length);
    const entries = found.flatMap((id, i) => {
      const [first, ...others] = entriesOf(id, rows, lessons, words);
      const subject = found[i - 1]?.[0] === id[0] ? "" : `${id[0]} · ${chapters[id[0]]}`;
      return [{ ...first, subject }, ...others];
    });
    return { title, count, entries };
  });
}

const grouped = (heads, within) =>
  heads.map(([head, title]) => [head, title, within(head)]).filter(([, , found]) => found.length);

const stateOf = (id, rows, lessons) =>
  !lessons.some((lesson) => lesson.rows.includes(id)) ? "none" : rows[id].lacks ? "half" : "whole";

function entriesOf(id, rows, lessons, words) {
  const state = stateOf(id, rows, lessons);
  const row = { ids: [id], text: rows[id].name, state, hint: words[state].replace("{what}", rows[id].lacks) };
  if (state === "none") return [{ ...row, side: words.none }];
  const showing = lessons.filter((lesson) => lesson.rows.includes(id));
  return showing.map(({ key, name, address }, i) => ({ ...row, key, address, side: name, again: i > 0 }));
}

// ---- how it is drawn -----------------------------------------------------------------------------------------------

export async function mount(component) {
  const root = component.parentElement.querySelector(".demonstrations");
  const menu = menus.get(root) ?? build(root);
  menus.set(root, menu);
  const ticket = (menu.ticket = (menu.ticket ?? 0) + 1);
  const { header } = await unpack(component.data);
  if (ticket === menu.ticket) show(menu, component, header);
}

function build(root) {
  const input = made("input", "");
  Object.assign(input, { type: "text", role: "combobox", autocomplete: "off", spellcheck: false });
  const close = button("×", "", () => edit(menu.component, "lesson", null));
  const list = made("div", "found");
  Object.assign(list, { id: "found", role: "listbox" });
  const heads = made("div", "views");
  const panel = made("div", "offer", heads, list);
  panel.popover = "manual";
  const label = made("label", "", made("span", ""), made("span", "seek", input, close));
  const lectures = made("a", "lectures");
  root.replaceChildren(lectures, label, panel);
  /** @type {any} */
  const menu = { root, input, close, list, heads, panel, label: label.firstChild, lectures, at: -1 };
  input.setAttribute("aria-controls", "found");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.onpointerdown = () => isOpen(menu) || open(menu);
  input.oninput = () => open(menu, input.value);
  input.onkeydown = (event) => press(menu, event);
  root.addEventListener("focusout", ({ relatedTarget }) => root.contains(relatedTarget) || shut(menu));
  panel.onpointerdown = (event) => event.preventDefault(); // the field keeps the focus
  return menu;
}

/** @param {any} menu @param {Payload.MenuPicture} header */
function show(menu, component, header) {
  Object.assign(menu, { component, ...header });
  const { input, close, words } = menu;
  menu.label.textContent = words.label;
  menu.lectures.textContent = words.lectures;
  menu.lectures.href = `./lecture?lang=${menu.language}`;
  input.placeholder = words.hint;
  close.title = words.close;
  close.setAttribute("aria-label", words.close);
  close.hidden = !header.opened;
  if (!isOpen(menu)) input.value = header.title;
  menu.heads.replaceChildren(
    ...["chapters", "notes"].map((name) => {
      const turn = () => ((view = name), open(menu, menu.query), input.focus());
      const head = button(words[name], words[`${name}_hint`], turn, view === name);
      head.dataset.view = name;
      return head;
    }),
  );
  menu.root.dataset.painted = Number(menu.root.dataset.painted ?? 0) + 1;
}

const isOpen = ({ panel }) => panel.matches(":popover-open");

/** Show what a search finds; without one, everything. */
function open(menu, query = "") {
  menu.query = query;
  menu.opening = find(menu, query);
}

async function find(menu, query) {
  const offer = await offered(menu).catch(() => null);
  if (!offer || menu.query !== query || !menu.input.isConnected) return;
  if (!isOpen(menu) && menu.root.getRootNode().activeElement !== menu.input) return; // left meanwhile
  const groups = view === "notes" ? byNotes(offer, query, menu.words) : byChapter(offer, query);
  for (const head of menu.heads.children) head.setAttribute("aria-pressed", String(head.dataset.view === view));
  fill(menu, groups);
  if (!isOpen(menu)) {
    menu.panel.showPopover();
    menu.input.setAttribute("aria-expanded", "true");
    if (!query) menu.input.select();
  }
  place(menu);
  const here = menu.options.findIndex(({ dataset }) => dataset.key === menu.opened);
  go(menu, query ? 0 : here, query ? "nearest" : "center");
}

function shut(menu) {
  if (isOpen(menu)) menu.panel.hidePopover();
  menu.input.setAttribute("aria-expanded", "false");
  menu.input.removeAttribute("aria-activedescendant");
  menu.input.value = menu.title;
  Object.assign(menu, { query: null, opening: null });
}

function fill(menu, groups) {
  const nothing = groups.length ? [] : [made("p", "", menu.words.nothing)];
  menu.list.replaceChildren(...nothing, ...groups.map((group, i) => groupOf(menu, group, i)));
  menu.options = [...menu.list.querySelectorAll("[role=option]:not([aria-disabled])")];
  menu.options.forEach((option, i) => (option.id = `option_${i}`));
}

function groupOf(menu, { title, count, entries }, number) {
  const head = made("b", "", title, ...(count ? [made("small", "", count)] : []));
  head.id = `group_${number}`;
  const under = ({ subject }) => (subject ? [made("div", "subject", subject)] : []);
  const group = made("div", "", head, ...entries.flatMap((entry) => [...under(entry), optionOf(menu, entry)]));
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", head.id);
  return group;
}

function optionOf(menu, { key, ids, text, side, address, state, hint, again }) {
  const option = made(
    key ? "a" : "span",
    again ? "again" : "",
    made("span", "ids", ...(state ? [`${MARKS[state]} `] : []), ids.join(" ")),
    made("span", "text", text),
    made("small", "", side),
  );
  option.setAttribute("role", "option");
  option.tabIndex = -1;
  if (hint) option.title = hint;
  if (!key) {
    option.setAttribute("aria-disabled", "true");
    return option;
  }
  option.dataset.key = key;
  Object.assign(option, { href: address });
  option.classList.toggle("here", key === menu.opened);
  option.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab or window: that is the browser's
    event.preventDefault();
    choose(menu, key);
  };
  return option;
}

function choose(menu, key) {
  shut(menu);
  menu.input.blur();
  edit(menu.component, "lesson", key);
}

/** The option that Enter takes. */
function go(menu, to, block = "nearest") {
  menu.options[menu.at]?.setAttribute("aria-selected", "false");
  menu.at = Math.max(-1, Math.min(to, menu.options.length - 1));
  const option = menu.options[menu.at];
  if (!option) {
    menu.list.scrollTop = 0;
    return menu.input.removeAttribute("aria-activedescendant");
  }
  option.setAttribute("aria-selected", "true");
  menu.input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block });
}

// What was written last may still be looked for.
async function take(menu) {
  await menu.opening;
  const option = isOpen(menu) && menu.options[menu.at];
  if (option) choose(menu, option.dataset.key);
}

const MOVES = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

function press(menu, event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  if (key in MOVES) isOpen(menu) ? go(menu, Math.max(0, menu.at + MOVES[key])) : open(menu);
  else if (key === "Enter") menu.opening ? take(menu) : open(menu);
  else if (key === "Escape" && isOpen(menu)) shut(menu);
  else return;
  event.preventDefault();
}

// Under the field, as wide as the window leaves it room.
function place({ input, panel }) {
  const { left, bottom } = input.getBoundingClientRect();
  panel.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - panel.offsetWidth - MARGIN))}px`;
  panel.style.top = `${bottom + 4}px`;
  panel.style.maxHeight = `${Math.max(innerHeight - bottom - 4 - MARGIN, 160)}px`;
}
