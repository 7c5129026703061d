// The tiles of a map: a square of cells each, fetched by address, coarse before fine and near the pointer before far.

import { unpack } from "../kit/wire.js";

/** The name of the second axis of a sweep. */
export const NONE = "none";

const AT_ONCE = 2; // under way
const KEPT = 900; // tiles
const AGAIN = 1000; // milliseconds after which a busy server is asked once more
const me = crypto.randomUUID?.() ?? String(Math.random()); // who asks twice at a time is two visitors to the gate

/** A number on an axis and its place along it: the logarithm where the axis is logarithmic. */
export const along = (axis, value) => (axis.log ? Math.log10(value) : value);

export const back = (axis, place) => (axis.log ? 10 ** place : place);

/**
 * The tiles of a page's map. news(): one has come, or nothing is under way any more; fails(why).
 * @param {{news: () => void, fails: (why: string) => void}} on
 */
export function makeTiles({ news, fails }) {
  const names = Array.from({ length: AT_ONCE }, (_, i) => `${i}${me}`);
  const tiles = { base: "", known: new Map(), wanted: [], running: new Map(), stopped: false, all: 0 };

  /** Another map: what is there of the old one is let go. */
  tiles.of = (base) => {
    if (base === tiles.base) return;
    tiles.drop();
    tiles.known.clear();
    Object.assign(tiles, { base, stopped: false });
  };

  /** What is to be there, the most urgent first; what is under way and is not wanted any more is given up. */
  tiles.want = (list) => {
    const keys = new Set(list.map(({ key }) => key));
    for (const [key, control] of tiles.running)
      if (!keys.has(key)) {
        tiles.running.delete(key);
        control.abort();
      }
    tiles.all = list.length;
    tiles.wanted = list.filter(({ key }) => !tiles.known.has(key) && !tiles.running.has(key));
    go();
  };

  tiles.drop = () => {
    for (const control of tiles.running.values()) control.abort();
    tiles.running.clear();
    tiles.wanted = [];
  };

  tiles.stop = (stopped) => {
    tiles.stopped = stopped;
    if (stopped) tiles.drop();
    news();
  };

  tiles.left = () => tiles.wanted.length + tiles.running.size;

  function go() {
    while (!tiles.stopped && tiles.running.size < AT_ONCE && tiles.wanted.length) fetchTile(tiles.wanted.shift());
  }

  async function fetchTile(tile) {
    const control = new AbortController();
    const { base } = tiles;
    const name = names.shift() ?? me;
    tiles.running.set(tile.key, control);
    try {
      const headers = { "Lab-Visitor": name };
      const answer = await fetch(addressOf("tile", base, tile.window), { headers, signal: control.signal });
      if (answer.status === 503) {
        await new Promise((done) => setTimeout(done, AGAIN));
        if (tiles.running.get(tile.key) === control) tiles.wanted.unshift(tile);
        return;
      }
      if (!answer.ok) throw new Error(await answer.text());
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (!bytes.length || tiles.base !== base) return;
      const { header, floats } = await unpack(bytes);
      if (tiles.base !== base || !header.rows) return;
      keep(tile, header, floats);
    } catch (error) {
      if (error.name !== "AbortError") fails(error.message);
    } finally {
      if (name !== me) names.push(name);
      if (tiles.running.get(tile.key) === control) tiles.running.delete(tile.key);
      if (tiles.base === base) {
        news();
        go();
      }
    }
  }

  function keep(tile, header, floats) {
    const side = header.across.length;
    tiles.known.set(tile.key, { ...tile, side, rows: rowsOf(header, floats), header, painted: new Map() });
    for (const old of [...tiles.known.keys()].slice(0, -KEPT)) tiles.known.delete(old);
  }

  return tiles;
}

/** The numbers of all cells, of each measure for each lane. What came in two parts is their sum. */
export function rowsOf({ across, up, rows: told }, floats) {
  const [cells, rows] = [across.length * up.length, {}];
  let at = 0;
  const next = () => floats.subarray(at, (at += cells));
  for (const [name, count, parts] of told) {
    const first = Array.from({ length: count }, next);
    const rest = parts > 1 ? Array.from({ length: count }, next) : [];
    rows[name] = first.map((row, i) => (rest[i] ? Float64Array.from(row, (value, k) => value + rest[i][k]) : row));
  }
  return rows;
}

/** The address of what is asked about a window of a map. */
export function addressOf(kind, base, window, more = "") {
  const zoom = window ? `&zoom=${window.map(String).join("~")}` : "";
  return new URL(`../../${kind}?${base}${zoom}${more}`, import.meta.url);
}
