// The tables of the atlas: all points, one point, and where the paths that left it have ended.

import { number, subscript } from "../kit/axes.js";
import { swatch } from "../kit/table.js";
import { verdictSign } from "./marks.js";

const tuple = (values, digits = 4) =>
  values.length === 1 ? number(values[0], digits) : `(${values.map((value) => number(value, digits)).join(", ")})`;
const list = (values, digits = 4) => values.map((value) => number(value, digits)).join(",  ");

/** How many eigenvalues are positive, zero and negative; what there is none of is left out. */
export const signs = (/** @type {{signs: number[]}} */ { signs: [positive, zero, negative] }) =>
  [
    [positive, "> 0"],
    [zero, "≈ 0"],
    [negative, "< 0"],
  ]
    .filter(([count]) => count)
    .map(([count, sign]) => `${count} λᵢ ${sign}`)
    .join(", ");

// Columns of the list: what it is called in the catalogue, its text, and the number by which it is sorted.
/** @type {[string, (point: any) => string, (point: any) => number][]} */
const COLUMNS = [
  ["kind", (p) => p.said, (p) => KINDS.indexOf(p.kind)],
  ["place", (p) => p.form ?? tuple(p.point, 6), (p) => p.point[0]],
  ["loss", (p) => number(p.loss, 5), (p) => p.loss],
  ["slope", (p) => number(p.norm, 2), (p) => p.norm],
  ["eigenvalues", (p) => list(p.values), (p) => p.values[0]],
  ["signs", (p) => signs(p), (p) => p.signs[2]],
  ["condition", (p) => number(p.condition, 3), (p) => p.condition ?? Infinity],
  ["tau", (p) => number(p.tau, 2), (p) => p.tau],
];
const KINDS = `minimum valley_minimum saddle valley_saddle maximum valley_maximum degenerate valley_degenerate
  not_smooth`.split(/\s+/);
const BLANK = { norm: undefined, values: [], signs: [0, 0, 0], condition: undefined, tau: undefined };

/** All that was found as rows: points, then valleys, of which one point stands for all, and tips and edges. */
const rowsOf = ({ points, valleys, kinks }, words) => [
  ...points.map((point) => ({ ...point, said: words[point.kind] })),
  ...valleys.map((valley) => ({ ...BLANK, ...valley, values: [], kind: `valley_${valley.kind}` })),
  ...kinks.map((kink) => ({ ...BLANK, ...kink, kind: "not_smooth" })),
];

function cell(row, content, hint) {
  const made = row.insertCell();
  made.append(...[content].flat());
  if (hint) made.title = hint;
  return made;
}

function headed(table, heads) {
  const row = table.createTHead().insertRow();
  return heads.map(([text, hint]) => {
    const made = document.createElement(text ? "th" : "td");
    made.textContent = text;
    made.title = hint ?? "";
    row.append(made);
    return made;
  });
}

/** The list of all points; `order` is {by, down}, `sort(column)` and `pick(point)` are called on clicks. */
export function pointTable(table, header, { words, theme, order, sort, pick }) {
  table.replaceChildren();
  table.className = "points";
  const heads = headed(
    table,
    COLUMNS.map(([name]) => [words[`col_${name}`], words[`col_${name}_hint`]]),
  );
  heads.forEach((head, column) => {
    head.tabIndex = 0;
    head.onclick = () => sort(column);
    head.onkeydown = (event) => event.key === "Enter" && sort(column);
    if (order.by === column) {
      head.textContent += order.down ? " ▾" : " ▴";
      head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
    }
  });
  const key = COLUMNS[order.by][2];
  const ranked = (point) => key(point) ?? Infinity; // what has no number comes last
  const sorted = rowsOf(header, words).map((point, row) => ({ point, row }));
  sorted.sort((a, b) =>
    ranked(a.point) === ranked(b.point) ? 0 : ranked(a.point) < ranked(b.point) === order.down ? 1 : -1,
  );
  const body = table.createTBody();
  for (const { point, row } of sorted) {
    const line = body.insertRow();
    line.tabIndex = 0;
    line.classList.toggle("focus", row === header.here.row);
    line.onclick = () => pick(point);
    line.onkeydown = (event) => event.key === "Enter" && pick(point);
    COLUMNS.forEach(([, text], column) =>
      cell(line, column ? text(point) : [verdictSign(point.kind, theme), text(point)]),
    );
  }
}

/** Every number of the chosen point. */
export function pointFacts(holder, header, words) {
  const { here } = header;
  const table = document.createElement("table");
  table.className = "spectrum";
  headed(table, [
    ["", ""],
    [words.double, words.double_hint],
    [words.single, words.single_hint],
    [words.vector, words.vector_hint],
  ]);
  const body = table.createTBody();
  here.values.forEach((value, i) => {
    const row = body.insertRow();
    cell(row, `λ${subscript(i + 1)}`);
    cell(row, number(value, 8));
    cell(row, number(here.narrow[i], 8));
    cell(row, tuple(here.all_vectors[i]));
  });
  const facts = document.createElement("dl");
  const fact = (name, hint, text) => {
    const [term, told] = [document.createElement("dt"), document.createElement("dd")];
    [term.textContent, told.textContent, term.title] = [name, text, hint];
    facts.append(term, told);
  };
  fact("θ", words.theta_hint, tuple(here.exact, 8));
  fact("L(θ)", words.loss_hint, number(here.loss, 8));
  fact("∇L", words.gradient_hint, `${tuple(here.gradient, 3)},  ‖∇L‖ = ${number(here.norm, 3)}`);
  fact("H", words.hessian_hint, here.hessian.map((row) => `[${list(row)}]`).join(" "));
  fact("κ", words.col_condition_hint, number(here.condition, 4));
  fact(
    "τ",
    words.col_tau_hint,
    `${number(here.tau, here.automatic ? 3 : 8)} ${here.automatic ? words.automatic : words.by_hand}`,
  );
  fact("−H⁻¹∇L", words.newton_hint, tuple(here.newton, 4));
  if (here.rates) {
    const { rates } = here;
    fact(
      words.best_descent,
      words.best_descent_hint,
      `η = ${number(rates.gradient_descent_rate)},  ${words.factor} ${number(rates.gradient_descent_factor)}`,
    );
    fact(
      words.best_momentum,
      words.best_momentum_hint,
      `η = ${number(rates.heavy_ball_rate)},  λ = ${number(rates.heavy_ball_momentum)},  ` +
        `${words.factor} ${number(rates.heavy_ball_factor)}`,
    );
  }
  holder.replaceChildren(table, facts);
}

/** Where each path has ended. */
export function endTable(table, header, { words, theme, pick }) {
  table.replaceChildren();
  table.className = "ends";
  headed(
    table,
    ["optimizer", "side", "end", "kind", "final", "lowered", "happened"].map((name) => [
      words[`end_${name}`],
      words[`end_${name}_hint`],
    ]),
  );
  const body = table.createTBody();
  for (const lane of header.lanes) {
    const row = body.insertRow();
    cell(row, [swatch(lane.number, theme), lane.label]);
    cell(row, words[`side_${lane.side}`]);
    cell(row, tuple(lane.end));
    const look = Object.assign(document.createElement("button"), {
      className: "look",
      textContent: lane.ended_on,
      title: words.what_is_this,
    });
    look.onclick = () => pick(lane.end);
    cell(row, lane.diverged < 0 ? [verdictSign(lane.kind, theme), look] : "–");
    cell(row, number(lane.outcome.final_loss, 5));
    cell(row, number(lane.lowered, 3));
    cell(row, lane.outcome.happened);
  }
}
