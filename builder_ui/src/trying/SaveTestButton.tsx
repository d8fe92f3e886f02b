import Checklist from "@mui/icons-material/Checklist";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTrying } from "./current";
import { SaveTestDialog } from "./SaveTestDialog";

/** The way from a chat that went well to a test. */
export function SaveTestButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isReady = useTrying(({ tried, chat, isPlaying }) => !isPlaying && Boolean(chat.turns.length) && tried?.turns.length === chat.turns.length);
  return (
    <>
      <Button size="small" startIcon={<Checklist />} disabled={!isReady} onClick={() => setOpen(true)}>
        {t("trying.save_test")}
      </Button>
      {isOpen && <SaveTestDialog close={() => setOpen(false)} />}
    </>
  );
}
