import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionBar, type Actions } from "../checkedForm/ActionBar";
import { move } from "../router";
import { pathTo } from "../workspace/sections";
import { DeleteDialog } from "./DeleteDialog";
import { isOpen, type StoredTemplate } from "./templates";

/** What can be done with the template, always in sight. With broken rules the first press says which. */
export function SaveBar({ stored, isChanged, broken, unlessBroken, saving, sending }: Actions<StoredTemplate>) {
  const { t } = useTranslation();
  const [isDeleting, setDeleting] = useState(false);
  const isWritable = !stored || isOpen(stored);
  const isBusy = saving.isPending || sending.isPending;
  return (
    <ActionBar>
      {isWritable && (
        <>
          <Button variant="contained" loading={sending.isPending} disabled={isBusy} onClick={() => void unlessBroken(sending.mutate)}>
            {t("whatsapp_templates.submit")}
          </Button>
          <Button variant="outlined" loading={saving.isPending} disabled={isBusy || (stored !== undefined && !isChanged)} onClick={() => void unlessBroken(saving.mutate)}>
            {t("whatsapp_templates.save")}
          </Button>
          <Typography role="status" sx={{ flex: 1, color: "text.secondary", typography: "body2" }}>
            {broken > 0 ? t("whatsapp_templates.broken", { count: broken }) : t("whatsapp_templates.sound")}
          </Typography>
        </>
      )}
      {stored && (
        <Button color="error" onClick={() => setDeleting(true)}>
          {t("whatsapp_templates.delete")}
        </Button>
      )}
      {isDeleting && stored && <DeleteDialog template={stored} deleted={() => move(pathTo("whatsapp-templates"))} close={() => setDeleting(false)} />}
    </ActionBar>
  );
}
