import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App, ready } from "./App";
import { startTexts } from "./i18n";
import { applyTheme, chosenTheme } from "./settings/theme";
import "./styles/tokens.css";
import "./styles/base.css";

/** Whoever's connection is slow sees then that something is coming. */
const PATIENCE_MS = 1000;

applyTheme(chosenTheme());
startTexts();
// React holds back for 300 ms what comes after a fallback, so nothing is drawn before its code is there
const patience = new Promise((draw) => setTimeout(draw, PATIENCE_MS));
void Promise.race([ready(location.pathname), patience]).catch(() => null).then(() =>
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
