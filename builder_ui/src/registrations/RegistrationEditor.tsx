import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCheckedForm } from "../checkedForm/useCheckedForm";
import { useSaving } from "../checkedForm/useSaving";
import { channelName } from "../home/names";
import { isPlaced } from "../workspace/places";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import type { Draft, Registration } from "./draft";
import { type Editing, EditorOf } from "./editing";
import { RcsFields } from "./fields/RcsFields";
import { SmsFields } from "./fields/SmsFields";
import { RegistrationPreview } from "./RegistrationPreview";
import { changeRegistration, checkOf, type Limits, makeRegistration, moveRegistration } from "./registrations";
import { SaveBar } from "./SaveBar";
import { Standing } from "./Standing";
import { useRuleWords } from "./useRuleWords";

interface RegistrationEditorProps {
  start: Draft;
  /** Left out for one that is not kept yet. */
  stored?: Registration;
  limits: Limits;
}

/** The form of an application beside the phone that shows the sender (AS-2). */
export function RegistrationEditor({ start, stored, limits }: RegistrationEditorProps) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const mayEdit = useMay("senders.edit");
  const isLocked = !mayEdit || stored?.editable === false;
  const form = useCheckedForm({ start, isLocked, checkOf, words });
  const { fields, write, isChanged, broken, unlessBroken } = form;
  const { draft } = fields;
  const seen = useSeen(isChanged, stored?.updated_at ?? "");
  const { saving, sending } = useSaving({
    stored,
    isChanged,
    make: () => makeRegistration(draft),
    change: (id) => changeRegistration(id, draft, seen),
    send: (id) => moveRegistration(id, { status: "submitted", note: "" }),
    pathOf: (id) => pathTo("sender-ids", id),
    told: { saved: t("registrations.saved"), sent: t("registrations.sent") },
  });
  const editing: Editing = {
    ...fields,
    limits,
    setName: (name) => write({ ...draft, name }),
    set: (details) => write({ ...draft, details: { ...draft.details, ...details } } as Draft),
  };
  const error = saving.error ?? form.error;
  const channel = channelName(draft.channel, t);
  return (
    <WorkPage title={stored ? stored.name || t("registrations.no_name") : t("registrations.new", { channel })} lead={t(`registrations.lead_${draft.channel}`)}>
      {stored && <Standing registration={stored} isChanged={isChanged} />}
      {!isPlaced(error) && <ProblemAlert error={error} />}
      <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 44rem) 23rem" }, alignItems: "start" }}>
        <EditorOf value={editing}>
          <Stack sx={{ gap: 2 }}>{draft.channel === "rcs" ? <RcsFields details={draft.details} /> : <SmsFields details={draft.details} />}</Stack>
        </EditorOf>
        <Box sx={{ position: { lg: "sticky" }, top: { lg: 16 } }}>
          <RegistrationPreview draft={draft} />
        </Box>
      </Box>
      {mayEdit && <SaveBar {...(stored && { stored })} isChanged={isChanged} broken={broken.length} unlessBroken={unlessBroken} saving={saving} sending={sending} />}
    </WorkPage>
  );
}

/** When what the changes are made on was stored: others may store something newer meanwhile. */
function useSeen(isChanged: boolean, stored: string): string {
  const [seen, setSeen] = useState(stored);
  if (!isChanged && seen !== stored) setSeen(stored);
  return seen;
}
