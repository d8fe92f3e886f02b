import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionBar, type Actions } from "../checkedForm/ActionBar";
import { move } from "../router";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { pathTo } from "../workspace/sections";
import type { Registration } from "./draft";
import { deleteRegistration, moveRegistration } from "./registrations";

/** What can be done with the application, always in sight. A draft is kept as it is; the rest has to keep the rules. */
export function SaveBar({ stored, isChanged, broken, unlessBroken, saving, sending }: Actions<Registration>) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"cancel" | "delete" | null>(null);
  const isDraft = !stored || stored.status === "draft";
  const isEditable = !stored || stored.editable;
  const isBusy = saving.isPending || sending.isPending;
  const close = () => setAsking(null);
  return (
    <ActionBar>
      {isDraft && (
        <Button variant="contained" loading={sending.isPending} disabled={isBusy} onClick={() => void unlessBroken(sending.mutate)}>
          {t("registrations.send")}
        </Button>
      )}
      {isEditable && (
        <Button variant={isDraft ? "outlined" : "contained"} loading={saving.isPending} disabled={isBusy || (stored !== undefined && !isChanged)} onClick={() => (isDraft ? saving.mutate() : void unlessBroken(saving.mutate))}>
          {isDraft ? t("registrations.save") : t("work.save")}
        </Button>
      )}
      <Typography role="status" sx={{ flex: { xs: "1 0 100%", sm: 1 }, order: { xs: -1, sm: 0 }, color: "text.secondary", typography: "body2" }}>
        {isEditable && (broken > 0 ? t("registrations.broken", { count: broken }) : t("registrations.sound"))}
      </Typography>
      {stored?.next.includes("canceled") && (
        <Button color="error" onClick={() => setAsking("cancel")}>
          {t("registrations.cancel")}
        </Button>
      )}
      {stored?.deletable && (
        <Button color="error" onClick={() => setAsking("delete")}>
          {t("registrations.delete")}
        </Button>
      )}
      {stored && asking === "cancel" && (
        <ConfirmDialog
          title={t("registrations.cancel_title")}
          text={t("registrations.cancel_text")}
          verb={t("registrations.cancel")}
          run={() => moveRegistration(stored.id, { status: "canceled", note: "" })}
          close={close}
        />
      )}
      {stored && asking === "delete" && (
        <ConfirmDialog
          title={t("registrations.delete_title")}
          text={t("registrations.delete_text")}
          verb={t("registrations.delete")}
          run={async () => {
            await deleteRegistration(stored.id);
            move(pathTo("sender-ids"));
          }}
          close={close}
        />
      )}
    </ActionBar>
  );
}
