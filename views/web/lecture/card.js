// What the class reads to get into a room: the address, the code in large letters, a picture for the phones' cameras.

import { made } from "../kit/parts.js";
import { qr } from "./presenter.js";

/**
 * Show how to get into a room.
 * @param {HTMLElement} element
 * @param {import("./voice.js").Room} room
 * @param {Record<string, string>} words of the section `room`
 */
export async function card(element, room, words) {
  const [place] = room.address.replace(/^https?:\/\//, "").split("?");
  const picture = made("img", "qr");
  picture.alt = words.card_picture;
  const where = made("p", "where", `${words.card_where} `, made("b", "", place));
  const code = made("p", "code", room.code);
  code.setAttribute("aria-label", [...room.code].join(" "));
  const told = made("p", "told", room.reachable ? "" : words.unreachable);
  element.classList.add("card");
  element.replaceChildren(picture, where, code, told);
  picture.src = await qr(room);
}
