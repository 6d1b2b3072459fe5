export type Theme = "system" | "light" | "dark";

export const themes: readonly (readonly [Theme, string])[] = [
  ["system", "As this device"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** The key under which the page's first script looks for a choice. */
const KEY = "liveshop:theme";

/** Shows the chosen look at once, and on this device from now on. */
export function show_theme(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be switched off: the look lasts as long as the page.
  }
}
