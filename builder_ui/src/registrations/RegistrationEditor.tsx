import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import { hashKey } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { channelName } from "../home/names";
import { isPlaced } from "../workspace/places";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { useMay } from "../workspace/session";
import { useSettled } from "../workspace/useSettled";
import { useUnsaved } from "../workspace/unsaved";
import { WorkPage } from "../workspace/WorkPage";
import { brokenAt, type Draft, type Registration } from "./draft";
import { type Editing, EditorOf, useLeft } from "./editing";
import { RcsFields } from "./fields/RcsFields";
import { SmsFields } from "./fields/SmsFields";
import { RegistrationPreview } from "./RegistrationPreview";
import { brokenRules, type Limits, useCheck } from "./registrations";
import { SaveBar } from "./SaveBar";
import { Standing } from "./Standing";
import { useRuleWords } from "./useRuleWords";
import { useSaving } from "./useSaving";

const CHECK_AFTER_MS = 300;

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
  const [typed, setTyped] = useState<Draft | null>(null);
  const [isTellingAll, setTellingAll] = useState(false);
  const left = useLeft();
  const isLocked = !mayEdit || stored?.editable === false;
  const draft = isLocked ? start : (typed ?? start);
  const check = useCheck(useSettled(draft, CHECK_AFTER_MS), !isLocked);
  const broken = isLocked ? [] : (check.data ?? []);
  const isChanged = !isLocked && hashKey([draft]) !== hashKey([start]);
  useUnsaved(isChanged);
  const seen = useSeen(isChanged, stored?.updated_at ?? "");
  const { saving, sending } = useSaving(draft, isChanged, seen, stored);
  const editing: Editing = {
    draft,
    limits,
    isLocked,
    setName: (name) => setTyped({ ...draft, name }),
    set: (details) => setTyped({ ...draft, details: { ...draft.details, ...details } } as Draft),
    leave: left.add,
    problemAt: (pointer, isWhole) => {
      const found = brokenAt(broken, pointer, isWhole);
      return found && (isTellingAll || left.has(pointer)) ? words(found) : undefined;
    },
  };
  const brokenNow = async () => {
    const found = await brokenRules(draft);
    setTellingAll(found.length > 0);
    return found;
  };
  const error = saving.error ?? check.error;
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
      {mayEdit && <SaveBar {...(stored && { stored })} isChanged={isChanged} broken={broken.length} brokenNow={brokenNow} saving={saving} sending={sending} />}
    </WorkPage>
  );
}

/** When what the changes are made on was stored: others may store something newer meanwhile. */
function useSeen(isChanged: boolean, stored: string): string {
  const [seen, setSeen] = useState(stored);
  if (!isChanged && seen !== stored) setSeen(stored);
  return seen;
}
