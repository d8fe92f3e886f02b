import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { deleteTemplate, type StoredTemplate } from "./templates";

interface DeleteDialogProps {
  template: StoredTemplate;
  deleted?: () => void;
  close: () => void;
}

export function DeleteDialog({ template, deleted, close }: DeleteDialogProps) {
  const { t } = useTranslation();
  const isAtWhatsApp = template.vendor_id !== null && template.status !== "deleted";
  const run = async () => {
    await deleteTemplate(template.id);
    deleted?.();
  };
  return (
    <ConfirmDialog
      title={t("whatsapp_templates.delete_title", { name: template.name })}
      text={isAtWhatsApp ? t("whatsapp_templates.delete_there") : t("whatsapp_templates.delete_here")}
      verb={t("whatsapp_templates.delete")}
      run={run}
      close={close}
    />
  );
}
