// The numbers behind the pictures of a page, as a table to take home. They are those that are drawn: seven digits.

const cell = (value) => {
  if (typeof value === "number") return Number.isFinite(value) ? String(Number(value.toPrecision(7))) : String(value);
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
};
const table = (rows) => rows.map((row) => row.map(cell).join(",")).join("\n");

const PAINTED = ["heat", "regions", "note"]; // a ground or words, no numbers to take home
const BESIDE = /(told|_least|_most)$/; // columns that are the same in other digits, or how far a stroke reaches

/** Of declared charts: a row for each mark, corner or bar of each series; step: of the clock, where there is one. */
export function csvOfCharts(charts) {
  const rows = charts.flatMap(({ header, series }) =>
    series
      .filter(({ kind }) => !PAINTED.includes(kind))
      .flatMap(({ kind, name = "", columns, times }) => {
        const wide = times ? columns[0].length / times.length : 1; // of a series that turns, at each step
        return Array.from(columns[0] ?? [], (_, i) => [
          ...[header.title, header.x.title, header.y.title, kind, name],
          times ? times[Math.floor(i / wide)] : "",
          ...columns.map((column) => column[i] ?? ""),
        ]);
      }),
  );
  const most = Math.max(2, ...rows.map((row) => row.length - 6));
  const numbered = Array.from({ length: most }, (_, i) => ["x", "y"][i] ?? `value_${i + 1}`);
  return table([["chart", "x_axis", "y_axis", "kind", "series", "step", ...numbered], ...rows]);
}

/** Of lanes: a row for each frame; told(lane): what comes before its numbers, by the name of the column. */
export function csvOfLanes(lanes, told) {
  if (!lanes.length) return "";
  const [first] = lanes;
  const columns = Object.entries(first.columns).filter(([name]) => !BESIDE.test(name));
  const heads = columns.flatMap(([name, parts]) =>
    parts.map((_, i) => [name, i, parts.length > 1 ? `${name}_${i + 1}` : name]),
  );
  const rows = lanes.flatMap((lane) => {
    const before = Object.values(told(lane));
    return Array.from(lane.steps, (_, i) => [
      ...before,
      ...heads.map(([name, k]) => lane.columns[name]?.[k]?.[i] ?? ""),
    ]);
  });
  return table([[...Object.keys(told(first)), ...heads.map(([, , head]) => head)], ...rows]);
}
