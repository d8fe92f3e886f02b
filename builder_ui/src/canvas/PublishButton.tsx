import Publish from "@mui/icons-material/Publish";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../workspace/session";
import { PublishDialog } from "./PublishDialog";
import type { Saver } from "./saving";

interface PublishButtonProps {
  saver: Saver;
  id: string;
  isEditing: boolean;
  /** Show a step, and open it. */
  go: (node: string) => void;
}

/** The way to the contacts. */
export function PublishButton({ saver, id, isEditing, go }: PublishButtonProps) {
  const { t } = useTranslation();
  const mayPublish = useMay("chatbots.publish");
  const [isOpen, setOpen] = useState(false);
  if (!mayPublish) return null;
  const open = () => {
    saver.hurry();
    setOpen(true);
  };
  return (
    <>
      <Button id="publish" variant="contained" startIcon={<Publish />} onClick={open}>
        {t("publish.publish")}
      </Button>
      {isOpen && <PublishDialog saver={saver} id={id} isEditing={isEditing} go={go} close={() => setOpen(false)} />}
    </>
  );
}
