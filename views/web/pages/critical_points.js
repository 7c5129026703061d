// Critical points: the map of all of a surface, one of them looked at closely, and the paths that leave it.

import { number } from "../kit/axes.js";
import { curves, logButton } from "../kit/chart.js";
import { edit } from "../kit/edits.js";
import { makeLane, projected } from "../kit/lane.js";
import { MAP, pointAt, showScene } from "../kit/map.js";
import { figure, page } from "../kit/page.js";
import { button, fillTabs, made } from "../kit/parts.js";
import { drawPaths } from "../kit/paths.js";
import { fetchOverlay } from "../kit/relief.js";
import { frameNow, say } from "../kit/window.js";
import { columns } from "../kit/wire.js";
import { worded } from "../pictures/atlas.js";
import { drawCuts } from "../pictures/cuts.js";
import { drawEigenvalues } from "../pictures/eigenvalues.js";
import { drawGap } from "../pictures/gap.js";
import { drawLeaving } from "../pictures/leaving.js";
import { drawMarks, verdictSign } from "../pictures/marks.js";
import { endTable, pointFacts, pointTable, signs } from "../pictures/points.js";
import { drawStanding } from "../pictures/standing.js";

/** @typedef {Payload.CriticalPointsPicture & import("../pictures/atlas.js").Worded} Shown */
/** @typedef {import("../kit/page.js").Page<Shown>} Atlas */

const THIRDS = ["gap", "leaving", "loss"];
const REACH = { point: 14, kink: 12, valley: 9 }; // pixels within which a click means what is drawn there
const LEVELS = 24; // level lines through saddles; where there are more, only that of the chosen one

const LAYOUT = `
  <div class="pictures">
    <figure class="contour" data-picture="map">${MAP.replace("</canvas>", `$&<canvas class="marks"></canvas>`)}</figure>
    <div class="curves closely">
      <section class="card"></section>
      ${["eigenvalues", "cuts", "third"].map((name) => figure(name)).join("")}
    </div>
  </div>
  <div class="play" role="toolbar"></div>
  <div class="tabs"></div>
  <div class="sheet"><table></table><div class="facts" hidden></div></div>
  <p class="summary" aria-live="polite"></p>`;

const captioned = ({ words }, plot, choices = []) => ({
  name: words[`plot_${plot}`],
  title: words[`plot_${plot}_hint`],
  choices,
});

const loss = curves({ curve: () => "loss" });

export const { mount, unmount } = page("critical_points", LAYOUT, {
  fields: () => ({ overlay: null, tab: "points", third: "gap", order: { by: 2, down: false } }),
  pictures: {
    map: {
      map: (/** @type {Atlas} */ atlas) => pointer(atlas),
      marks: (context, size, atlas) => drawMarks(context, size, frameNow(atlas.maps.map), atlas, atlas.theme),
      moving: (context, size, atlas) =>
        drawPaths(context, size, atlas.maps.map, atlas.lanes, { ...atlas, focus: null, over: over(atlas) }),
    },
    eigenvalues: {
      ground: (context, size, { header: { here }, logs, theme, words }) => {
        const values = here.values.map((value) => value ?? Number.NaN);
        drawEigenvalues(context, size, { values, tolerance: here.tau, log: logs.eigenvalues }, theme, words);
      },
      caption: (atlas) => captioned(atlas, "eigenvalues", [logButton(atlas, "eigenvalues")]),
    },
    cuts: {
      ground: groundCuts,
      caption: (atlas) => captioned(atlas, bent(atlas.header) ? "axes" : "cuts"),
    },
    third: {
      hover: true,
      ground: (context, size, atlas, name) => {
        atlas.frames.third = null;
        GROUNDS[atlas.third](context, size, atlas, name);
      },
      moving: (context, size, atlas, name) =>
        atlas.frames.third ? loss.moving(context, size, atlas, name) : context.clearRect(0, 0, size.width, size.height),
      caption: captionThird,
    },
  },
  asks: "atlas",
  speaks: true,
  worded,
  read,
  runs: ({ lanes }) => lanes.length > 0,
  paced: ({ lanes, header }) => [lanes, header.steps, header.scene.window],
  saved: ({ lanes, header: { title, here }, words }) => ({
    file: "critical-points.png",
    title: `${title} · (${here.exact.map((value) => number(value)).join(", ")}) · ${words[here.kind]}`,
    lanes: lanes.filter((lane, i) => lanes.findIndex(({ number }) => number === lane.number) === i),
  }),
  laid,
  shown: ({ header, maps }) => header.problem && say(maps.map, header.problem),
});

/** @param {Atlas} atlas @param {Shown} header @param {Float32Array} floats @param {Shown} [before] */
function read(atlas, header, floats, before) {
  const scene = projected(header.scene);
  const earlier = atlas.lanes.length;
  atlas.lanes = header.lanes.map((lane) => makeLane(lane, floats, scene));
  atlas.cuts = header.cuts && columns(floats, header.cuts);
  atlas.gap = header.gap && columns(floats, header.gap);
  const another = before?.scene.key !== scene.key;
  if (another) atlas.overlay = null;
  showScene(atlas.maps.map, scene, atlas.words, another);
  // Paths that set out bring their curve and their table; what is gone, also by the browser's Back, is not shown on.
  const { length } = atlas.lanes;
  if (header.sequence !== before?.sequence && length && !earlier) [atlas.third, atlas.tab] = ["loss", "ends"];
  if ({ loss: !length, leaving: !header.leaving }[atlas.third]) atlas.third = "gap";
  if (!length && atlas.tab === "ends") atlas.tab = "points";
}

/** Level lines through the saddles, for what is seen now, and around the point those of surface and parabola.
 * @param {Atlas} atlas */
async function refreshOverlay(atlas) {
  const { header, maps } = atlas;
  const url = overlayUrl(header, maps.map.relief);
  if (url === atlas.overlayUrl) return;
  atlas.overlayUrl = url;
  atlas.overlaying?.abort();
  atlas.overlaying = new AbortController();
  try {
    if (!url)
      atlas.overlay = null; // never that of another surface or point
    else {
      const overlay = await fetchOverlay(new URL(url, document.baseURI).href, atlas.overlaying.signal);
      overlay.levels.forEach((level, i) => (level.chosen = header.here.kind === "saddle" && i === 0));
      atlas.overlay = overlay;
    }
  } catch (error) {
    if (error.name === "AbortError") return;
    Object.assign(atlas, { overlay: null, overlayUrl: null }); // the next drawing asks again
    say(maps.map, atlas.words.no_lines);
  }
  atlas.repaint("map", "marks");
}

/** @param {Payload.CriticalPointsPicture} header */
function overlayUrl({ points, here, scene, gap }, relief) {
  const saddles = [...new Set(points.filter((point) => point.kind === "saddle").map((point) => point.loss))];
  const chosen = here.kind === "saddle" ? [here.loss] : [];
  const levels = [...new Set([...chosen, ...(saddles.length < LEVELS ? saddles : [])])].join("~");
  const lines = levels && !scene.flat && !relief?.veiled ? `&levels=${levels}` : "";
  const around = gap?.at > 0 ? `&at=${here.exact.join("~")}&reach=${gap.at}` : "";
  if (!relief || !(lines || around)) return null;
  return `${scene.overlay}&window=${relief.window.join("~")}${lines}${around}`;
}

// ---- the charts beside the map ----------------------------------------------------------------------------------

/** Whether there is no H at the chosen point: then no eigenvectors either, and the cuts run along the axes. */
const bent = (/** @type {Payload.CriticalPointsPicture} */ { here }) => here.values.some((value) => value === null);

/** @type {import("../kit/page.js").Draw} */
function groundCuts(context, size, { header, cuts, theme, words }) {
  const out = header.sides.filter(({ side }) => side === "plus" || side === "minus");
  const marks = out.map(({ side }) => ({
    at: side === "plus" ? header.push : -header.push,
    index: 0,
    label: words[`side_${side}`],
  }));
  const {
    distance: [distance],
    losses,
    model,
  } = cuts ?? { distance: [new Float32Array(0)], losses: [], model: [] };
  const labels = bent(header) ? header.axes : undefined;
  drawCuts(context, size, { distance, losses, model, marks, labels }, theme, words);
}

const GROUNDS = {
  loss: loss.ground,
  gap: (context, size, { header, gap, theme, words: all }) => {
    const words = header.here.kind === "not_smooth" ? { ...all, no_gap: all.no_eigenvalues } : all;
    const { slope, at } = header.gap ?? {};
    const [distance, error] = [gap?.distance[0] ?? [], gap?.error[0] ?? []];
    drawGap(context, size, { distance, error, slope: slope ?? Number.NaN, at }, theme, words);
  },
  leaving: (context, size, { header: { leaving }, theme, words }) => {
    const predicted = `${words.predicted} (η = ${number(leaving.rate)}, R = ${number(leaving.far)})`;
    drawLeaving(context, size, leaving, theme, { ...words, predicted });
  },
};

/** @param {Atlas} atlas */
function captionThird(atlas) {
  const { words, header, lanes, third, turn, frames } = atlas;
  const there = { gap: true, leaving: header.leaving, loss: lanes.length };
  const choices = THIRDS.filter((name) => there[name]).map((name) =>
    button(
      words[`third_${name}`],
      words[`plot_${name}_hint`],
      turn(() => (atlas.third = name)),
      third === name,
    ),
  );
  const told = captioned(atlas, third, choices.length > 1 ? choices : []);
  return frames.third?.shifted ? { ...told, name: words.curve_loss_above } : told;
}

// ---- card, tabs and tables --------------------------------------------------------------------------------------

/** @param {Atlas} atlas */
function laid(atlas, whole) {
  const { header, words, theme, lanes, find, component } = atlas;
  refreshOverlay(atlas);
  if (!whole && atlas.painted === theme) return;
  atlas.painted = theme;
  for (const part of find(".play").children) part.inert = !lanes.length && !("always" in part.dataset);
  find(".card").replaceChildren(...cardOf(atlas));
  find(".summary").textContent = `${words[header.here.kind]}: ${header.here.verdict}`;
  const count = header.points.length + header.valleys.length + header.kinks.length;
  const label = (name) => words[`tab_${name}`] + (name === "points" ? ` (${count})` : "");
  const race = button(words.to_compare, words.to_compare_hint, () => edit(component, "race", header.here.exact));
  race.className = "door";
  const told = `${header.shortened} ${header.told}`.trim();
  const beside = Object.assign(made("span", "told", told), { title: told });
  fillTabs(atlas, ["points", "facts", ...(lanes.length ? ["ends"] : [])], label, race, beside);
  fillSheet(atlas);
}

/** @param {Atlas} atlas */
function cardOf({ header: { here, sides }, words, component, theme, lanes }) {
  const heading = made("h2", "", verdictSign(here.kind, theme), words[here.kind]);
  if (!["sloped", "not_smooth"].includes(here.kind)) heading.append(made("span", "signs", signs(here)));
  if (here.tau !== null) heading.append(made("span", "tau", `τ = ${number(here.tau, here.automatic ? 2 : 8)}`));
  const ways = sides.map((way) => {
    const leave = words[`leave_${way.side}`];
    const face = made("button", "way", words[`side_${way.side}`]);
    if (way.side !== "here") face.append(made("small", way.change > 0 ? "uphill" : "", `ΔL ${number(way.change, 2)}`));
    face.title = `${leave} ΔL = ${number(way.change, 3)} (${words.taylor}: ${number(way.predicted, 3)})`;
    face.dataset.side = way.side;
    face.setAttribute("aria-pressed", String(way.chosen));
    face.onclick = () => edit(component, "leave", way.side);
    return face;
  });
  if (sides.some(({ side }) => side !== "here"))
    ways.unshift(made("span", "escape", words[here.kind === "minimum" ? "push_it" : "escape"]));
  if (lanes.length) ways.push(button("✕", words.leave_none, () => edit(component, "leave", "none")));
  return [heading, made("p", "", here.verdict), made("div", "ways", ...ways)];
}

/** @param {Atlas} atlas */
function fillSheet(atlas) {
  const { header, words, theme, tab, component, order, find } = atlas;
  const [table, facts] = [find(".sheet table"), find(".sheet .facts")];
  [table.hidden, facts.hidden] = [tab === "facts", tab !== "facts"];
  if (tab === "facts") return pointFacts(facts, header, words);
  if (tab === "ends") return endTable(table, header, { words, theme, pick: (end) => edit(component, "point", end) });
  const sort = (by) => {
    atlas.order = { by, down: order.by === by && !order.down };
    fillSheet(atlas);
  };
  const pick = (point) => edit(component, "critical", point.point);
  pointTable(table, header, { words, theme, order, sort, pick });
}

// ---- pointer ----------------------------------------------------------------------------------------------------

/** @param {Atlas} atlas */
const over = (atlas) => (context, spot, relief, size) => drawStanding(context, spot, relief, size, atlas);

/** @param {Atlas} atlas */
const pointer = (atlas) => ({
  redraw: () => atlas.layout(),
  hold: (spot) => apart(spot, atlas.header.here.at, atlas.header.scene.flat) < REACH.point,
  drag: (at) => edit(atlas.component, "point", pointAt(atlas.maps.map, at), true),
  drop: (at) => choose(atlas, at, spotAt(atlas, at)),
  click: (at, spot) => choose(atlas, at, spot ?? spotAt(atlas, at)),
  solid: true,
  meant: (spot) =>
    [...atlas.header.points, ...atlas.header.kinks].find(
      ({ at }) => apart(spot, at, atlas.header.scene.flat) < REACH.kink / 2,
    ),
});

// A place of the map as a pointer there would mean it.
function spotAt(atlas, at) {
  const { x, y } = frameNow(atlas.maps.map);
  return { x, y, px: x(at[0]), py: y(at[1]) };
}

const apart = (spot, /** @type {number[]} */ [px, py], flat) =>
  Math.hypot(spot.px - spot.x(px), flat ? 0 : spot.py - spot.y(py));

/** A click means the sign that is drawn there; else the place itself. */
function choose(atlas, at, spot) {
  const { header, component, maps } = atlas;
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
  if (kink || onValley) return edit(component, "critical", kink?.point ?? pointAt(maps.map, at));
  edit(component, "point", pointAt(maps.map, at));
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
