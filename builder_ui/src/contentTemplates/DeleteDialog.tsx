import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { type ContentTemplate, deleteContentTemplate } from "./contentTemplates";

interface DeleteDialogProps {
  template: ContentTemplate;
  deleted?: () => void;
  close: () => void;
}

export function DeleteDialog({ template, deleted, close }: DeleteDialogProps) {
  const { t } = useTranslation();
  const run = async () => {
    await deleteContentTemplate(template.id);
    deleted?.();
  };
  return <ConfirmDialog title={t("content_templates.delete_title", { name: template.name })} text={t("content_templates.delete_text")} verb={t("work.delete")} run={run} close={close} />;
}
