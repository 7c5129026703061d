// From data to pixels and back, round ticks, and numbers as people write them. Nothing here knows what is drawn.

/** One axis: maps [low, high], linear or log10, to pixels [from, to]. */
export function scale(low, high, from, to, log = false) {
  const warp = log ? (value) => Math.log10(value) : (value) => value;
  const back = log ? (value) => 10 ** value : (value) => value;
  const [a, b] = [warp(low), warp(high)];
  const slope = (to - from) / (b - a || 1);
  const pixel = (value) => from + (warp(value) - a) * slope;
  return Object.assign(pixel, { low, high, log, invert: (place) => back(a + (place - from) / slope) });
}

/** Round positions between low and high, about `count` of them. */
export function ticks(low, high, count, log = false) {
  if (log) return logTicks(low, high, count);
  const raw = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((value) => value >= raw * 0.999) ?? 10 * power;
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9 && found.length < 100; k++)
    found.push(k * step || 0);
  return found;
}

function logTicks(low, high, count) {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(count, 2)));
  const found = [];
  for (let power = Math.ceil(first / every) * every; power <= last; power += every) found.push(10 ** power);
  if (found.length >= 2) return found;
  if (last > first) return [10 ** first, 10 ** last];
  const fine = [];
  for (let power = first - 1; power <= last; power++)
    for (const digit of [1, 2, 5]) {
      const value = digit * 10 ** power;
      if (value >= low * 0.999 && value <= high * 1.001) fine.push(value);
    }
  return fine.length > 1 ? fine : ticks(low, high, count);
}

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const raised = (power) => String(power).replace(/./g, (sign) => SUPERSCRIPT[sign] ?? "");

/** A number in `digits` significant digits: 0.00123, 1.2×10⁻⁵, 48000. */
export function number(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(rounded(value, digits));
  if (size >= 1e-3 && size < 1e5) return sign + size;
  const [short, power] = size.toExponential().split("e").map(Number);
  return sign + (short === 1 ? `10${raised(power)}` : `${short}×10${raised(power)}`);
}

// Whether it is written without a power of ten, which takes the room of a digit.
function isPlain(value, digits) {
  const power = Number(value.toExponential(digits - 1).split("e")[1]);
  return power < 5 && power >= -3;
}

/** The number that `number` writes. */
export const rounded = (value, digits = 4) =>
  Number(value.toPrecision(isPlain(value, digits) ? digits : Math.max(digits - 1, 1)));

/** A whole number with thin spaces between thousands. */
export const whole = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** A small number below the line: ₁, ₁₂. */
export const subscript = (index) => String(index).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);
