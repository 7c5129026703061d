// What stands above a map: its name and what moves the window.

import { edit } from "../kit/edits.js";
import { button } from "../kit/parts.js";
import { filled } from "../kit/terms.js";
import { goTo, isCurves, measureOf, rootOf, zoomBy } from "./view.js";

export function captioned(stage) {
  const { header, component } = stage;
  const words = header.told;
  const measure = measureOf(stage);
  stage
    .find(".atlas .paths")
    .setAttribute("aria-label", `${filled(words.title, { measure: measure.label })}. ${words.hint}`);
  if (!stage.info) return { name: measure.label, title: measure.about, choices: [] };
  const curves = isCurves(stage);
  const several = measure.kind !== "winner" && !curves && stage.info.lanes.length > 1;
  const menu = document.createElement("select");
  menu.append(new Option(words.all, "0", false, header.looks.whose === 0));
  for (const lane of stage.info.lanes) {
    const label = stage.lanes.find(({ number: at }) => at === lane)?.label ?? `${lane + 1}`;
    menu.append(new Option(label, String(lane + 1), false, header.looks.whose === lane + 1));
  }
  menu.setAttribute("aria-label", words.all);
  menu.onchange = () => edit(component, "whose", Number(menu.value));
  const remember = (act) => () => {
    stage.past.push(stage.view);
    act();
  };
  const tools = [
    ...(several ? [menu] : []),
    ...(curves
      ? [
          button(
            stage.words[stage.linear ? "linear" : "log"],
            stage.words.log_hint,
            stage.turn(() => (stage.linear = !stage.linear)),
          ),
        ]
      : []),
    button(
      words.box,
      words.box_hint,
      stage.turn(() => (stage.box = !stage.box)),
      stage.box,
    ),
    button(
      "home",
      words.home,
      remember(() => goTo(stage, rootOf(stage))),
    ),
    button(
      "closer",
      words.closer,
      remember(() => zoomBy(stage, 0.5)),
    ),
    button(
      "farther",
      words.farther,
      remember(() => zoomBy(stage, 2)),
    ),
  ];
  if (stage.past.length) tools.push(button(words.zoomed, words.zoomed, () => goTo(stage, stage.past.pop())));
  return { name: measure.label, title: measure.about, choices: tools };
}
