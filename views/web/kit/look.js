// How a lane looks, everywhere the same: a colour that the colour-blind can tell apart (Okabe and Ito), a dash, a
// marker.

/** Classes of examples, told apart by their shapes as well; none is the colour of a lane's first three. */
export const CLASSES = `#7b3294 #1b8a5a #b58000 #5e6b78 #a6407a
  #2f6f9f #8c510a #01665e #8a8a1f #cc6677`.split(/\s+/);
const DASHES = [[], [9, 4], [2, 3], [10, 3, 2, 3], [5, 3], [14, 4], [2, 5], [8, 3, 2, 3, 2, 3]];
// Star and ring are the minimum and the start.
export const MARKERS = ["circle", "square", "triangle", "diamond", "cross", "down", "hourglass", "plus"];

export const LIGHT = {
  ink: "#1c2530",
  soft: "#5b6875",
  faint: "#d5dce3",
  paper: "#ffffff",
  panel: "#f6f8fa",
  ground: [
    [16, 50, 92],
    [24, 88, 128],
    [58, 136, 158],
    [128, 187, 180],
    [198, 221, 190],
    [238, 236, 212],
    [253, 249, 240],
  ],
  line: "rgba(20, 45, 70, .34)",
  strong: "rgba(14, 34, 56, .62)",
  lanes: ["#B93A08", "#0A57A8", "#0A7350", "#A32A86", "#875C00", "#0E6F86", "#1c2530", "#66661A"],
  halo: "rgba(255, 255, 255, .85)",
  accent: "#0b62a4",
  danger: "#b3261e",
  light: true,
};
export const DARK = {
  ink: "#eef2f6",
  soft: "#a9b4bf",
  faint: "#3a4550",
  paper: "#0e1117",
  panel: "#171c24",
  ground: [
    [6, 12, 26],
    [10, 28, 50],
    [15, 50, 76],
    [27, 78, 98],
    [48, 108, 116],
    [80, 138, 132],
    [118, 165, 150],
  ],
  line: "rgba(200, 225, 240, .26)",
  strong: "rgba(215, 235, 245, .5)",
  lanes: ["#FF8B5E", "#6DB7FF", "#3FDB9A", "#F59ADB", "#FFC24A", "#7BE0F0", "#eef2f6", "#D8D455"],
  halo: "rgba(10, 14, 20, .8)",
  accent: "#6cb6f5",
  danger: "#ff8a80",
};

/** The colours of the page's theme, read from its background. */
export function themeOf(element) {
  const background = getComputedStyle(element).getPropertyValue("--st-background-color").trim() || "#ffffff";
  if (known.background !== background)
    Object.assign(known, { background, theme: luminance(background) < 0.35 ? DARK : LIGHT });
  return known.theme;
}

const known = { background: null, theme: null };

function luminance(colour) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

export const rgb = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

// Sizes in order, the least first: the most stands out from a dark ground, as it does from a light one.
const NIGHT = {
  "#e351c4": "#8456db",
  "#c328c7": "#d053ef",
  "#952aa8": "#f781e4",
  "#551689": "#f9a6c4",
  "#2e0e5a": "#f9c2b9",
  "#0d0839": "#fff9f7",
};

/** What is no lane's colour, as it is on a dark ground. */
export const lighter = (hex) => NIGHT[hex] ?? `rgb(${rgb(hex).map((part) => Math.round(part + 0.45 * (255 - part)))})`;

export const colourOf = (lane, theme) => theme.lanes[lane % 8];
export const dashOf = (lane) => DASHES[lane % 8];

/** The end marker of a lane at a pixel. */
export function marker(context, lane, x, y, size, theme) {
  const kind = MARKERS[lane % 8];
  const outline = {
    circle: () => context.arc(x, y, size, 0, 7),
    square: () => context.rect(x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7),
    triangle: () => polygon(context, x, y, size * 1.25, 3, -Math.PI / 2),
    diamond: () => polygon(context, x, y, size * 1.2, 4, 0),
    down: () => polygon(context, x, y, size * 1.25, 3, Math.PI / 2),
    hourglass: () => hourglass(context, x, y, size),
    cross: () => strokes(context, x, y, size, Math.PI / 4),
    plus: () => strokes(context, x, y, size * 1.1, 0),
  }[kind];
  context.save();
  context.setLineDash([]);
  context.beginPath();
  outline();
  const open = kind === "cross" || kind === "plus";
  context.lineWidth = open ? 5.5 : 4;
  context.strokeStyle = theme.halo;
  context.stroke();
  context.lineWidth = 2.6;
  context.strokeStyle = context.fillStyle = colourOf(lane, theme);
  open ? context.stroke() : context.fill();
  context.restore();
}

export function star(context, x, y, size) {
  for (let i = 0; i <= 10; i++) {
    const radius = i % 2 ? size * 0.45 : size;
    const angle = -Math.PI / 2 + (i * Math.PI) / 5;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
}

function polygon(context, x, y, size, corners, turn) {
  for (let i = 0; i < corners; i++) {
    const angle = turn + (i * 2 * Math.PI) / corners;
    context.lineTo(x + size * Math.cos(angle), y + size * Math.sin(angle));
  }
  context.closePath();
}

function hourglass(context, x, y, size) {
  for (const [dx, dy] of [
    [-1, -1.1],
    [1, -1.1],
    [-1, 1.1],
    [1, 1.1],
  ])
    context.lineTo(x + size * dx, y + size * dy);
  context.closePath();
}

function strokes(context, x, y, size, turn) {
  for (const angle of [turn, turn + Math.PI / 2]) {
    const [dx, dy] = [size * Math.cos(angle), size * Math.sin(angle)];
    context.moveTo(x - dx, y - dy);
    context.lineTo(x + dx, y + dy);
  }
}

const ICONS = {
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.3a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 0 0 0-3.4z",
  copy: "M5 5V2h9v9h-3M2 5h9v9H2z",
  keep: "M5.5 2h5M6.2 2.2l.3 4.6L4 9.5h8L9.5 6.8l.3-4.6M8 9.5V14",
  remove: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  tune: "M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 2.5v4M5.5 9.5v4",
  play: "M4.5 2.5v11l9-5.5z",
  pause: "M4.5 3v10M11.5 3v10",
  first: "M3 3v10M13 3L6 8l7 5z",
  last: "M13 3v10M3 3l7 5-7 5z",
  back: "M10.5 3L5 8l5.5 5",
  forward: "M5.5 3L11 8l-5.5 5",
  loop: "M3 8a5 5 0 0 1 9-3l1.5 1.5M13.5 3v3.5H10M13 8a5 5 0 0 1-9 3l-1.5-1.5M2.5 13V9.5H6",
  fade: "M1.5 13h1M4.5 11.5h1.2M7.5 9l1.6-.8M10.5 6.5L14 3M11 2.5h3.3v3.3",
  arrow: "M2.5 13.5L13 3M6.5 3H13v6.5",
  home: "M2 8l6-5.5L14 8M4 7v6.5h8V7",
  closer: "M8 3v10M3 8h10",
  farther: "M3 8h10",
};

/** A line drawing as an SVG element; the glyphs of fonts differ from machine to machine. */
export function icon(name) {
  const holder = document.createElement("span");
  holder.innerHTML = `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none"
    stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">
    <path d="${ICONS[name]}"/></svg>`;
  return holder.firstChild;
}

/** The typeface of what is written on a canvas. */
const FACE = '"Source Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif'; // the page's
export const font = (size, weight = 400) => `${weight} ${1.08 * size}px ${FACE}`; // its letters are low

const FAR = 50000; // pixels: a diverging path is drawn to here and no further
export const bounded = (pixel) => Math.min(Math.max(pixel, -FAR), FAR);
