import { useTranslation } from "react-i18next";
import { move } from "../router";
import { Missing } from "../workspace/Missing";
import { One } from "../workspace/One";
import { pathTo } from "../workspace/sections";
import { useMay, useMe } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { WorkPage } from "../workspace/WorkPage";
import { RoleForm } from "./RoleForm";
import { type Role, useRoles } from "./roles";

/** A role of the company's own, from nothing or from another one. */
export function NewRolePage({ template }: { template: string | undefined }) {
  const mayEdit = useMay("roles.edit");
  const roles = useRoles();
  return mayEdit ? <One found={roles}>{(all) => <NewRole roles={all} template={template} />}</One> : <Missing permission="roles.edit" />;
}

function NewRole({ roles, template }: { roles: readonly Role[]; template: string | undefined }) {
  const { t } = useTranslation();
  const mine = useMe().permissions;
  // nobody grants what they do not have
  const permissionsOf = (role: Role) => role.permissions.filter((name) => mine.includes(name));
  const model = roles.find((role) => role.id === template);
  const saved = ({ name }: Role) => {
    tell("success", t("user_roles.made", { name }));
    move(pathTo("roles"));
  };
  return (
    <WorkPage title={t("user_roles.new")} lead={model ? t("user_roles.like_lead", { name: model.name }) : t("user_roles.new_lead")}>
      <RoleForm
        role={null}
        name={model ? t("user_roles.copy_of", { name: model.name }) : ""}
        permissions={model ? permissionsOf(model) : []}
        {...(!model && { templates: { roles, permissionsOf } })}
        mayEdit
        saved={saved}
      />
    </WorkPage>
  );
}
