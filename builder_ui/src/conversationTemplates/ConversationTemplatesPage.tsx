import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { LinkTo } from "../workspace/LinkTo";
import { Listing } from "../workspace/Listing";
import { Missing } from "../workspace/Missing";
import { One } from "../workspace/One";
import { pathTo, type SectionProps } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { ConversationTemplateEditor } from "./ConversationTemplateEditor";
import { ConversationTemplateTable } from "./ConversationTemplateTable";
import { type Limits, useConversationTemplate, useConversationTemplates, useLimits } from "./conversationTemplates";
import { DeleteDialog } from "./DeleteDialog";
import { type ConversationTemplate, draftOf, newDraft } from "./draft";

/** Conversation templates (AS-3), a new one, or one of them. */
export default function ConversationTemplatesPage({ rest: [id] }: SectionProps) {
  if (id === undefined) return <AllTemplates />;
  return id === "new" ? <NewTemplate /> : <StoredTemplate key={id} id={id} />;
}

function NewTemplate() {
  const mayEdit = useMay("templates.edit");
  const limits = useLimits();
  const [start] = useState(newDraft);
  if (!mayEdit) return <Missing permission="templates.edit" />;
  return <One found={limits}>{(found) => <ConversationTemplateEditor start={start} limits={found} />}</One>;
}

function StoredTemplate({ id }: { id: string }) {
  const limits = useLimits();
  const template = useConversationTemplate(id);
  return <One found={template}>{(stored) => <One found={limits}>{(found) => <StoredEditor stored={stored} limits={found} />}</One>}</One>;
}

function StoredEditor({ stored, limits }: { stored: ConversationTemplate; limits: Limits }) {
  const start = useMemo(() => draftOf(stored), [stored]);
  return <ConversationTemplateEditor start={start} stored={stored} limits={limits} />;
}

function AllTemplates() {
  const { t } = useTranslation();
  const mayEdit = useMay("templates.edit");
  const templates = useConversationTemplates();
  const [deleting, setDeleting] = useState<ConversationTemplate | null>(null);
  const next = mayEdit && (
    <Button variant="contained" startIcon={<Add />} component={LinkTo} href={pathTo("conversation-templates", "new")}>
      {t("conversation_templates.new")}
    </Button>
  );
  return (
    <WorkPage title={t("sections.conversation_templates")} lead={t("conversation_templates.lead")} actions={next}>
      <Listing found={templates} empty={{ title: t("conversation_templates.empty"), text: t("conversation_templates.empty_text"), next }}>
        {(rows) => <ConversationTemplateTable templates={rows} {...(mayEdit && { remove: setDeleting })} />}
      </Listing>
      {deleting && <DeleteDialog template={deleting} close={() => setDeleting(null)} />}
    </WorkPage>
  );
}
