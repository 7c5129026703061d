// Lines over the relief, as Python sends them: level lines at chosen losses, and around a point those of
// the surface and of its parabola at the same losses.

/**
 * {window, levels: [{lines}], near} with lines of places [x, y], near: {window, surface: lines, model: lines} or null;
 * for a curve {window, heights, levels: []}, the heights those of the parabola.
 */
export async function fetchOverlay(url, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(await response.text());
  const raw = await response.arrayBuffer();
  const size = new DataView(raw).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, size)));
  const body = raw.slice(4 + size);
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
