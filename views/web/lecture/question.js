// The question of a stop: asked before its picture is there, revealed when it has been answered or the speaker goes
// on. Until then nothing of the answer is asked for.

import { ask, reveal } from "./ask.js";
import { made } from "./parts.js";

const LANGUAGES = ["en", "zh"];
const SLOW = 400; // milliseconds after which it is said that an answer is being worked out

/** How far a stop has got: asked, then revealed, then shown. */
export function makeQuestions(told, deck, holder) {
  const stops = deck.told;
  /** @type {Map<number, {phase: string, asked: any, guess: any, answer: any, ready: any}>} */
  const known = new Map();
  const fresh = () => ({ phase: "asked", asked: null, guess: null, answer: null, ready: null });
  const of = (stop) => known.get(stop) ?? known.set(stop, fresh()).get(stop);
  const where = ({ lesson, stage, asks }, lang = told.lang) =>
    new URLSearchParams({ lesson, stage: String(stage), ask: asks, lang });

  async function question(stop) {
    const here = of(stop);
    here.asked ??= await told.get(`question?${where(stops[stop])}`);
    return here.asked;
  }

  // The answer is worked out while somebody thinks; nothing comes of it but that it is there.
  function ready(stop) {
    const here = of(stop);
    const asked = () => fetch(told.lab(`prepare?${where(stops[stop])}`));
    const busy = () => (here.ready = null); // it is asked for again when it is needed
    here.ready ??= asked().then(({ status }) => status !== 204 && busy(), busy);
    return here.ready;
  }

  async function answer(stop, guess) {
    const here = of(stop);
    here.guess = guess;
    const wait = made("p", { role: "status" }, told.words.computing);
    const slow = setTimeout(() => holder.append(wait), SLOW);
    await ready(stop);
    clearTimeout(slow);
    wait.remove();
    const query = where(stops[stop]);
    if (guess !== null) query.set("guess", JSON.stringify(guess));
    const place = new URLSearchParams({ deck: deck.key, number: String(stop + 1), lang: told.lang });
    const [answer, whole] = await Promise.all([told.get(`reveal?${query}`), told.get(`stop?${place}`)]);
    here.answer = answer;
    Object.assign(stops[stop], whole); // its sentences, which might have given the answer away
    here.phase = "revealed";
  }

  // Whether the answer has come; a sentence where it has not: the same key tries again.
  async function told_(stop, guess) {
    try {
      await answer(stop, guess);
      return true;
    } catch (error) {
      holder.append(made("p", { role: "alert" }, error.status ? error.message : told.words.lost));
      return false;
    }
  }

  const open = (stop) => Boolean(stops[stop]?.asks) && of(stop).phase !== "shown";

  return {
    /** Whether the picture of a stop would give an answer away. */
    hides: (stop) => Boolean(stops[stop]?.asks) && of(stop).phase === "asked",
    /** Whether there is a question on the screen, or was none yet. */
    open,
    /** Fetch what is asked, of a stop that comes. */
    ahead(stop) {
      if (!open(stop)) return;
      question(stop).catch(() => {});
      ready(stop);
    },
    /** What is asked, by language: phones have their own. */
    async asked(stop) {
      const in_ = (lang) => told.get(`question?${where(stops[stop], lang)}`);
      return Object.fromEntries(await Promise.all(LANGUAGES.map(async (lang) => [lang, await in_(lang)])));
    },
    /** Why the answer is so, by language. */
    async why(stop) {
      const in_ = (lang) => told.get(`reveal?${where(stops[stop], lang)}`);
      return Object.fromEntries(await Promise.all(LANGUAGES.map(async (lang) => [lang, (await in_(lang)).why])));
    },
    /** Put it on the screen; `committed` when it has been answered. */
    async show(stop, committed) {
      holder.hidden = false;
      const element = made("section", { class: "question" });
      holder.replaceChildren(element);
      try {
        const asked = await question(stop);
        const here = of(stop);
        if (!element.isConnected) return;
        ready(stop);
        if (here.phase === "revealed") return reveal(element, asked, here.answer, here.guess);
        ask(element, asked, {
          onCommit: async (guess) => {
            if (!(await told_(stop, guess))) return;
            if (element.isConnected) reveal(element, asked, of(stop).answer, guess);
            committed(guess);
          },
        });
      } catch (error) {
        holder.replaceChildren(made("p", { role: "alert" }, error.status ? error.message : told.words.lost));
        of(stop).phase = "revealed"; // nobody waits for it: the picture comes next
      }
    },
    /** The answer, whether somebody has guessed or not. */
    async reveal(stop, guess = of(stop).guess) {
      if (!(await told_(stop, guess))) return false;
      const element = made("section", { class: "question" });
      holder.replaceChildren(element);
      reveal(element, of(stop).asked, of(stop).answer, guess);
      return true;
    },
    /** Done with it: the picture may be seen. */
    close(stop) {
      if (stops[stop]?.asks) of(stop).phase = "shown";
      holder.hidden = true;
      holder.replaceChildren();
    },
  };
}
