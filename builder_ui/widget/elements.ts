/** An element of the widget. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, classes = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  return made;
}

export function button(classes: string, press: () => void): HTMLButtonElement {
  const made = element("button", classes);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** How many messages wait; the button's label says it to those who do not see it. */
export function badge(): HTMLSpanElement {
  const made = element("span", "badge");
  made.setAttribute("aria-hidden", "true");
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  bubble: "M4 12a8 7.5 0 1 1 4 6.5L4 20l1.2-3.6A7 7 0 0 1 4 12zM8.5 12h.01M12 12h.01M15.5 12h.01",
  cross: "M6 6l12 12M18 6L6 18",
};

/** An icon on a 24 × 24 grid, as decoration. */
export function icon(name: keyof typeof PATHS): SVGElement {
  const made = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const look = { d: PATHS[name], fill: "none", stroke: "currentColor", "stroke-width": "2" };
  const ends = { "stroke-linecap": "round", "stroke-linejoin": "round" };
  for (const [key, value] of Object.entries({ ...look, ...ends })) path.setAttribute(key, value);
  made.setAttribute("class", name);
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("width", "28");
  made.setAttribute("height", "28");
  made.setAttribute("aria-hidden", "true");
  made.append(path);
  return made;
}
