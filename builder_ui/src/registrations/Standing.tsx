import Download from "@mui/icons-material/Download";
import Alert, { type AlertColor } from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { StatusChip } from "../senders/StatusChip";
import type { Status } from "../senders/senderValues";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { useMay } from "../workspace/session";
import { ConnectLinks } from "./ConnectLinks";
import { DecisionDialog } from "./DecisionDialog";
import { decisionsOf } from "./decisions";
import type { Registration } from "./draft";
import { applicationAddress, moveRegistration } from "./registrations";

const SEVERITIES: Partial<Record<Status, AlertColor>> = { active: "success", done: "success", rejected: "error", blocked: "error", canceled: "warning" };

/** Where an application stands, what was said of it, and what comes next. */
export function Standing({ registration, isChanged }: { registration: Registration; isChanged: boolean }) {
  const { t } = useTranslation();
  const mayEdit = useMay("senders.edit");
  const [isDeciding, setDeciding] = useState(false);
  const { id, note, identity, next } = registration;
  const status = registration.status;
  const reopening = useMutation({ mutationFn: () => moveRegistration(id, { status: "draft", note }) });
  const canDecide = mayEdit && decisionsOf(next).length > 0;
  const isUnsaved = canDecide && isChanged;
  const afterId = useId();
  const isApproved = status === "active" || status === "done";
  return (
    <Alert severity={SEVERITIES[status] ?? "info"} sx={{ "& .MuiAlert-message": { flex: 1, minWidth: 0 } }}>
      <StatusChip status={status} /> {t(`registrations.next.${status}`)}
      {identity && <p>{t("registrations.identity_is", { identity })}</p>}
      {note && (
        <p>
          <strong>{t("registrations.says")}</strong> {note}
        </p>
      )}
      <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap", mt: 1 }}>
        {canDecide && (
          <Button size="small" variant="outlined" color="inherit" disabled={isChanged} aria-describedby={isUnsaved ? afterId : undefined} onClick={() => setDeciding(true)}>
            {t("registrations.record")}
          </Button>
        )}
        {mayEdit && isApproved && <ConnectLinks registration={registration} />}
        {mayEdit && next.includes("draft") && (
          <Button size="small" variant="outlined" color="inherit" loading={reopening.isPending} onClick={() => reopening.mutate()}>
            {t("registrations.reopen")}
          </Button>
        )}
        <Button size="small" color="inherit" startIcon={<Download />} component="a" href={applicationAddress(id)} download>
          {t("registrations.download")}
        </Button>
      </Stack>
      {isUnsaved && (
        <Typography id={afterId} variant="body2" sx={{ mt: 1 }}>
          {t("registrations.record_after")}
        </Typography>
      )}
      <ProblemAlert error={reopening.error} />
      {isDeciding && <DecisionDialog registration={registration} close={() => setDeciding(false)} />}
    </Alert>
  );
}
