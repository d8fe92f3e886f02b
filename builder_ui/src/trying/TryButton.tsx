import Forum from "@mui/icons-material/Forum";
import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useMaybeTrial } from "./current";
import type { Trial } from "./trial";

/** Opens the chat with the draft, and closes it. */
export function TryButton() {
  const trial = useMaybeTrial();
  return trial && <Toggle trial={trial} />;
}

function Toggle({ trial }: { trial: Trial }) {
  const { t } = useTranslation();
  const isOpen = useStore(trial.store, (state) => state.isOpen);
  return (
    <Button id="try" variant="outlined" startIcon={<Forum />} aria-expanded={isOpen} onClick={() => (isOpen ? trial.close() : trial.open())}>
      {t("trying.try")}
    </Button>
  );
}
