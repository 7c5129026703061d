// One clock for every picture: a step number that plays, pauses, steps, loops and can be dragged.

const SECONDS = 7; // a whole run at speed 1

export function makeClock(onTick) {
  const clock = { step: 0, last: 1, playing: false, speed: 1, loop: false };
  let before = 0;

  function tick(now) {
    if (!clock.playing) return;
    const rate = Math.max((clock.last * clock.speed) / SECONDS, 2 * clock.speed);
    clock.step += (rate * Math.min(now - before, 100)) / 1000;
    before = now;
    if (clock.step >= clock.last) {
      if (clock.loop) clock.step = 0;
      else Object.assign(clock, { step: clock.last, playing: false });
    }
    onTick(clock);
    if (clock.playing) requestAnimationFrame(tick);
  }

  clock.play = () => {
    if (clock.step >= clock.last) clock.step = 0;
    clock.playing = true;
    before = performance.now();
    requestAnimationFrame(tick);
    onTick(clock);
  };
  clock.pause = () => {
    clock.playing = false;
    onTick(clock);
  };
  clock.toggle = () => (clock.playing ? clock.pause() : clock.play());
  clock.seek = (step) => {
    clock.playing = false;
    clock.step = Math.min(Math.max(step, 0), clock.last);
    onTick(clock);
  };
  clock.nudge = (by) => clock.seek(Math.round(clock.step) + by);
  return clock;
}

/** Index of the last frame at or before a step; `steps` ascends. */
export function frameAt(steps, step) {
  let [low, high] = [0, steps.length - 1];
  if (high < 0 || step >= steps[high]) return high;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    steps[middle] <= step ? (low = middle) : (high = middle - 1);
  }
  return low;
}
