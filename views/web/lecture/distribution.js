// How a class has voted: bars of choices, a histogram of a number, a cloud of places, all sketches, mean ranks; the
// rounds side by side, on the same scales. Nothing of the answer.

import { number } from "../kit/axes.js";
import { made } from "../kit/parts.js";
import { choicesOf, fits, isOfChoices, rangeOf } from "./asked.js";
import { binned, drawBars, drawDot, drawLine, makeSquare } from "./square.js";

const BINS = 16;

/**
 * Draw votes into an element.
 * @param {HTMLElement} element
 * @param {any} asked see asked.js
 * @param {[any, number][][]} votes by rounds: each vote, and how often it was given
 * @param {{words: Record<string, string>, language: string}} said words of the section `room`
 */
export function distribution(element, asked, votes, { words, language }) {
  const rounds = votes.map((tally) => tally.filter(([vote]) => fits(asked, vote)));
  const draw = { choice: choices, order: orders, number: numbers, place: places, sketch: sketches }[asked.kind];
  element.classList.add("distribution");
  element.dataset.kind = asked.kind;
  element.dataset.rounds = String(rounds.length);
  element.style.setProperty("--rounds", String(rounds.length));
  const heads = rounds.map((tally, i) => made("div", "head", headOf(tally, i, rounds.length, words)));
  const own = isOfChoices(asked) ? rounds : rounds.map((tally) => tally.filter(([vote]) => typeof vote !== "string"));
  const drawn = draw?.(asked, own, heads, { words, language }) ?? [];
  element.replaceChildren(...drawn, ...(isOfChoices(asked) ? [] : insteads(asked, rounds, language)));
}

// What was said in place of a number or a place, below the pictures.
const insteads = (asked, rounds, language) =>
  choicesOf(asked, language).flatMap(([value, label]) =>
    rounds.map((tally) => made("div", "instead", `${label}: ${given(tally, value)}`)),
  );

const given = (tally, value) => total(tally.filter(([vote]) => JSON.stringify(vote) === JSON.stringify(value)));

const total = (tally) => tally.reduce((sum, [, count]) => sum + count, 0);

function headOf(tally, i, rounds, words) {
  const count = total(tally);
  const told = count === 1 ? words.votes_1 : words.votes_many.replace("{count}", String(count));
  return rounds > 1 ? `${words.round.replace("{number}", String(i + 1))} · ${told}` : told;
}

// ---- rows of bars --------------------------------------------------------------------------------------------------

function choices(asked, rounds, heads, { language }) {
  const rows = choicesOf(asked, language).map(([value, label]) => {
    const bars = rounds.map((tally) => {
      const count = given(tally, value);
      const share = count / (total(tally) || 1);
      return row(share, made("span", "times", `${count} · `), `${Math.round(100 * share)} %`);
    });
    return [made("div", "label", label), ...bars];
  });
  return [made("div", "label"), ...heads, ...rows.flat()];
}

function row(share, ...told) {
  const bar = made("span", "bar");
  bar.style.width = `${100 * share}%`;
  return made("div", "row", made("span", "track", bar), made("span", "count", ...told));
}

/** Mean rank of each choice, from 1, or NaN without votes. */
export function meanRanks(values, tally) {
  return values.map((value) => {
    const key = JSON.stringify(value);
    const ranks = tally.map(([vote, count]) => count * (1 + vote.findIndex((each) => JSON.stringify(each) === key)));
    return ranks.reduce((sum, rank) => sum + rank, 0) / total(tally);
  });
}

// The one that is first on average stands first; a dot from 1, at the left, to the last rank.
function orders(asked, rounds, heads, { words, language }) {
  const offered = choicesOf(asked, language);
  const values = offered.map(([value]) => value);
  const ranks = rounds.map((tally) => meanRanks(values, tally));
  const last = ranks.findLast((each) => each.every(Number.isFinite)) ?? values.map((_, i) => i);
  const order = values.map((_, i) => i).sort((a, b) => last[a] - last[b]);
  const rows = order.map((i) => [
    made("div", "label", offered[i][1]),
    ...ranks.map((each) => dot(each[i], values.length)),
  ]);
  return [made("div", "label", words.mean_rank), ...heads, ...rows.flat()];
}

function dot(rank, many) {
  const place = made("span", "dot");
  const known = Number.isFinite(rank);
  place.style.left = `${(100 * ((known ? rank : 1) - 1)) / Math.max(many - 1, 1)}%`;
  place.hidden = !known;
  return made("div", "row", made("span", "track dotted", place), made("span", "count", known ? rank.toFixed(1) : "–"));
}

// ---- pictures ------------------------------------------------------------------------------------------------------

const titled = (heads, canvases) =>
  heads.map((head, i) => {
    canvases[i].setAttribute("role", "img");
    canvases[i].setAttribute("aria-label", head.textContent);
    return made("div", "picture", head, canvases[i]);
  });

function numbers(asked, rounds, heads) {
  const range = rangeOf(
    asked,
    rounds.flat().map(([vote]) => vote),
  );
  const most = Math.max(1, ...rounds.flatMap((tally) => binned(tally, range, BINS)));
  const canvases = rounds.map((tally) => {
    const canvas = document.createElement("canvas");
    new ResizeObserver(() => drawBars(canvas, tally, range, most, BINS)).observe(canvas);
    return canvas;
  });
  const pictures = titled(heads, canvases);
  canvases.forEach((canvas, i) => canvas.setAttribute("aria-label", `${heads[i].textContent}; ${spread(rounds[i])}`));
  return pictures;
}

// The half in the middle, for who does not see the bars.
function spread(tally) {
  const values = tally.flatMap(([vote, count]) => Array(count).fill(vote)).sort((a, b) => a - b);
  const at = (share) => number(values[Math.round(share * (values.length - 1))], 3);
  return values.length ? `${at(0.25)} – ${at(0.5)} – ${at(0.75)}` : "–";
}

const places = (asked, rounds, heads) =>
  titled(
    heads,
    rounds.map(
      (tally) =>
        makeSquare(asked, (context, frame, theme) => {
          for (const [place, count] of tally)
            for (let i = 0; i < Math.min(count, 8); i++) drawDot(context, frame, place, theme.lanes[0], 8, theme, 0.55);
        }).canvas,
    ),
  );

const sketches = (asked, rounds, heads) =>
  titled(
    heads,
    rounds.map((tally) => {
      const alpha = Math.min(Math.max(6 / (total(tally) || 1), 0.12), 0.7);
      return makeSquare(asked, (context, frame, theme) => {
        for (const [line] of tally) drawLine(context, frame, line, theme.lanes[0], 3.5, alpha);
      }).canvas;
    }),
  );
