import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { deleteRole, type Role } from "./roles";

interface DeleteRoleDialogProps {
  role: Role;
  /** What follows when it is gone. */
  deleted?: () => void;
  close: () => void;
}

export function DeleteRoleDialog({ role, deleted, close }: DeleteRoleDialogProps) {
  const { t } = useTranslation();
  const run = async () => {
    await deleteRole(role.id);
    deleted?.();
  };
  return (
    <ConfirmDialog title={t("user_roles.delete_title", { name: role.name })} text={t("user_roles.delete_text")} verb={t("user_roles.delete")} run={run} close={close} />
  );
}
