export type MarkerKind = "store" | "home" | "driver" | "job";

const paths: Record<MarkerKind, string> = {
  store:
    "M4 9l1.5-5h13L20 9M4 9h16M4 9v1a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0A2.7 2.7 0 0 0 20 10V9M6 13v7h12v-7",
  home: "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
  driver: "M12 3l7 17-7-4-7 4z",
  job: "M4 8l8-4 8 4-8 4zM4 8v8l8 4 8-4V8M12 12v8",
};

const colours: Record<MarkerKind, [ground: string, ink: string]> = {
  store: ["#1b1523", "#ffffff"],
  home: ["#0a7448", "#ffffff"],
  driver: ["#ffc629", "#1b1523"],
  job: ["#2450c4", "#ffffff"],
};

/** A pin (or, for the driver, a disc) as an element; a button if it can be chosen. */
export function marker_element(kind: MarkerKind, label: string, on_select?: () => void): HTMLElement {
  const element = document.createElement(on_select ? "button" : "div");
  const [ground, ink] = colours[kind];
  element.setAttribute("aria-label", label);
  element.setAttribute("title", label);
  if (!on_select) element.setAttribute("role", "img");
  element.dataset.marker = kind;
  const shape =
    kind === "driver"
      ? `<circle cx="20" cy="20" r="19" fill="${ground}" stroke="#fff" stroke-width="2"/>`
      : `<path d="M20 47C20 47 37 30 37 19A17 17 0 0 0 3 19C3 30 20 47 20 47Z" fill="${ground}" stroke="#fff" stroke-width="2"/>`;
  element.innerHTML = `<svg width="40" height="${kind === "driver" ? 40 : 48}" viewBox="0 0 40 ${kind === "driver" ? 40 : 48}" aria-hidden="true" style="filter:drop-shadow(0 3px 5px rgb(0 0 0 / .35))">${shape}<g transform="translate(9.5 8.5) scale(.875)" fill="none" stroke="${ink}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"><path d="${paths[kind]}"/></g></svg>`;
  if (on_select) element.addEventListener("click", (event) => (event.stopPropagation(), on_select()));
  return element;
}
