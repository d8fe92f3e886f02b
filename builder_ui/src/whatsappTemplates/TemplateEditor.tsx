import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import { hashKey } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Place } from "../api/client";
import { isPlaced } from "../workspace/places";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { useMay } from "../workspace/session";
import { useSettled } from "../workspace/useSettled";
import { useUnsaved } from "../workspace/unsaved";
import { WorkPage } from "../workspace/WorkPage";
import { useContentRules } from "../problems/useContentRules";
import { BrokenRules } from "./BrokenRules";
import { editingOf, EditorOf, useLeft } from "./editing";
import { CodeParts } from "./fields/CodeParts";
import { IdentityPart } from "./fields/IdentityPart";
import { MessageParts } from "./fields/MessageParts";
import type { Draft } from "./model/components";
import { NextStep } from "./NextStep";
import { SaveBar } from "./SaveBar";
import { TemplatePreview } from "./TemplatePreview";
import { brokenRules, isOpen, type Limits, type StoredTemplate, useCheck } from "./templates";
import { useSaving } from "./useSaving";

const CHECK_AFTER_MS = 300;

interface TemplateEditorProps {
  start: Draft;
  /** Left out for one that is not kept yet. */
  stored?: StoredTemplate;
  limits: Limits;
}

/** The form of a template beside the phone that shows it (AS-4). */
export function TemplateEditor({ start, stored, limits }: TemplateEditorProps) {
  const { t } = useTranslation();
  const mayEdit = useMay("templates.edit");
  const [typed, setTyped] = useState<Draft | null>(null);
  const [isTellingAll, setTellingAll] = useState(false);
  const left = useLeft();
  const words = useContentRules();
  const isLocked = !mayEdit || (stored !== undefined && !isOpen(stored));
  const draft = isLocked ? start : (typed ?? start);
  const settled = useSettled(draft, CHECK_AFTER_MS);
  const check = useCheck(settled, !isLocked);
  const alsoSender = (rules: readonly Place[]) => (draft.sender ? rules : [{ pointer: "/sender", detail: t("whatsapp_templates.choose_sender") }, ...rules]);
  const broken = isLocked ? [] : alsoSender(check.data?.errors ?? []);
  const brokenNow = async () => {
    const found = alsoSender(await brokenRules(draft));
    setTellingAll(found.length > 0);
    return found;
  };
  const isChanged = !isLocked && hashKey([draft]) !== hashKey([start]);
  useUnsaved(isChanged);
  const { saving, submitting } = useSaving(draft, isChanged, stored);
  const editing = editingOf(draft, setTyped, left, { limits, isLocked, broken, isTellingAll, words });
  const toMend = isTellingAll ? broken : isPlaced(saving.error) ? saving.error.places : [];
  return (
    <WorkPage title={stored?.name ?? t("whatsapp_templates.new")} lead={t("whatsapp_templates.editor_lead")}>
      {stored && <NextStep template={stored} />}
      <ProblemAlert error={saving.error ?? check.error} />
      <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 1fr) 23rem" }, alignItems: "start" }}>
        <EditorOf value={editing}>
          <Stack sx={{ gap: 2 }}>
            <IdentityPart isKept={stored !== undefined} />
            {draft.category === "authentication" ? <CodeParts /> : <MessageParts />}
          </Stack>
        </EditorOf>
        <Stack sx={{ gap: 2, position: { lg: "sticky" }, top: { lg: 16 } }}>
          <TemplatePreview draft={draft} />
          {toMend.length > 0 && <BrokenRules broken={toMend} components={draft.components} />}
        </Stack>
      </Box>
      {mayEdit && (
        <SaveBar
          {...(stored && { stored })}
          isChanged={isChanged}
          broken={broken}
          brokenNow={brokenNow}
          saving={saving}
          submitting={submitting}
        />
      )}
    </WorkPage>
  );
}
