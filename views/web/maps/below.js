// What stands below a map, and over the cells while they wait.

import { number } from "../kit/axes.js";
import { button, made } from "../kit/parts.js";
import { filled } from "../kit/terms.js";
import { colourOfName } from "./colours.js";
import { legendOf, sample } from "./legend.js";
import { isCounted, nameOf } from "./names.js";
import { isSweep, measureOf, wantTiles } from "./view.js";

/** What stands below, and over the cells while they wait.
 * @param {any} stage */
export function fillBelow(stage) {
  const { info, find, tiles, header } = stage;
  const words = header.told;
  const cover = find(".cover");
  const legend = find(".legend");
  if (!info || !stage.drawn) return;
  legend.replaceChildren(...legendOf(stage));
  find("[data-big]").disabled = isSweep(stage);
  const left = tiles.left();
  const done = Math.max(tiles.all - left, 0);
  const says = find(".told");
  const parts = [];
  if (info.problem) parts.push(words[`problem_${info.problem}`]);
  if (info.aside) parts.push(words.problem_whole);
  if (stage.drawn.tiles.at(-1)?.header.fine === false) parts.push(words.problem_fine);
  if (left && !tiles.stopped) parts.push(filled(words.computing, { done, all: tiles.all }));
  if (stage.failure) parts.push(stage.failure);
  says.replaceChildren(parts.join(" "));
  if (left && !tiles.stopped)
    says.append(
      " ",
      button(words.cancel, words.cancel, () => tiles.stop(true)),
    );
  const missing = tiles.stopped && (!tiles.known.size || tiles.all > tiles.known.size);
  cover.hidden = !missing;
  if (missing) {
    const [seconds, preparing] = [number(info.seconds, 2), number(info.preparing, 2)];
    const why = info.refused ? "refused" : info.preparing ? "waits_preparing" : "waits";
    const text = info.trouble || filled(words[why], { seconds, preparing });
    const go = () => {
      tiles.stop(false);
      wantTiles(stage);
      stage.layout(true);
    };
    cover.replaceChildren(made("p", "", text), ...(info.refused ? [] : [button(words.run, words.run, go)]));
  }
  fillFigures(stage);
}

function fillFigures(stage) {
  const { find, figures, header } = stage;
  const table = find(".sheet table");
  const measure = measureOf(stage);
  table.hidden = !figures?.rows?.length || !isCounted(measure);
  if (table.hidden) return;
  const words = header.told;
  const rows =
    measure.kind === "winner"
      ? [{ label: measure.label }]
      : stage.info.lanes.map((lane) => stage.lanes.find(({ number: at }) => at === lane) ?? { label: "" });
  const hinted = (text, hint) => Object.assign(made("th", "", text), { title: hint });
  const head = made(
    "tr",
    "",
    hinted(words.numbers, words.share_hint),
    hinted(words.share, words.share_hint),
    hinted(words.entropy, words.entropy_hint),
    hinted(words.uncertainty, words.uncertainty_hint),
    hinted(words.dimension, words.dimension_hint),
  );
  const fitted = ([value, error]) => (value === null ? "–" : `${number(value, 3)} ± ${number(error, 1)}`);
  const lines = figures.rows.map((row, i) => {
    const shares = row.shares.map(([code, share, error]) => {
      const name = nameOf(measure.kind, code, stage.drawn);
      const text = `${name} ${(100 * share).toFixed(1)} ± ${(100 * error).toFixed(1)} %`;
      return made("span", "entry", sample(colourOfName(measure.kind, code, stage.drawn)), text);
    });
    return made(
      "tr",
      "",
      made("td", "", rows[i]?.label ?? ""),
      made("td", "shares", ...shares),
      made("td", "", `${number(row.entropy, 3)} (${number(row.edge_entropy, 3)})`),
      made("td", "", fitted(row.uncertainty)),
      made("td", "", fitted(row.dimension)),
    );
  });
  table.replaceChildren(made("thead", "", head), made("tbody", "", ...lines));
}
