// How a page stands before it is painted: whole, with parts hidden or locked by its link, its picture alone, or as a
// stop of a lecture, which the frame that it is in is named after: "lab-stop" presented, "lab-course" with its panel.
{
  const PARTS = {
    title: ".st-key-masthead h1",
    question: ".st-key-masthead .stMarkdown",
    menu: ".st-key-menu",
    language: ".st-key-lang",
    demonstrations: ".st-key-demonstrations",
    text: ".st-key-guide .stMarkdown",
    steps: ".st-key-steps, .st-key-lesson_back",
    controls: ".st-key-controls",
    menus: ".st-key-controls .stSelectbox, .st-key-controls .stButtonGroup",
    lanes: '[data-part="lanes"]',
    add: '[data-part="add"]',
    surface: '[data-part="surface"]',
    run: '[data-part="run"]',
    data: '[data-part="data"]',
    network: '[data-part="network"]',
    training: '[data-part="training"]',
    point: '[data-part="point"]',
    map: ".contour",
    tools: ".tools",
    curves: ".curves",
    clock: ".play",
    tabs: ".tabs",
    table: ".sheet",
    told: ".told",
    share: ".st-key-folded",
  };
  const asked = new URLSearchParams(location.search);
  const selected = (field) =>
    (asked.get(field) ?? "")
      .split("~")
      .filter((name) => Object.hasOwn(PARTS, name))
      .map((name) => PARTS[name]);
  const hidden = selected("hide").map((part) => `:is(${part}) { display: none !important; }`);
  const locked = selected("lock");
  const faint = locked.map((part) => `:is(${part}) { opacity: .7; }`);
  Object.assign(window, { labStanding: { css: [...hidden, ...faint].join("\n"), locked: locked.join(", ") } });

  const marks = document.documentElement.classList;
  const [kind] = window.name.split(" ");
  if (kind === "lab-stop" || kind === "lab-course") marks.add("lab-embedded");
  if (kind === "lab-course") marks.add("lab-studied");
  if (kind === "lab-stop") marks.add("lab-presented");
  else if (["controls", "demonstrations"].every((part) => selected("hide").includes(PARTS[part])))
    marks.add("lab-wide");
  if (kind !== "lab-stop" && /[?&]embed=(1|true)/.test(location.search)) marks.add("lab-embedded");
}
