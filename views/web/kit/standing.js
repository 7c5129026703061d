// How a page stands before it is painted: whole, or embedded as its picture alone, or as a stop of a lecture, which the
// frame that it is in is named after: "lab-stop" and what stays of the page besides.
{
  const [kind, ...offers] = window.name.split(" ");
  const marks = document.documentElement.classList;
  if (kind === "lab-stop") marks.add("lab-embedded", "lab-presented", ...offers.map((each) => `lab-offers-${each}`));
  else if (/[?&]embed=(1|true)/.test(location.search)) marks.add("lab-embedded");
}
