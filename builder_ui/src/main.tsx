import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { startTexts } from "./i18n";
import { applyTheme, chosenTheme } from "./settings/theme";
import "./styles/tokens.css";
import "./styles/base.css";

applyTheme(chosenTheme());
startTexts();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
