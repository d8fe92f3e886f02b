import ContentCopy from "@mui/icons-material/ContentCopy";
import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import { tell } from "./toasts";

/** Puts a text into the clipboard. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      tell("success", t("work.copied"));
    } catch {
      tell("warning", t("work.not_copied"));
    }
  };
  return (
    <Button startIcon={<ContentCopy />} onClick={() => void copy()}>
      {label ?? t("work.copy")}
    </Button>
  );
}
