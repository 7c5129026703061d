// The speaker's window: notes, what comes next, the time, on the clock of the window that presents.

import { filled, made, minutes } from "./parts.js";

/** Follow the window that presents this deck. */
export function speak(told, deck) {
  const { root, words, asked, lang } = told;
  root.className = "speaker";
  const channel = new BroadcastChannel("descent-lab-lecture");
  const place = made("span", {});
  const time = made("span", { role: "timer" });
  const clock = made("span", {});
  const says = made("h1", {});
  const notes = made("div", { class: "notes" });
  const answer = made("p", { class: "answer" });
  const coming = made("p", { class: "coming" });
  let answered = -1;
  const dark = made("p", { role: "status", hidden: "" }, words.blank);
  const press = (key) => () => channel.postMessage({ deck: deck.key, press: key });
  const buttons = [
    made("button", { onclick: press("PageUp") }, words.back),
    made("button", { onclick: press("PageDown") }, words.next),
  ];
  root.replaceChildren(
    made("header", {}, place, clock, time),
    made("main", {}, dark, says, notes, answer, coming),
    made("footer", {}, ...buttons),
  );

  function show({ stop, began, blank, step, last }) {
    const here = deck.told[stop];
    if (!here) return;
    place.textContent = filled(words.place, { stop: stop + 1, stops: deck.told.length });
    clock.textContent = last === null ? "" : `${step} / ${last}`;
    says.textContent = here.says;
    notes.textContent = here.notes;
    if (answered !== stop) tell(here, stop);
    const then = deck.told[stop + 1];
    coming.textContent = `${words.coming}: ${then ? then.says : words.end}`;
    dark.hidden = !blank;
    const spent = Math.max(0, Date.now() - began) / 1000;
    const planned = deck.told.slice(0, stop + 1).reduce((sum, each) => sum + each.minutes, 0);
    const seconds = String(Math.floor(spent % 60)).padStart(2, "0");
    const meant = filled(words.planned, { minutes: minutes(planned) });
    time.textContent = `${words.running} ${Math.floor(spent / 60)}:${seconds} · ${meant}`;
  }
  // Only here: the window that presents asks for the answer once somebody has committed.
  async function tell({ lesson, stage, asks }, stop) {
    answered = stop;
    answer.textContent = "";
    if (!asks) return;
    const query = new URLSearchParams({ lesson, stage: String(stage), ask: asks, lang });
    const { why = "" } = await told.get(`reveal?${query}`).catch(() => ({}));
    if (answered === stop) answer.textContent = why && `${words.answer}: ${why}`;
  }
  channel.onmessage = ({ data }) => data.deck === deck.key && "stop" in data && show(data);
  addEventListener("keydown", ({ key }) => {
    if (["PageDown", "PageUp", "ArrowLeft", "ArrowRight", "Home", "End", "b", " "].includes(key)) press(key)();
  });
  show({ stop: (Number(asked.get("stop")) || 1) - 1, began: Date.now(), blank: false, step: null, last: null });
  channel.postMessage({ deck: deck.key, asks: true });
}
