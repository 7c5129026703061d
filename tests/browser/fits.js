// Every text that is seen: what overlaps another, what is cut (pictures, too), and what makes the page scroll sideways.
() => {
  const SLACK = 3; // pixels: glyphs are smaller than their boxes
  const [texts, pictures] = [[], []];
  const visible = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 2 && height > 2; // what is written for a screen reader alone is one pixel large
  };
  const hidden = ".katex, svg, [aria-hidden=true], .summary, option, script, style, title";

  function walk(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (node.nodeName === "CANVAS" && visible(node)) pictures.push(node);
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const holder = node.parentElement;
      if (!holder || holder.closest(hidden) || !visible(holder)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, top, right, bottom } of range.getClientRects())
        if (right - left > 1) texts.push({ left, top, right, bottom, holder, told: node.data.trim().slice(0, 40) });
    }
  }
  walk(document.body);

  // The part of a text that its scrolling or clipping ancestors let through.
  function seen({ holder, ...text }) {
    const box = { left: text.left, top: text.top, right: text.right, bottom: text.bottom };
    let cut = false;
    for (let at = holder; at; at = at.parentElement ?? at.getRootNode().host) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(at);
      if (overflowX === "visible" && overflowY === "visible") continue;
      const edge = at.getBoundingClientRect();
      const scrolls = ["auto", "scroll"].includes(overflowX);
      if (
        !scrolls &&
        (box.right > edge.right + SLACK || box.left < edge.left - SLACK) &&
        box.top < edge.bottom &&
        box.bottom > edge.top
      )
        cut = true;
      if (textOverflow === "ellipsis" && at.scrollWidth > at.clientWidth + 1) cut = true;
      Object.assign(box, {
        left: Math.max(box.left, edge.left),
        top: Math.max(box.top, edge.top),
        right: Math.min(box.right, edge.right),
        bottom: Math.min(box.bottom, edge.bottom),
      });
    }
    return { ...box, cut };
  }

  const faults = [];
  const main = document.querySelector(".stMain") ?? document.scrollingElement;
  for (const [name, { scrollWidth, clientWidth }] of [
    ["the page", document.scrollingElement],
    ["the main part", main],
  ])
    if (scrollWidth > clientWidth + 1) faults.push(`${name} scrolls sideways: ${scrollWidth} > ${clientWidth}`);
  for (const picture of pictures)
    for (let at = picture; at && at !== main; at = at.parentElement ?? at.getRootNode().host) {
      const [whole, room] = [picture.getBoundingClientRect().height, at.getBoundingClientRect().height];
      if (getComputedStyle(at).overflowY !== "visible" && whole > room + SLACK)
        faults.push(`cut picture: ${whole} > ${room} of ${at.className}`);
    }
  const stuck = (element) =>
    Boolean(element.closest(".stAppHeader, [data-testid=stToolbar], td:first-child, th:first-child, .played"));
  const shown = texts
    .map((text) => ({ ...text, ...seen(text), stuck: stuck(text.holder) }))
    .filter(({ left, right, top, bottom }) => right - left > 1 && bottom - top > 1)
    .sort((a, b) => a.top - b.top);
  for (const { cut, told } of shown) if (cut) faults.push(`cut: ${told}`);
  for (const [i, a] of shown.entries())
    for (let j = i + 1; j < shown.length && shown[j].top < a.bottom; j++) {
      const b = shown[j];
      if (a.holder === b.holder || a.stuck || b.stuck) continue;
      const [across, up] = [
        Math.min(a.right, b.right) - Math.max(a.left, b.left),
        Math.min(a.bottom, b.bottom) - b.top,
      ];
      if (across > SLACK && up > SLACK + 2) faults.push(`overlap: ${a.told} / ${b.told}`);
    }
  return [...new Set(faults)];
}
