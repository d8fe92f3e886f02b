import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { deleteConversationTemplate } from "./conversationTemplates";
import type { ConversationTemplate } from "./draft";

interface DeleteDialogProps {
  template: ConversationTemplate;
  deleted?: () => void;
  close: () => void;
}

export function DeleteDialog({ template, deleted, close }: DeleteDialogProps) {
  const { t } = useTranslation();
  const run = async () => {
    await deleteConversationTemplate(template.id);
    deleted?.();
  };
  return <ConfirmDialog title={t("conversation_templates.delete_title", { name: template.name })} text={t("conversation_templates.delete_text")} verb={t("work.delete")} run={run} close={close} />;
}
