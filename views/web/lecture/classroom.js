// The class, as the window that presents has it: a room is opened, its card shown, questions are put to it, its votes
// are counted, and shown before the answer is.

import { asRoom } from "./ask.js";
import { card } from "./card.js";
import { distribution } from "./distribution.js";
import { filled, made } from "./parts.js";
import { openRoom, ownRoom, presenter } from "./presenter.js";

/** A question as rooms ask it, see asked.js, in all languages: `asked` has it by language. */
function inRoom(asked) {
  const [[first, own], ...others] = Object.entries(asked);
  const every = (pick) => Object.fromEntries([[first, own], ...others].map(([lang, each]) => [lang, pick(each)]));
  const room = asRoom(own);
  const choices = room.choices.map(([key], i) => [key, every((each) => each.choices[i].says)]);
  return { ...room, text: every(({ says }) => says), choices };
}

/** `told` as everywhere on this page; `changed` whenever the room or its votes are other ones. */
export function makeClassroom(told, deck, changed) {
  const { words, lang } = told;
  const now = { room: null, speaks: null, counts: null, asked: null };

  async function open() {
    if (now.speaks) return;
    now.room = ownRoom() ?? (await openRoom());
    now.speaks = presenter(now.room, {
      onCounts: (counts) => {
        now.counts = counts;
        if (counts.gone) Object.assign(now, { room: null, speaks: null, counts: null });
        changed();
      },
    });
    changed();
  }

  return {
    open,
    /** Whether there is a room. */
    there: () => Boolean(now.speaks),
    /** Fill an element with how to get in. */
    card: (element) => now.room && card(element, now.room, words.room),
    /** The class goes to a stop; `asked(stop)`: its question by language. */
    async at(stop, asked = null) {
      if (!now.speaks) return;
      const asking = await asked?.(stop).catch(() => null);
      now.asked = asking ? inRoom(asking) : null;
      return now.speaks?.at(deck.key, String(stop + 1), now.asked);
    },
    /** Show the votes; the answer is not told. */
    show: () => now.speaks?.phase("distribution"),
    /** Tell the answer; `why(stop)`: by language. */
    async reveal(stop, why) {
      if (now.speaks) now.speaks.phase("revealed", { text: await why(stop) });
    },
    /** Discuss, and vote again. */
    again: () => now.speaks?.again(),
    /** Nothing of the room is kept. */
    async end() {
      await now.speaks?.end();
      Object.assign(now, { room: null, speaks: null, counts: null, asked: null });
      changed();
    },
    /** How many are there, and how many have answered. */
    said() {
      if (!now.counts) return "";
      const { here, voted = [], question } = now.counts;
      const count = question ? (voted.at(-1) ?? 0) : 0;
      const sentence = question ? words.class_voted : words.class_here;
      return `${now.room?.code ?? ""} · ${filled(sentence, { here, voted: count })}`;
    },
    /** Draw the votes, where there are any to show. */
    votes(element) {
      const { votes } = now.counts ?? {};
      if (!votes || !now.asked) return false;
      const picture = made("div", {});
      element.replaceChildren(made("h2", {}, now.asked.text[lang]), picture);
      distribution(picture, now.asked, votes, { words: words.room, language: lang });
      return true;
    },
  };
}
