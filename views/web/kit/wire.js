// What Python sends: deflated bytes; a header (JSON), then the second differences of the bits of float32 columns, with
// their bytes sorted by significance.

/** Header and columns: {header, floats: Float32Array}. */
export async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const raw = new Uint8Array(await new Response(stream).arrayBuffer());
  const size = new DataView(raw.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(raw.subarray(4, 4 + size)));
  const sorted = raw.subarray(4 + size);
  const count = sorted.length / 4;
  const joined = new Uint8Array(sorted.length);
  for (let place = 0; place < 4; place++)
    for (let i = 0, from = place * count; i < count; i++) joined[4 * i + place] = sorted[from + i];
  const bits = new Int32Array(joined.buffer);
  for (let i = 0, slope = 0, last = 0; i < count; i++) bits[i] = last = (last + (slope = (slope + bits[i]) | 0)) | 0;
  return { header, floats: new Float32Array(joined.buffer) };
}

/** Of two messages sent as one, see `followed` of wire.py, the first and the second, as bytes. */
export function parted(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return [bytes.slice(4, 4 + size), bytes.slice(4 + size)];
}

/** What tells one message, of one or two parts, from another: lengths, and the checksums that deflate ends with. */
export const stampOf = (bytes, two) =>
  (two ? parted(bytes) : [bytes]).map((part) => `${part.length} ${part.slice(-4)}`).join();

/** Views of the columns named in `lane.columns`, each `lane.frames` long (wide ones as a list of coordinates); those in
 * `lane.decimals` came as whole numbers and powers of ten. */
export function columns(floats, lane) {
  const table = {};
  let at = lane.offset;
  for (const [name, width] of lane.columns) {
    const parts = Array.from({ length: width }, (_, i) =>
      floats.subarray(at + i * lane.frames, at + (i + 1) * lane.frames),
    );
    table[name] = lane.decimals?.includes(name) ? joined(parts) : parts;
    at += width * lane.frames;
  }
  return table;
}

const joined = (parts) =>
  Array.from({ length: parts.length / 2 }, (_, i) =>
    Float64Array.from(parts[2 * i], (whole, k) => shifted(whole, parts[2 * i + 1][k])),
  );

// A division by a power of ten is exact to the last bit, a multiplication by 0.001 is not; large powers are not either.
const shifted = (whole, power) =>
  Math.abs(power) > 22 ? Number(`${whole}e${power}`) : power < 0 ? whole / 10 ** -power : whole * 10 ** power;
