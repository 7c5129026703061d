// The atlas: the map of a surface's critical points, one of them looked at closely, and the paths that leave it.

import { number } from "../kit/axes.js";
import { follow } from "../kit/clock.js";
import { drawPaths } from "../kit/contour.js";
import { chartFrame, drawChart, drawProgress } from "../kit/curves.js";
import { edit } from "../kit/edits.js";
import { makeLane, projection } from "../kit/lane.js";
import { themeOf } from "../kit/look.js";
import { buildTools, frameNow, layoutMap, MAP, overMap, pointAt, say, showScene } from "../kit/map.js";
import { mounting } from "../kit/mounting.js";
import { fetchOverlay } from "../kit/overlay.js";
import { paceOf } from "../kit/pace.js";
import { button, fit, sizeOf } from "../kit/parts.js";
import { buildPlay, followClock } from "../kit/play.js";
import { compose, download } from "../kit/save.js";
import { swatch } from "../kit/table.js";
import { columns } from "../kit/wire.js";
import { drawMarks, verdictSign } from "../pictures/marks.js";
import { drawCuts, drawEigenvalues, drawGap, drawLeaving } from "../pictures/plots.js";
import { endTable, pointFacts, pointTable, signs } from "../pictures/points.js";

const PLOTS = ["eigenvalues", "cuts", "third"];
const THIRDS = ["gap", "leaving", "loss"];
const TABS = ["points", "facts", "ends"];
const REACH = { point: 14, kink: 12, valley: 9 }; // pixels within which a click means what is drawn there
const LEVELS = 24; // level lines through saddles; where there are more, only that of the chosen one

const LAYOUT = `
  <div class="pictures">
    <figure class="contour">${MAP}</figure>
    <div class="curves closely">
      <section class="card"></section>
      ${PLOTS.map(
        (
          name,
        ) => `<figure data-plot="${name}"><figcaption><span class="name"></span><span class="choices"></span></figcaption>
        <div class="layers"><canvas class="ground"></canvas><canvas class="paths"></canvas></div></figure>`,
      ).join("")}
    </div>
  </div>
  <div class="play" role="toolbar"></div>
  <div class="tabs" role="tablist"></div>
  <div class="sheet"><table></table><div class="facts" hidden></div></div>
  <p class="summary" aria-live="polite"></p>`;

export const { mount, unmount } = mounting("critical_points", LAYOUT, {
  fields: () => ({
    header: null,
    overlay: null,
    tab: "points",
    third: "gap",
    order: { by: 2, down: false },
    log: false,
  }),
  pointer: (atlas) => pointer(atlas),
  wire: (atlas) => {
    const marks = Object.assign(document.createElement("canvas"), { className: "marks" });
    atlas.find(".contour .ground").after(marks);
  },
  show,
  layout,
  tick,
  listens: (atlas) => atlas.lanes.length,
});

// ---- new data ---------------------------------------------------------------------------------------------------

/** @param {any} atlas @param {Payload.CriticalPointsPicture} header @param {Float32Array} floats */
function show(atlas, header, floats) {
  const before = atlas.header;
  const { scene } = header;
  scene.project = projection(scene);
  atlas.words = header.words;
  atlas.header = header;
  atlas.lanes = header.lanes.map((lane) => makeLane(lane, floats, scene));
  atlas.cuts = header.cuts && columns(floats, header.cuts);
  atlas.gap = header.gap && columns(floats, header.gap);
  const another = before?.scene.key !== scene.key;
  if (another) atlas.overlay = null;
  showScene(atlas.map, scene, atlas.words, another);
  const waits = follow(atlas.clock, header, before, atlas.lanes.length > 0);
  atlas.clock.pace = paceOf(atlas.lanes, header.steps, scene.window);
  choosePanels(atlas, before);
  const picture = button("PNG", atlas.words.picture, () => savePicture(atlas));
  picture.dataset.always = "";
  buildPlay(atlas.find(".play"), atlas.clock, atlas.words, header.language, [picture], waits);
  atlas.find(".play").classList.toggle("idle", !atlas.lanes.length);
  buildTools(atlas.map);
  buildCard(atlas);
  buildTabs(atlas);
  layout(atlas, true);
  atlas.find(".contour .paths").setAttribute("aria-label", header.title);
  atlas.find(".summary").textContent = `${atlas.words[header.here.kind]}: ${header.here.verdict}`;
  if (header.problem) say(atlas.map, header.problem);
  atlas.root.dataset.painted = header.sequence;
}

// Paths that set out bring their curve and their table; what is gone, also by the browser's Back, is not shown on.
function choosePanels(atlas, before) {
  const { header, lanes } = atlas;
  if (header.sequence !== before?.sequence && lanes.length && !before?.lanes.length)
    [atlas.third, atlas.tab] = ["loss", "ends"];
  const gone = { loss: !lanes.length, leaving: !header.leaving };
  if (gone[atlas.third]) atlas.third = "gap";
  if (!lanes.length && atlas.tab === "ends") atlas.tab = "points";
}

// ---- drawing ----------------------------------------------------------------------------------------------------

function layout(atlas, whole = false) {
  const { header, map } = atlas;
  if (!header) return;
  const theme = (atlas.theme = themeOf(atlas.root));
  if (!layoutMap(map, theme, header.language)) return;
  refreshOverlay(atlas);
  paintMarks(atlas);
  drawPlots(atlas);
  if (whole || atlas.sheetTheme !== theme) fillSheet(atlas);
  tick(atlas);
}

function paintMarks(atlas) {
  const size = sizeOf(atlas.map.figure);
  drawMarks(fit(atlas.find(".contour .marks"), size), size, frameNow(atlas.map), atlas, atlas.theme);
}

/** Level lines through the saddles, for what is seen now, and around the point those of surface and parabola. */
async function refreshOverlay(atlas) {
  const { header, map } = atlas;
  const saddles = [...new Set(header.points.filter((point) => point.kind === "saddle").map((point) => point.loss))];
  const chosen = header.here.kind === "saddle" ? [header.here.loss] : [];
  const lines =
    header.scene.flat || map.relief?.veiled
      ? ""
      : [...new Set([...chosen, ...(saddles.length < LEVELS ? saddles : [])])].join("~");
  const around = header.gap?.at > 0 ? `&at=${header.here.exact.join("~")}&reach=${header.gap.at}` : "";
  const window = map.relief?.window;
  const url =
    window && (lines || around)
      ? `${header.scene.overlay}&window=${window.join("~")}${lines ? `&levels=${lines}` : ""}${around}`
      : null;
  if (url === atlas.overlayUrl) return;
  atlas.overlayUrl = url;
  atlas.overlaying?.abort();
  if (!url) return (atlas.overlay = null); // never that of another surface or point
  const control = (atlas.overlaying = new AbortController());
  try {
    const overlay = await fetchOverlay(new URL(url, document.baseURI).href, control.signal);
    overlay.levels.forEach((level, i) => (level.chosen = Boolean(chosen.length) && i === 0));
    atlas.overlay = overlay;
    paintMarks(atlas);
  } catch (error) {
    if (error.name === "AbortError") return;
    Object.assign(atlas, { overlay: null, overlayUrl: null }); // the next drawing asks again
    paintMarks(atlas);
    say(map, atlas.words.no_lines);
  }
}

/** Whether there is no H at the chosen point: then no eigenvectors either, and the cuts run along the axes. */
const bent = ({ here }) => here.values.some((value) => value === null);

const DRAW = {
  eigenvalues: (context, size, { header, log, theme, words }) =>
    drawEigenvalues(
      context,
      size,
      { values: header.here.values.map((value) => value ?? NaN), tolerance: header.here.tau, log },
      theme,
      words,
    ),
  cuts: (context, size, { header, cuts, theme, words }) => {
    const out = header.sides.filter(({ side }) => side === "plus" || side === "minus");
    const marks = out.map(({ side }) => ({
      at: side === "plus" ? header.push : -header.push,
      index: 0,
      label: words[`side_${side}`],
    }));
    const table = cuts ?? { distance: [new Float32Array(0)], losses: [], model: [] };
    const labels = bent(header) ? header.axes : undefined;
    drawCuts(
      context,
      size,
      { distance: table.distance[0], losses: table.losses, model: table.model, marks, labels },
      theme,
      words,
    );
  },
  gap: (context, size, { header, gap, theme, words: all }) => {
    const words = header.here.kind === "not_smooth" ? { ...all, no_gap: all.no_eigenvalues } : all;
    drawGap(
      context,
      size,
      {
        distance: gap?.distance[0] ?? [],
        error: gap?.error[0] ?? [],
        slope: header.gap?.slope ?? NaN,
        at: header.gap?.at,
      },
      theme,
      words,
    );
  },
  leaving: (context, size, { header: { leaving }, theme, words }) => {
    const predicted = `${words.predicted} (η = ${number(leaving.rate)}, R = ${number(leaving.far)})`;
    drawLeaving(context, size, leaving, theme, { ...words, predicted });
  },
};

function drawPlots(atlas) {
  for (const place of PLOTS) {
    const name = place === "third" ? atlas.third : place;
    const called = name === "cuts" && bent(atlas.header) ? "axes" : name;
    const figure = atlas.find(`[data-plot=${place}]`);
    const holder = figure.querySelector(".layers");
    const size = sizeOf(holder);
    figure.querySelector(".name").textContent = atlas.words[`plot_${called}`];
    figure.querySelector("figcaption").title = atlas.words[`plot_${called}_hint`];
    buildChoices(atlas, place, figure.querySelector(".choices"));
    if (!size.width || size.height < 20) continue;
    const context = fit(holder.querySelector(".ground"), size);
    context.clearRect(0, 0, size.width, size.height);
    fit(holder.querySelector(".paths"), size).clearRect(0, 0, size.width, size.height);
    if (name === "loss") {
      atlas.frame = chartFrame(size, atlas.lanes, "loss", atlas.clock.last, atlas.header.bounded, atlas.header.slack);
      if (atlas.frame.shifted) figure.querySelector(".name").textContent = atlas.words.chart_loss_above;
      drawChart(context, size, atlas.frame, atlas.theme, atlas.words);
    } else DRAW[name](context, size, atlas);
  }
}

function buildChoices(atlas, place, holder) {
  const { words, header } = atlas;
  const turn = (change) => () => {
    change();
    drawPlots(atlas);
    tick(atlas);
  };
  if (place === "eigenvalues")
    holder.replaceChildren(
      button(
        words[atlas.log ? "log" : "linear"],
        words.log_hint,
        turn(() => (atlas.log = !atlas.log)),
      ),
    );
  if (place !== "third") return;
  const there = { gap: true, leaving: header.leaving, loss: atlas.lanes.length };
  const choices = THIRDS.filter((name) => there[name]).map((name) =>
    button(
      words[`third_${name}`],
      words[`plot_${name}_hint`],
      turn(() => (atlas.third = name)),
      atlas.third === name,
    ),
  );
  holder.replaceChildren(...(choices.length > 1 ? choices : []));
}

/** Draw what moves. */
function tick(atlas) {
  const { header, map, clock, lanes, theme } = atlas;
  if (!header || !theme) return;
  const { context, size } = overMap(map);
  drawPaths(context, size, map.view, header.scene, lanes, clock, theme, {
    arrows: false,
    focus: null,
    words: atlas.words,
  });
  followClock(atlas.find(".play"), clock, atlas.words);
  if (atlas.third !== "loss" || !atlas.frame) return;
  const holder = atlas.find("[data-plot=third] .layers");
  const room = sizeOf(holder);
  if (room.width) drawProgress(fit(holder.querySelector(".paths"), room), room, atlas.frame, lanes, clock, theme, null);
}

// ---- card, tabs and tables --------------------------------------------------------------------------------------

function buildCard(atlas) {
  const { header, words, component } = atlas;
  const { here, sides } = header;
  const made = (tag, name, ...content) => {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...content);
    return element;
  };
  const theme = themeOf(atlas.root);
  const heading = made("h2", "", verdictSign(here.kind, theme), words[here.kind]);
  if (!["sloped", "not_smooth"].includes(here.kind)) heading.append(made("span", "signs", signs(here)));
  if (here.tau !== null) heading.append(made("span", "tau", `τ = ${number(here.tau, here.automatic ? 2 : 8)}`));
  const ways = sides.map((way) => {
    const hint = `${words[`leave_${way.side}`]} ΔL = ${number(way.change, 3)} (${words.taylor}: ${number(way.predicted, 3)})`;
    const face = made("button", "way", words[`side_${way.side}`]);
    if (way.side !== "here") face.append(made("small", way.change > 0 ? "uphill" : "", `ΔL ${number(way.change, 2)}`));
    face.title = hint;
    face.dataset.side = way.side;
    face.setAttribute("aria-label", `${words[`leave_${way.side}`]}`);
    face.setAttribute("aria-pressed", way.chosen);
    face.onclick = () => edit(component, "leave", way.side);
    return face;
  });
  if (ways.length && sides.some(({ side }) => side !== "here"))
    ways.unshift(made("span", "escape", words[here.kind === "minimum" ? "push_it" : "escape"]));
  if (atlas.lanes.length) ways.push(button("✕", words.leave_none, () => edit(component, "leave", "none")));
  atlas.find(".card").replaceChildren(heading, made("p", "", here.verdict), made("div", "ways", ...ways));
}

function buildTabs(atlas) {
  const { words, header } = atlas;
  const tabs = TABS.filter((name) => name !== "ends" || atlas.lanes.length).map((name) => {
    const label =
      name === "points"
        ? `${words.tab_points} (${header.points.length + header.valleys.length + header.kinks.length})`
        : words[`tab_${name}`];
    const tab = button(label, words[`tab_${name}_hint`], () => {
      atlas.tab = name;
      buildTabs(atlas);
      fillSheet(atlas);
    });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", String(atlas.tab === name));
    return tab;
  });
  const race = button(words.to_compare, words.to_compare_hint, () => edit(atlas.component, "race", header.here.exact));
  race.className = "door";
  const told = document.createElement("span");
  told.className = "told";
  told.textContent = told.title = `${header.shortened} ${header.told}`.trim();
  atlas.find(".tabs").replaceChildren(...tabs, race, told);
}

function fillSheet(atlas) {
  const { header, words, theme, tab, component } = atlas;
  atlas.sheetTheme = theme;
  if (!theme) return;
  const [table, facts] = [atlas.find(".sheet table"), atlas.find(".sheet .facts")];
  [table.hidden, facts.hidden] = [tab === "facts", tab !== "facts"];
  if (tab === "facts") return pointFacts(facts, header, words);
  if (tab === "ends") return endTable(table, header, { words, theme, pick: (end) => edit(component, "point", end) });
  const sort = (by) => {
    atlas.order = { by, down: atlas.order.by === by && !atlas.order.down };
    fillSheet(atlas);
  };
  pointTable(table, header, {
    words,
    theme,
    order: atlas.order,
    sort,
    pick: (point) => edit(component, "critical", point.point),
  });
}

function savePicture({ root, lanes, header, theme, words }) {
  const racers = lanes.filter((lane, i) => lanes.findIndex(({ number }) => number === lane.number) === i);
  const title = `${header.title} · (${header.here.exact.map((value) => number(value)).join(", ")}) · ${words[header.here.kind]}`;
  const picture = compose(root, racers, theme, title, (context, lane) =>
    context.drawImage(swatch(lane.number, theme), 0, 0, 34, 16),
  );
  picture.toBlob((blob) => download("critical-points.png", blob));
}

// ---- pointer ----------------------------------------------------------------------------------------------------

const pointer = (atlas) => ({
  redraw: () => layout(atlas),
  hold: (spot) => apart(spot, atlas.header.here.at, atlas.header.scene.flat) < REACH.point,
  drag: (at) => edit(atlas.component, "point", pointAt(atlas.map, at), true),
  drop: (at) => {
    const { x, y } = frameNow(atlas.map);
    choose(atlas, at, { x, y, px: x(at[0]), py: y(at[1]) });
  },
  click: (at, spot) => choose(atlas, at, spot),
  meant: (spot) =>
    [...atlas.header.points, ...atlas.header.kinks].find(
      ({ at }) => apart(spot, at, atlas.header.scene.flat) < REACH.kink / 2,
    ),
});

const apart = (spot, [px, py], flat) => Math.hypot(spot.px - spot.x(px), flat ? 0 : spot.py - spot.y(py));

/** A click means the sign that is drawn there; else the place itself. */
function choose(atlas, at, spot) {
  const { header, component, map } = atlas;
  const { flat } = header.scene;
  const closest = (list, place, reach) =>
    list
      .map((item) => [apart(spot, place(item), flat), item])
      .filter(([far]) => far < reach)
      .sort(([a], [b]) => a - b)[0]?.[1];
  const point = closest(header.points, (item) => item.at, REACH.point);
  if (point) return edit(component, "critical", point.point);
  const kink = closest(header.kinks, (item) => item.at, REACH.kink);
  const onValley = header.valleys.some(
    ({ path, curve }) => curve && path.some((place, i) => i && besides(spot, path[i - 1], place) < REACH.valley),
  );
  if (kink || onValley) return edit(component, "critical", kink?.point ?? pointAt(map, at));
  edit(component, "point", pointAt(map, at));
}

/** Pixels from a spot to the piece between two places; far where the piece only joins two parts of a valley. */
function besides(spot, from, to) {
  const [ax, ay, bx, by] = [spot.x(from[0]), spot.y(from[1]), spot.x(to[0]), spot.y(to[1])];
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  if (length > 3600) return Infinity;
  const share = length
    ? Math.min(Math.max(((spot.px - ax) * (bx - ax) + (spot.py - ay) * (by - ay)) / length, 0), 1)
    : 0;
  return Math.hypot(spot.px - ax - share * (bx - ax), spot.py - ay - share * (by - ay));
}
