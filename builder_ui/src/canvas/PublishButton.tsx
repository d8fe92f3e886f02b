import Publish from "@mui/icons-material/Publish";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useMay } from "../workspace/session";
import { PublishDialog } from "./PublishDialog";
import type { Saver } from "./saving";

/** The way to the contacts. It waits until the work is saved: what is published is the draft on the server. */
export function PublishButton({ saver, id, go }: { saver: Saver; id: string; go: (node: string) => void }) {
  const { t } = useTranslation();
  const mayPublish = useMay("chatbots.publish");
  const isSaved = useStore(saver.store, ({ state }) => state === "saved");
  const [isOpen, setOpen] = useState(false);
  if (!mayPublish) return null;
  return (
    <>
      <Button id="publish" variant="contained" startIcon={<Publish />} disabled={!isSaved} onClick={() => setOpen(true)}>
        {t("publish.publish")}
      </Button>
      {isOpen && <PublishDialog id={id} go={go} close={() => setOpen(false)} />}
    </>
  );
}
