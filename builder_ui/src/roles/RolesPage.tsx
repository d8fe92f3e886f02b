import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LinkTo } from "../workspace/LinkTo";
import { Listing } from "../workspace/Listing";
import { pathTo, type SectionProps } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { DeleteRoleDialog } from "./DeleteRoleDialog";
import { NewRolePage } from "./NewRolePage";
import { RolePage } from "./RolePage";
import { type Role, useRoles } from "./roles";
import { RoleTable } from "./RoleTable";

const NEW = "new";

/** Roles, one of them, or a new one (AC-1). */
export default function RolesPage({ rest: [id, template] }: SectionProps) {
  if (id === undefined) return <AllRoles />;
  return id === NEW ? <NewRolePage key={template} template={template} /> : <RolePage key={id} id={id} />;
}

function AllRoles() {
  const { t } = useTranslation();
  const mayEdit = useMay("roles.edit");
  const roles = useRoles();
  const [deleting, setDeleting] = useState<Role | null>(null);
  const add = mayEdit && (
    <Button variant="contained" startIcon={<Add />} component={LinkTo} href={pathTo("roles", NEW)}>
      {t("user_roles.new")}
    </Button>
  );
  return (
    <WorkPage title={t("sections.roles")} lead={t("user_roles.lead")} actions={add}>
      <Listing found={roles} empty={{ title: t("sections.roles"), text: t("user_roles.lead"), next: add }}>
        {(rows) => <RoleTable roles={rows} {...(mayEdit && { remove: setDeleting })} />}
      </Listing>
      {deleting && <DeleteRoleDialog role={deleting} close={() => setDeleting(null)} />}
    </WorkPage>
  );
}
