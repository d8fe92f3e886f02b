import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Place } from "../api/client";
import { move } from "../router";
import { pathTo } from "../workspace/sections";
import { DeleteDialog } from "./DeleteDialog";
import { isOpen, type StoredTemplate } from "./templates";

interface Doing {
  mutate: () => void;
  isPending: boolean;
}

interface SaveBarProps {
  stored?: StoredTemplate;
  isChanged: boolean;
  broken: readonly Place[];
  /** Asks for the rules that are broken by what is written now, and tells them all. */
  brokenNow: () => Promise<readonly Place[]>;
  saving: Doing;
  submitting: Doing;
}

/** The field of a place, or the first one inside it. */
const focusOn = (pointer: string) => document.querySelector<HTMLElement>(`[id^="${CSS.escape(pointer)}"]`)?.focus();

/** What can be done with the template, always in sight. With broken rules the first press says which. */
export function SaveBar({ stored, isChanged, broken, brokenNow, saving, submitting }: SaveBarProps) {
  const { t } = useTranslation();
  const [isDeleting, setDeleting] = useState(false);
  const isWritable = !stored || isOpen(stored);
  const unlessBroken = (doing: Doing) => async () => {
    const [first] = await brokenNow();
    if (first) focusOn(first.pointer);
    else doing.mutate();
  };
  const submit = unlessBroken(submitting);
  const save = unlessBroken(saving);
  const isBusy = saving.isPending || submitting.isPending;
  return (
    <Paper
      elevation={3}
      sx={{ position: "sticky", bottom: 0, zIndex: 2, p: 1.5, display: "flex", gap: 1, flexWrap: "wrap", alignItems: "center" }}
    >
      {isWritable && (
        <>
          <Button variant="contained" loading={submitting.isPending} disabled={isBusy} onClick={() => void submit()}>
            {t("whatsapp_templates.submit")}
          </Button>
          <Button variant="outlined" loading={saving.isPending} disabled={isBusy || (stored !== undefined && !isChanged)} onClick={() => void save()}>
            {t("whatsapp_templates.save")}
          </Button>
          <Typography role="status" sx={{ flex: 1, color: "text.secondary", typography: "body2" }}>
            {broken.length > 0 ? t("whatsapp_templates.broken", { count: broken.length }) : t("whatsapp_templates.sound")}
          </Typography>
        </>
      )}
      {stored && (
        <Button color="error" onClick={() => setDeleting(true)}>
          {t("whatsapp_templates.delete")}
        </Button>
      )}
      {isDeleting && stored && <DeleteDialog template={stored} deleted={() => move(pathTo("whatsapp-templates"))} close={() => setDeleting(false)} />}
    </Paper>
  );
}
