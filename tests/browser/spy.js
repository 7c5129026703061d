// Every canvas remembers what was painted on it since it was last cleared: `canvas.painted`. Run before all others.
(() => {
  const canvases = CanvasRenderingContext2D.prototype;
  const current = new WeakMap(); // the path of a context
  const keep = (context, kind, what) => {
    const { canvas, strokeStyle, fillStyle, textAlign: align } = context;
    const [width, alpha] = [context.lineWidth, context.globalAlpha].map((value) => Number(value.toPrecision(4)));
    const colour = kind.startsWith("stroke") ? strokeStyle : fillStyle;
    canvas.painted ??= [];
    canvas.painted.push({ kind, colour, width, alpha, align, dash: context.getLineDash(), ...what });
  };
  const watch = (prototype, name, seen) => {
    const real = prototype[name];
    prototype[name] = function (...given) {
      seen(this, ...given);
      return real.apply(this, given);
    };
  };
  const trail = new WeakMap(); // of a Path2D
  const pointsOf = (context, path) => [
    ...((path instanceof Path2D ? trail : current).get(path instanceof Path2D ? path : context) ?? []),
  ];
  for (const [prototype, held] of [
    [canvases, current],
    [Path2D.prototype, trail],
  ])
    for (const name of ["moveTo", "lineTo", "arc", "rect"])
      watch(prototype, name, (self, ...given) => held.set(self, [...(held.get(self) ?? []), [name, ...given]]));
  watch(canvases, "beginPath", (self) => current.set(self, []));
  watch(canvases, "clearRect", (self) => (self.canvas.painted = []));
  for (const name of ["stroke", "fill"])
    watch(canvases, name, (self, path) => keep(self, name, { points: pointsOf(self, path) }));
  for (const name of ["fillRect", "strokeRect"])
    watch(canvases, name, (self, x, y, wide, high) => keep(self, name, { x, y, wide, high }));
  watch(canvases, "fillText", (self, text, x, y) => keep(self, "text", { text, x, y }));
})();
