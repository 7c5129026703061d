// The page of curvature: the Hessian's eigenvalues at the clock, and loss, sharpness and signs through training.

import { number, scale, ticks, whole } from "../kit/axes.js";
import { follow, frameAt, horizon } from "../kit/clock.js";
import { font } from "../kit/contour.js";
import { chartFrame, drawChart, drawProgress } from "../kit/curves.js";
import { colourOf, LIGHT, themeOf } from "../kit/look.js";
import { mounting } from "../kit/mounting.js";
import { paceOf } from "../kit/pace.js";
import { button, fit, sizeOf } from "../kit/parts.js";
import { buildPlay, followClock } from "../kit/play.js";
import { compose, download } from "../kit/save.js";
import { swatch } from "../kit/table.js";
import { columns } from "../kit/wire.js";
import { drawFrame } from "../pictures/plots.js";

const CURVES = ["loss", "sharpness"];
const VIEWS = ["sorted", "histogram"];
const SIGNS = ["negative", "zero", "positive"];
const SHADES = { light: ["#3b4754", "#ffffff", "#aab5c0"], dark: ["#e4eaf0", "#0e1117", "#77838f"] }; // no optimizer's colours
const INNER = 1e-5; // of the largest |λ|: below it the axis of the sorted spectrum is linear
const BINS = 90;

const pane = (name) => `
  <figure data-pane="${name}"><figcaption><span class="name"></span><span class="choices"></span></figcaption>
    <div class="layers"><canvas class="ground"></canvas><canvas class="paths"></canvas></div></figure>`;

const LAYOUT = `
  <div class="pictures">
    ${pane("spectrum")}
    <div class="curves">${pane("loss")}${pane("sharpness")}${pane("signs")}</div>
  </div>
  <div class="play" role="toolbar"></div>
  <p class="told"></p>
  <div class="sheet"><table></table></div>
  <p class="summary" aria-live="polite"></p>`;

export const { mount, unmount } = mounting("curvature", LAYOUT, {
  fields: () => ({ header: null, focus: null, view: "sorted", frames: {}, log: { loss: true, sharpness: true } }),
  pointer: null,
  wire,
  show,
  layout,
  tick,
  listens: (page) => page.header,
});

// ---- new data ---------------------------------------------------------------------------------------------------

/** @param {any} page @param {Payload.CurvaturePicture} header @param {Float32Array} floats */
function show(page, header, floats) {
  const before = page.header;
  Object.assign(page, { header, words: header.words });
  const part = (lane, name) => {
    const table = columns(floats, lane[name]);
    return { ...lane, frames: lane[name].frames, columns: table, steps: table.steps[0] };
  };
  page.curves = {
    loss: header.lanes.map((lane) => part(lane, "curve")),
    sharpness: header.lanes.map((lane) => part(lane, "spectrum")),
  };
  page.lanes = page.curves.sharpness;
  page.known = page.lanes.some(({ columns: { values } }) => values.some((value) => value.some(Number.isFinite)));
  if (!page.lanes.some(({ number: lane }) => lane === page.focus)) page.focus = page.lanes[0]?.number ?? null;
  page.reach = reachOf(page.lanes);
  const waits = follow(page.clock, header, before, page.known);
  page.clock.pace = paceOf(page.curves.loss, header.steps);
  const picture = button("PNG", page.words.picture, () => savePicture(page));
  buildPlay(page.find(".play"), page.clock, page.words, header.language, [picture], waits);
  arrange(page);
  page.find('[data-pane="spectrum"] .paths').setAttribute("aria-label", header.title);
  page.root.style.setProperty("--lanes", Math.max(page.lanes.length, 3));
  layout(page);
  page.find(".summary").textContent = "";
  page.root.dataset.painted = header.sequence;
}

// The picture that the page is asked for is the large one, the others stand beside it in their order.
function arrange({ root, find, header }) {
  if (root.dataset.main === header.main) return;
  root.dataset.main = header.main;
  const figure = (name) => find(`[data-pane=${name}]`);
  find(".curves").append(...["spectrum", ...CURVES, "signs"].map(figure));
  find(".pictures").prepend(figure(header.main));
}

/** The smallest and the largest eigenvalue of all lanes that have not diverged: what the axes hold still. */
function reachOf(lanes) {
  const calm = lanes.filter(({ diverged }) => diverged < 0);
  let [low, high] = [0, 0];
  for (const {
    columns: { values },
  } of calm.length ? calm : lanes)
    for (const column of values)
      for (const value of column)
        if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return low < high ? { low, high } : { low: -1, high: 1 };
}

/** The spectrum of a lane at the clock: {values, weights, tau, low, high}, ascending; low and high to be printed. */
function spectrumAt({ steps, columns: { values, weights = [], tau, low_told: low, high_told: high } }, clock) {
  const at = frameAt(steps, clock.step);
  return {
    values: values.map((column) => column[at]),
    low: low[0][at],
    high: high[0][at],
    weights: values.map((_, i) => (weights.length ? weights[i][at] : 1 / values.length)),
    tau: tau[0][at],
  };
}

// ---- drawing ----------------------------------------------------------------------------------------------------

function layout(page) {
  if (!page.header) return;
  page.theme = themeOf(page.root);
  for (const name of CURVES) {
    const { holder, size } = room(page, name);
    if (!size) continue;
    const shown = page.curves[name];
    page.frames[name] = chartFrame(size, shown, name, page.clock.last, page.log[name]);
    drawChart(fit(holder.querySelector(".ground"), size), size, page.frames[name], page.theme);
  }
  paintSigns(page);
  buildCaptions(page);
  tick(page);
}

function room(page, name) {
  const holder = page.find(`[data-pane=${name}] .layers`);
  const size = sizeOf(holder);
  return { holder, size: size.width && size.height > 20 ? size : null };
}

/** Draw what moves. */
function tick(page) {
  const { header, theme, clock, words } = page;
  if (!header || !theme) return;
  for (const name of CURVES) {
    const { holder, size } = room(page, name);
    if (size && page.frames[name])
      drawProgress(
        fit(holder.querySelector(".paths"), size),
        size,
        page.frames[name],
        page.curves[name],
        clock,
        theme,
        words,
      );
  }
  paintSpectrum(page);
  followSigns(page);
  fillSheet(page);
  page.find(".told").textContent = horizon(clock) >= clock.last ? header.told : ""; // what came out, when it has been seen
  const epoch = Math.floor(Math.round(clock.step) / header.per_epoch);
  followClock(page.find(".play"), clock, words, ` · ${words.epoch} ${whole(epoch)}`);
}

function paintSpectrum(page) {
  const { holder, size } = room(page, "spectrum");
  if (!size) return;
  const context = fit(holder.querySelector(".ground"), size);
  if (!page.known) return note(context, size, page.words.waits, page.theme);
  (page.view === "sorted" ? drawSorted : drawHistogram)(context, size, page);
}

/** Rank against eigenvalue for every lane, decades on both sides of a linear middle; the band is ±τ of the chosen lane. */
function drawSorted(context, size, { lanes, clock, focus, header, reach, theme, words }) {
  const spectra = lanes.map((lane) => ({ lane, ...spectrumAt(lane, clock) }));
  const chosen = spectra.find(({ lane }) => lane.number === focus);
  const axis = decades(reach, size.height);
  const frame = drawFrame(context, size, { x: { low: 0, high: header.size, title: words.rank }, y: axis }, theme);
  const { box, x, y } = frame;
  const spots = ({ values, weights }) => {
    let rank = 0;
    return values.map((value, i) => [x((rank += header.size * weights[i]) - (header.size * weights[i]) / 2), y(value)]);
  };
  clipped(context, box, () => {
    const edge = Math.max(y(-chosen.tau) - y(chosen.tau), 1);
    fill(context, theme.soft, 0.18, box.left, y(chosen.tau), box.right - box.left, edge);
    fill(context, theme.soft, 1, box.left, y(0) - 0.5, box.right - box.left, 1);
    for (const spectrum of [...spectra.filter((each) => each !== chosen), chosen])
      drawSpots(context, spots(spectrum), spectrum === chosen, colourOf(spectrum.lane.number, theme));
  });
  if (!chosen.values.every(Number.isFinite)) return note(context, size, words.lost, theme, false);
  const colour = colourOf(focus, theme);
  const [first, last] = [chosen.values[0], chosen.values.at(-1)];
  label(
    context,
    `λmax = ${number(chosen.high, 3)}`,
    box.right - 8,
    Math.max(y(last) - 14, box.top + 8),
    "right",
    colour,
    theme,
  );
  label(
    context,
    `λmin = ${number(chosen.low, 3)}`,
    box.left + 8,
    Math.min(y(first) + 16, box.bottom - 8),
    "left",
    colour,
    theme,
  );
}

function drawSpots(context, spots, chosen, colour) {
  const known = spots.filter(([, py]) => Number.isFinite(py));
  context.fillStyle = context.strokeStyle = colour;
  context.beginPath();
  for (const spot of known) context.lineTo(...spot);
  [context.lineWidth, context.globalAlpha] = [chosen ? 2 : 1.4, chosen ? 0.9 : 0.6];
  context.stroke();
  context.globalAlpha = 1;
  if (!chosen) return;
  const radius = known.length > 200 ? 1.6 : 3;
  for (const [px, py] of known) {
    context.beginPath();
    context.arc(px, py, radius, 0, 7);
    context.fill();
  }
}

// Each decade takes the same room, on either side of a middle that is linear.
function decades({ low, high }, height) {
  const inner = INNER * Math.max(-low, high);
  const [top, bottom] = [30, height - 42];
  const [up, down] = [high, -low].map((end) => Math.max(Math.log10(end / inner), 0));
  const unit = (bottom - top) / (up + down + 1.2);
  const middle = top + unit * (up + 0.6);
  const place = (value) =>
    middle -
    Math.sign(value) *
      unit *
      (Math.abs(value) <= inner ? (0.6 * Math.abs(value)) / inner : 0.6 + Math.log10(Math.abs(value) / inner));
  const marks = (end) => (end > inner ? ticks(inner, end, ((end === high ? up : down) * unit) / 24, true) : []);
  return { low, high, log: true, place, ticks: [0, ...marks(high), ...marks(-low).map((value) => -value)] };
}

/** How many eigenvalues lie where, the counts in decades, so that a single one far outside shows beside the crowd. */
function drawHistogram(context, size, { lanes, clock, focus, header, reach, theme, words }) {
  const { values, weights } = spectrumAt(
    lanes.find((lane) => lane.number === focus),
    clock,
  );
  const margin = 0.03 * (reach.high - reach.low);
  const [low, high] = [reach.low - margin, reach.high + margin];
  const bins = new Float64Array(BINS);
  values.forEach((value, i) => {
    const bin = Math.floor(((value - low) / (high - low)) * BINS);
    if (bin >= 0 && bin < BINS) bins[bin] += header.size * weights[i];
  });
  const floor = header.exact ? 0.6 : 0.06;
  const axes = { x: { low, high, title: "λᵢ" }, y: { low: floor, high: 1.5 * header.size, log: true } };
  const { box, x, y } = drawFrame(context, size, axes, theme);
  if (!values.every(Number.isFinite)) return note(context, size, words.lost, theme, false);
  clipped(context, box, () => {
    const wide = (box.right - box.left) / BINS;
    bins.forEach(
      (many, bin) =>
        many > floor &&
        fill(
          context,
          colourOf(focus, theme),
          0.85,
          box.left + bin * wide,
          y(many),
          Math.max(wide - 1, 1),
          box.bottom - y(many),
        ),
    );
    fill(context, theme.ink, 0.7, x(0) - 0.5, box.top, 1, box.bottom - box.top);
  });
}

/** The counts of the chosen lane stacked over time, negative ones below. */
function paintSigns(page) {
  const { holder, size } = room(page, "signs");
  const lane = page.lanes.find(({ number: each }) => each === page.focus);
  if (!size || !lane) return;
  const { theme, header } = page;
  const context = fit(holder.querySelector(".ground"), size);
  if (!page.known) return note(context, size, page.words.waits, theme);
  const marks = ticks(0, header.steps, (size.width - 68) / 70).filter(
    (mark) => Number.isInteger(mark) && mark < 0.97 * header.steps,
  );
  const frame = drawFrame(
    context,
    size,
    { x: { low: 0, high: header.steps, ticks: marks }, y: { low: 0, high: header.size } },
    theme,
  );
  page.frames.signs = frame;
  const below = new Float64Array(lane.frames);
  const known = Array.from(lane.steps.keys()).filter((i) => Number.isFinite(lane.columns.zero[0][i]));
  clipped(context, frame.box, () =>
    SIGNS.forEach((sign, band) => {
      const count = lane.columns[sign][0];
      context.beginPath();
      for (const i of known) context.lineTo(frame.x(lane.steps[i]), frame.y(below[i] + count[i]));
      for (const i of known.toReversed()) context.lineTo(frame.x(lane.steps[i]), frame.y(below[i]));
      for (const i of known) below[i] += count[i];
      context.fillStyle = shadesOf(theme)[band];
      context.globalAlpha = 0.75;
      context.fill();
      context.globalAlpha = 1;
    }),
  );
}

const shadesOf = (theme) => SHADES[theme === LIGHT ? "light" : "dark"];

function followSigns(page) {
  const { holder, size } = room(page, "signs");
  const {
    clock,
    theme,
    words,
    frames: { signs: frame },
  } = page;
  const lane = page.lanes.find(({ number: each }) => each === page.focus);
  if (!size || !frame || !lane || !page.known) return;
  const context = fit(holder.querySelector(".paths"), size);
  context.clearRect(0, 0, size.width, size.height);
  fill(context, theme.ink, 1, frame.x(clock.step) - 0.75, frame.box.top, 1.5, frame.box.bottom - frame.box.top);
  const unseen = frame.x(Math.min(horizon(clock), clock.last));
  fill(
    context,
    theme.panel,
    1,
    unseen,
    frame.box.top,
    Math.max(frame.box.right - unseen, 0),
    frame.box.bottom - frame.box.top,
  );
  const at = frameAt(lane.steps, clock.step);
  let below = 0;
  for (const sign of SIGNS) {
    const many = lane.columns[sign][0][at];
    const middle = frame.y(below + many / 2);
    below += many;
    const tall = frame.y(0) - frame.y(many);
    if (tall > 14)
      label(context, `${words[sign]} ${counted(lane, sign, at)}`, frame.box.left + 8, middle, "left", theme.ink, theme);
  }
}

// ---- words around the pictures ----------------------------------------------------------------------------------

function buildCaptions(page) {
  const { words, header } = page;
  for (const name of ["spectrum", ...CURVES, "signs"]) {
    const caption = page.find(`[data-pane=${name}] figcaption`);
    const lane = header.lanes.find(({ number: each }) => each === page.focus);
    const whose = name === "signs" || (name === "spectrum" && page.view === "histogram");
    caption.querySelector(".name").textContent = words[`pane_${name}`] + (whose && lane ? ` · ${lane.label}` : "");
    caption.title = words[`pane_${name}_hint`] ?? "";
    const turn = (change) => () => {
      change();
      layout(page);
    };
    const choices =
      name === "spectrum"
        ? VIEWS.map((view) =>
            button(
              words[view],
              words[`${view}_hint`],
              turn(() => (page.view = view)),
              page.view === view,
            ),
          )
        : CURVES.includes(name)
          ? [
              button(
                words[page.log[name] ? "log" : "linear"],
                words.log_hint,
                turn(() => (page.log[name] = !page.log[name])),
              ),
            ]
          : [];
    caption.querySelector(".choices").replaceChildren(...choices);
  }
}

const COLUMNS = {
  loss: ({ curve, clock }) => number(curve.columns.loss_told[0][frameAt(curve.steps, clock.step)]),
  low: ({ spectrum }) => number(spectrum.low, 3),
  high: ({ spectrum }) => number(spectrum.high, 3),
  sharpness: ({ lane, at }) => number(lane.columns.sharpness_told[0][at], 3),
  limit: ({ lane, at }) => number(lane.columns.limit_told[0][at], 3),
  ratio: ({ lane, at }) => number(lane.columns.ratio_told[0][at], 2),
  signs: ({ lane, at }) =>
    SIGNS.toReversed()
      .map((sign) => counted(lane, sign, at))
      .join(" / "),
};

/** How many eigenvalues have a sign; an estimate with what it may be off by. */
function counted({ columns }, sign, at) {
  const [many, off] = [columns[sign][0][at], columns.margins[SIGNS.toReversed().indexOf(sign)][at]];
  return Number.isFinite(many) ? whole(Math.round(many)) + (off >= 0.5 ? ` ± ${whole(Math.ceil(off))}` : "") : "–";
}

/** One row for each lane at the clock; a click chooses whose spectrum is in front. */
function fillSheet(page) {
  const { lanes, curves, clock, words, theme, focus } = page;
  const table = page.find(".sheet table");
  const stamp = [lanes.length, focus, words.col_loss, theme === LIGHT, page.header.sequence].join();
  if (table.dataset.stamp !== stamp) buildTable(page, table, stamp);
  lanes.forEach((lane, i) => {
    const at = frameAt(lane.steps, clock.step);
    const here = { lane, at, clock, curve: curves.loss[i], spectrum: spectrumAt(lane, clock) };
    Object.values(COLUMNS).forEach((tell, column) => {
      const cell = table.tBodies[0].rows[i].cells[column + 1];
      const text = tell(here);
      if (cell.textContent !== text) cell.textContent = text;
    });
  });
}

function buildTable(page, table, stamp) {
  const { lanes, words, theme, focus } = page;
  table.replaceChildren();
  table.dataset.stamp = stamp;
  const head = table.createTHead().insertRow();
  for (const name of ["", ...Object.keys(COLUMNS)]) {
    const cell = document.createElement("th");
    if (name) [cell.textContent, cell.title] = [words[`col_${name}`], words[`col_${name}_hint`]];
    head.append(cell);
  }
  const body = table.createTBody();
  for (const lane of lanes) {
    const row = body.insertRow();
    const pick = () => {
      page.focus = lane.number;
      layout(page);
    };
    row.classList.toggle("focus", lane.number === focus);
    row.tabIndex = 0;
    row.onclick = pick;
    row.addEventListener("keydown", (event) => event.key === "Enter" && pick());
    row.insertCell().append(swatch(lane.number, theme), lane.label);
    for (let i = 0; i < Object.keys(COLUMNS).length; i++) row.insertCell();
  }
}

function savePicture({ root, lanes, header, theme }) {
  const picture = compose(root, lanes, theme, header.title, (context, lane) =>
    context.drawImage(swatch(lane.number, theme), 0, 0, 34, 16),
  );
  picture.toBlob((blob) => download("curvature.png", blob));
}

function wire(page) {
  for (const name of [...CURVES, "signs"]) {
    const layer = page.find(`[data-pane=${name}] .paths`);
    layer.addEventListener("pointermove", (event) => {
      const frame = page.frames[name];
      if (!frame || (page.clock.playing && !event.buttons)) return; // whoever points at a playing curve does not stop it
      const px = event.clientX - layer.getBoundingClientRect().left;
      if (px < frame.box.left || px > frame.box.right) return;
      page.clock.seek(Math.round(scale(frame.box.left, frame.box.right, 0, page.clock.last)(px)));
    });
  }
}

// ---- strokes ----------------------------------------------------------------------------------------------------

function fill(context, colour, alpha, left, top, wide, high) {
  [context.globalAlpha, context.fillStyle] = [alpha, colour];
  context.fillRect(left, top, wide, high);
  context.globalAlpha = 1;
}

function clipped(context, box, draw) {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
  draw();
  context.restore();
}

function label(context, text, px, py, align, colour, theme) {
  [context.font, context.textAlign, context.textBaseline] = [font(13, 600), align, "middle"];
  [context.lineWidth, context.lineJoin, context.strokeStyle] = [4, "round", theme.halo];
  context.strokeText(text, px, py);
  context.fillStyle = colour;
  context.fillText(text, px, py);
}

function note(context, size, text, theme, clear = true) {
  if (clear) context.clearRect(0, 0, size.width, size.height);
  label(context, text, size.width / 2, clear ? size.height / 2 : 28, "center", theme.soft, theme);
}
