import { useSyncExternalStore } from "react";
import { keep, recall } from "../storage";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const APPLIED = "botflow:theme";
const wantsDark = () => matchMedia("(prefers-color-scheme: dark)");

/** The appearance chosen here before. */
export function chosenTheme(): Theme {
  const chosen = recall("theme", "system");
  return THEMES.find((theme) => theme === chosen) ?? "system";
}

/** Show the page in an appearance from now on; `system` follows the device. */
export function applyTheme(theme: Theme): void {
  keep("theme", theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  dispatchEvent(new Event(APPLIED));
}

function subscribe(changed: () => void): () => void {
  addEventListener(APPLIED, changed);
  const device = wantsDark();
  device.addEventListener("change", changed);
  return () => {
    removeEventListener(APPLIED, changed);
    device.removeEventListener("change", changed);
  };
}

/** Whether the page is dark now. */
export const useIsDark = () =>
  useSyncExternalStore(subscribe, () => (chosenTheme() === "system" ? wantsDark().matches : chosenTheme() === "dark"));
