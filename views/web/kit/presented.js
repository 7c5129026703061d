// A page as a stop of a lecture: what its frame's name says of it, see standing.js, and what the lecture does with it.

const [KIND, ...SAID] = (Reflect.get(globalThis, "name") ?? "").split(" ");
const SHOWS =
  SAID.find((each) => each.startsWith("shows="))
    ?.slice(6)
    .split("+") ?? [];
const BESIDE = '[data-testid="stColumn"]:not(:first-child)'; // a chart beside others takes none of their height
const KEY = /st-key-(\w+)-high/; // of a chart, see charts.py
export const presented = KIND === "lab-stop";

/**
 * The lecture plays this clock, and says which lanes there are; `runs`: whether there is anything to play. Called
 * whenever the picture is there; `root`: of the page's picture.
 */
export function conduct(clock, runs, lanes = [], root = null) {
  if (!presented) return;
  root?.getRootNode().host?.closest(".stElementContainer")?.classList.add("lab-stage");
  Object.assign(window, { labStop: { clock, runs, lanes } });
  window.dispatchEvent(new Event("lab-stop"));
}

let begun = false;

/** Whether long work begins by itself, once: a stop is asked for while another one is shown. */
export function begins() {
  const now = presented && !begun;
  begun ||= now;
  return now;
}

/** Of a page's figures by their names, those stay that the stop asks for, else those that are `usual`, else all. */
export function chosenFigures(root, names, usual = names) {
  if (!presented) return;
  const asked = names.filter((name) => SHOWS.includes(name));
  const kept = asked.length ? asked : usual;
  const guide = root.querySelector(".flow"); // what such a page shows, unless a stop asks for something else
  if (guide) guide.hidden = asked.length > 0;
  if (kept.length === names.length) return;
  for (const name of names) root.querySelector(`[data-picture="${name}"]`).hidden = !kept.includes(name);
  const beside = root.querySelector(".curves");
  const curves = beside ? [...beside.querySelectorAll("[data-picture]:not([hidden])")] : [];
  if (beside) beside.hidden = curves.length === 0;
  if (!matchMedia("(orientation: landscape)").matches) return; // one below the other, as the page has them
  if (beside) {
    beside.style.gridTemplateRows = `repeat(${curves.length}, minmax(0, 1fr))`;
  }
  const sheet = kept.includes("sheet") && root.querySelector(".sheet"); // below the pictures, not beside
  if (sheet) sheet.style.display = "block";
  const columns = kept.length - (sheet ? 1 : 0) - curves.length + (curves.length ? 1 : 0);
  for (const grid of root.querySelectorAll(".pictures, .maps, .plots"))
    grid.style.gridTemplate = `minmax(0, 1fr) / repeat(${Math.min(columns, 2)}, minmax(0, 1fr))`;
}

/**
 * Of what stands in a page one below the other, the picture of the page or charts, that stays which the stop asks for,
 * else the first; and the row that plays it. What waits for a button to be worked out need not: the next stop is asked
 * for while another one is shown.
 */
export function watchCharts() {
  if (!presented) return;
  const run = new Set();
  const choose = () => {
    const pictures = [...document.querySelectorAll('.st-key-picture :is([class*="-high"], .lab-stage)')];
    const asked = pictures.filter(({ className }) => named(KEY.exec(className)?.[1] ?? ""));
    const awaited = SHOWS.length && !pictures.some((each) => each.matches(".lab-stage")); // it is being worked out
    const shown = asked.length ? asked : pictures.slice(0, awaited ? 0 : 1);
    const charts = shown.filter((each) => !each.matches(".lab-stage"));
    const high = charts.filter((each) => !each.closest(BESIDE)).length;
    if (shown.length) document.documentElement.classList.add("lab-one"); // it stays while charts are made anew
    document.documentElement.style.setProperty("--lab-charts", String(high || 1));
    const signs = signsOf(charts);
    for (const each of document.querySelectorAll(".lab-signs")) mark(each, signs.includes(each), "lab-shown");
    const above = signs.reduce((sum, each) => sum + each.getBoundingClientRect().height, 0);
    document.documentElement.style.setProperty("--lab-signs", `${Math.ceil(above)}px`);
    for (const each of pictures) mark(each, shown.includes(each), "lab-shown");
    for (const each of pictures) mark(each, charts.includes(each), "lab-chart");
    const rows = charts.length ? [...document.querySelectorAll(".st-key-picture .st-key-play")] : [];
    for (const row of rows) mark(row, true, "lab-shown");
    const way = new Set();
    for (const each of [...shown, ...rows, ...signs])
      for (let at = each.parentElement; at && !at.matches(".st-key-picture"); at = at.parentElement) way.add(at);
    for (const each of document.querySelectorAll(".lab-way")) mark(each, way.has(each), "lab-way");
    for (const each of way) mark(each, true, "lab-way");
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = document.querySelectorAll('.st-key-picture [class*="_run"] button');
    for (const button of buttons) {
      if (!shown.length && !run.has(button)) button.click();
      run.add(button);
    }
  };
  new MutationObserver(choose).observe(document.body, { childList: true, subtree: true });
  addEventListener("lab-stop", choose);
  choose();
}

/** A chart has the name that a stop asks for, or that and what it is about. */
const named = (key) => SHOWS.some((each) => key === each || key.startsWith(`${each}_`));

/** What the lines of charts are called stands above them, where several charts have one legend: see charts.py. */
function signsOf(charts) {
  const all = [...document.querySelectorAll(".st-key-picture .lab-signs")];
  const before = (chart) => (each) => each.compareDocumentPosition(chart) & Node.DOCUMENT_POSITION_FOLLOWING;
  const signed = charts.filter((each) => each.matches('[class*="-signed"]'));
  return [...new Set(signed.map((chart) => all.findLast(before(chart))))].filter(Boolean);
}

const mark = (element, on, name) => {
  if (element.classList.contains(name) !== on) element.classList.toggle(name, on);
};
