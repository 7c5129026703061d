// A chart that Python declares: axes, and between them series, in the look of all other pictures. What has times
// follows the page's clock. See reading.js for what a pointer and the keys do.

import { horizon } from "./clock.js";
import { answered } from "./edits.js";
import { drawAxes, frameOf } from "./frame.js";
import { themeOf } from "./look.js";
import { drawEnds, drawRow, drawSample } from "./names.js";
import { clipped, fit, note, sizeOf } from "./parts.js";
import { hold, leave, listen, said } from "./reading.js";
import { drawSeries } from "./series.js";
import { charts, clock, join, keepPace, seriesAt } from "./together.js";
import { unpack } from "./wire.js";

const PALE = 0.35; // how far it has been seen
const SPILL = 6; // pixels that a mark may stand over the edge
const known = new WeakMap();

export async function mount(component) {
  const element = component.parentElement;
  const chart = known.get(element) ?? build(element.querySelector(".plot"));
  known.set(element, chart);
  chart.component = component;
  const ticket = (chart.ticket = (chart.ticket ?? 0) + 1);
  const { header, floats } = await unpack(component.data);
  if (chart.closed || ticket !== chart.ticket) return; // newer data overtook this one
  charts.add(chart);
  renew(chart, header, floats);
  answered();
}

/** Draw the chart of this name anew, by an answer to an edit.
 * @param {Payload.ChartPicture} header @param {Float32Array} floats */
export function redraw(header, floats) {
  const chart = [...charts].find((each) => each.header?.key === header.key && each.root.isConnected);
  if (!chart) return;
  chart.ticket += 1;
  renew(chart, header, floats);
}

function renew(chart, header, floats) {
  read(chart, header, floats);
  leave(chart);
  chart.draw();
  hold(chart);
  keepPace();
}

export function unmount(element) {
  known.get(element)?.close();
  known.delete(element);
}

/** @param {any} chart @param {Payload.ChartPicture} header @param {Float32Array} floats */
function read(chart, header, floats) {
  let at = 0;
  const taken = (count) => floats.subarray(at, (at += count));
  chart.header = header;
  chart.series = header.series.map((each) => {
    const columns = each.counts.map(taken);
    return { ...each, columns, times: each.time && columns.pop() };
  });
  const first = chart.series.findIndex(({ time }) => time);
  chart.moving = first < 0 ? [] : chart.series.slice(first); // and what lies over that
  chart.still = chart.series.filter((each) => !chart.moving.includes(each));
  chart.root.style.height = `var(--lab-chart-high, ${header.height / 16}rem)`; // of a stop: its screen's
  chart.root.dataset.title = header.title;
  chart.root.classList.toggle("clocked", first >= 0);
}

function build(root) {
  root.innerHTML = `<canvas class="ground" role="img" tabindex="0"></canvas><canvas class="paths"></canvas>
    <i class="spot" hidden></i><output class="tip" hidden></output>`;
  const [canvas, above, spot, tip] = root.children;
  /** @type {any} */
  const chart = { root, canvas, above, spot, tip, series: [], moving: [] };
  chart.draw = () => guarded(chart, draw);
  chart.entries = () => entries(chart);
  const watcher = new ResizeObserver(chart.draw);
  watcher.observe(root);
  const themes = new MutationObserver(() => requestAnimationFrame(chart.draw));
  themes.observe(document.head, { childList: true });
  const part = join(() => chart.failed || guarded(chart, move));
  listen(chart);
  chart.close = () => {
    chart.closed = true;
    watcher.disconnect();
    themes.disconnect();
    charts.delete(chart);
    part();
  };
  return chart;
}

// A chart that throws says so in its own frame; its neighbours and the clock live on.
function guarded(chart, act) {
  try {
    chart.failed = false;
    act(chart);
  } catch (error) {
    const { root, canvas, above, size, header, theme } = chart;
    console.error("plot:", root.parentNode.host?.parentElement?.className ?? "", error);
    chart.failed = true;
    above.width = canvas.width = 0; // what was drawn, and a clip that was left
    note(fit(canvas, size), size, header.failed, theme);
  }
}

function draw(chart) {
  const { root, canvas, header } = chart;
  chart.size = sizeOf(root);
  if (!header || !chart.size.width || chart.size.height < 60) return;
  chart.unit = root.clientWidth / chart.size.width; // pixels
  chart.theme = themeOf(root);
  const { size, theme } = chart;
  const context = fit(canvas, size);
  context.clearRect(0, 0, size.width, size.height);
  const frame = (chart.frame = frameOf(context, size, chart));
  drawAxes(context, size, frame, header.x.title, theme);
  clipped(context, frame.box, () => {
    for (const each of chart.still) drawSeries(context, frame, each, theme);
  });
  drawEnds(context, frame, theme);
  for (const row of frame.rows.entries()) drawRow(context, row, theme);
  canvas.setAttribute("aria-label", said(chart));
  move(chart);
  root.dataset.painted = Number(root.dataset.painted ?? 0) + 1;
}

function move(chart) {
  const { above, size, frame, header, theme, moving } = chart;
  chart.points = null;
  if (!frame || !moving.length) return;
  const context = fit(above, size);
  context.clearRect(0, 0, size.width, size.height);
  if (header.x.clock) drawCursor(context, frame, clock.step / header.x.clock, theme);
  const over = () => {
    for (const each of moving)
      if (each.time && !isHead(each)) drawSeries(context, frame, seriesAt(each, horizon(clock)), theme, PALE);
    for (const each of moving) drawSeries(context, frame, seriesAt(each, clock.step), theme);
  };
  clipped(context, frame.box, over, SPILL);
}

const isHead = ({ time, times, columns }) => time === "turns" && columns[0].length === times.length;

function drawCursor(context, { box, x }, at, theme) {
  const place = Math.min(Math.max(x(at), box.left), box.right); // 0 is nowhere on a logarithmic axis
  context.fillStyle = theme.ink;
  context.fillRect(place - 0.75, box.top, 1.5, box.bottom - box.top);
}

const entries = ({ series, theme }) =>
  series
    .filter(({ name }) => name)
    .map((each) => ({ label: each.name, sample: (context, x, y) => drawSample(context, each, x, y, theme) }));
