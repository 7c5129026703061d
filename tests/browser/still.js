// Wait until three frames in a row find every element at its size and every picture painted as often.
async () => {
  const all = (root) =>
    [...root.querySelectorAll("*")].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
  const frame = () => new Promise(requestAnimationFrame);
  const seen = () =>
    all(document)
      .map((each) => `${each.offsetWidth} ${each.offsetHeight} ${each.dataset?.painted}`)
      .join();
  for (let before = "", same = 0; same < 3; ) {
    await frame();
    const now = seen();
    same = now === before ? same + 1 : 0;
    before = now;
  }
}
