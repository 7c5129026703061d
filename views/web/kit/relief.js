// What a page fetches for the window that it shows: a header (JSON), and numbers behind it.

async function fetched(url, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(await response.text());
  const raw = await response.arrayBuffer();
  const size = new DataView(raw).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, size)));
  return { header, body: raw.slice(4 + size) };
}

/** The relief of a window: {window, nx, ny, colour, shares, lines, veiled} or, for a curve, {window, heights} and,
 * where a line cannot show what it does, {low, high}. */
export async function fetchRelief(url, window, signal) {
  const edges = window.map((edge) => Number(edge.toPrecision(9))).join("~");
  const { header, body } = await fetched(`${url}&window=${edges}`, signal);
  if (header.flat) {
    const rows = new Float32Array(body);
    const [heights, low, high] = [0, 1, 2].map((row) => rows.subarray(row * header.nx, (row + 1) * header.nx));
    return low.length ? { ...header, heights, low, high, veiled: true } : { ...header, heights };
  }
  const shares = new Uint16Array(body, 0, header.nx * header.ny);
  return { ...header, shares, lines: new Uint16Array(body, 2 * header.nx * header.ny) };
}

/**
 * Lines over the relief, as Python sends them: level lines at chosen losses, and around a point those of the surface
 * and of its parabola at the same losses.
 * {window, levels: [{lines}], near} with lines of places [x, y], near: {window, surface: lines, model: lines} or null;
 * for a curve {window, heights, levels: []}, the heights those of the parabola.
 */
export async function fetchOverlay(url, signal) {
  const { header, body } = await fetched(url, signal);
  if (header.flat) return { window: header.window, heights: new Float32Array(body), levels: [] };
  const shares = new Uint16Array(body);
  let at = 0;
  const taken = (lengths, [x0, x1, y0, y1]) =>
    lengths.map((points) =>
      Array.from({ length: points }, () => [
        x0 + ((x1 - x0) * shares[at++]) / 65535,
        y0 + ((y1 - y0) * shares[at++]) / 65535,
      ]),
    );
  const { window, near } = header;
  const levels = header.lengths.map((lengths) => ({ lines: taken(lengths, window) }));
  return {
    window,
    levels,
    near: near && {
      window: near.window,
      surface: taken(near.surface, near.window),
      model: taken(near.model, near.window),
    },
  };
}
