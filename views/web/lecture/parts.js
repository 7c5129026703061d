// Small pieces of the lecture's page.

/** An element with attributes and what is in it. */
export function made(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    typeof value === "function" ? (element[name] = value) : element.setAttribute(name, value);
  element.append(...content);
  return element;
}

/** A sentence with its {gaps} filled. */
export const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** What a stop is called; its place where the name would give an answer away. */
export const titled = (words, stops, stop) =>
  stops[stop].title || filled(words.place, { stop: stop + 1, stops: stops.length });

/** The address of this page with other fields; null takes one away. */
export function address(asked, changes) {
  const query = new URLSearchParams(asked);
  for (const [name, value] of Object.entries(changes)) value === null ? query.delete(name) : query.set(name, value);
  return `${location.pathname}?${query}`;
}

/** Minutes as they are said. */
export const minutes = (value) => String(Math.round(value));
