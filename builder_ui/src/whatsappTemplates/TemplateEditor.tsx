import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { useCheckedForm } from "../checkedForm/useCheckedForm";
import { useSaving } from "../checkedForm/useSaving";
import { isPlaced } from "../workspace/places";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { useContentRules } from "../problems/useContentRules";
import { BrokenRules } from "./BrokenRules";
import { editingOf, EditorOf } from "./editing";
import { CodeParts } from "./fields/CodeParts";
import { IdentityPart } from "./fields/IdentityPart";
import { MessageParts } from "./fields/MessageParts";
import type { Draft } from "./model/components";
import { NextStep } from "./NextStep";
import { SaveBar } from "./SaveBar";
import { TemplatePreview } from "./TemplatePreview";
import { changeTemplate, checkOf, isOpen, type Limits, makeTemplate, type StoredTemplate, submitTemplate } from "./templates";

interface TemplateEditorProps {
  start: Draft;
  /** Left out for one that is not kept yet. */
  stored?: StoredTemplate;
  limits: Limits;
}

/** The form of a template beside the phone that shows it (AS-4). */
export function TemplateEditor({ start, stored, limits }: TemplateEditorProps) {
  const { t } = useTranslation();
  const words = useContentRules();
  const mayEdit = useMay("templates.edit");
  const isLocked = !mayEdit || (stored !== undefined && !isOpen(stored));
  const brokenHere = ({ sender }: Draft) => (sender ? [] : [{ pointer: "/sender", detail: t("whatsapp_templates.choose_sender") }]);
  const form = useCheckedForm({ start, isLocked, checkOf, words, brokenHere });
  const { fields, write, isChanged, broken, isTellingAll, unlessBroken } = form;
  const { draft } = fields;
  const { saving, sending } = useSaving({
    stored,
    isChanged,
    make: () => makeTemplate(draft),
    change: (id) => changeTemplate(id, draft),
    send: submitTemplate,
    pathOf: (id) => pathTo("whatsapp-templates", id),
    told: { saved: t("whatsapp_templates.saved"), sent: t("whatsapp_templates.submitted") },
  });
  const toMend = isTellingAll ? broken : isPlaced(saving.error) ? saving.error.places : [];
  return (
    <WorkPage title={stored?.name ?? t("whatsapp_templates.new")} lead={t("whatsapp_templates.editor_lead")}>
      {stored && <NextStep template={stored} />}
      <ProblemAlert error={saving.error ?? form.error} />
      <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 1fr) 23rem" }, alignItems: "start" }}>
        <EditorOf value={editingOf(fields, write, limits)}>
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
      {mayEdit && <SaveBar {...(stored && { stored })} isChanged={isChanged} broken={broken.length} unlessBroken={unlessBroken} saving={saving} sending={sending} />}
    </WorkPage>
  );
}
