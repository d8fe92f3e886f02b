import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { navigate } from "../router";
import { LinkTo } from "../workspace/LinkTo";
import { One } from "../workspace/One";
import { pathTo } from "../workspace/sections";
import { useMay, useMe } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { WorkPage } from "../workspace/WorkPage";
import { DeleteRoleDialog } from "./DeleteRoleDialog";
import { RoleForm } from "./RoleForm";
import { type Role, useRole } from "./roles";

/** One role; the system's can be looked at. */
export function RolePage({ id }: { id: string }) {
  return <One found={useRole(id)}>{(role) => <Shown role={role} />}</One>;
}

function Shown({ role }: { role: Role }) {
  const { t } = useTranslation();
  const mayEdit = useMay("roles.edit");
  const mine = useMe().permissions;
  const [isDeleting, setDeleting] = useState(false);
  const isInReach = role.permissions.every((name) => mine.includes(name));
  const saved = ({ name }: Role) => tell("success", t("user_roles.saved", { name }));
  const actions = mayEdit && (
    <>
      <Button component={LinkTo} href={pathTo("roles", "new", role.id)}>
        {t("user_roles.like")}
      </Button>
      {!role.system && <Button onClick={() => setDeleting(true)}>{t("user_roles.delete")}</Button>}
    </>
  );
  return (
    <WorkPage title={role.name} lead={role.system ? t("user_roles.system_lead") : t("user_roles.own_lead")} actions={actions}>
      {mayEdit && !role.system && !isInReach && <Alert severity="info">{t("user_roles.out_of_reach")}</Alert>}
      <RoleForm role={role} name={role.name} permissions={role.permissions} mayEdit={mayEdit && !role.system && isInReach} saved={saved} />
      {isDeleting && <DeleteRoleDialog role={role} deleted={() => navigate(pathTo("roles"))} close={() => setDeleting(false)} />}
    </WorkPage>
  );
}
