import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermissions } from "../keys/keys";
import { ChoiceField } from "../workspace/ChoiceField";
import { PageForm } from "../workspace/PageForm";
import { fieldError, otherErrors } from "../workspace/places";
import { PermissionChoice } from "./PermissionChoice";
import { type Role, saveRole } from "./roles";

interface RoleFormProps {
  /** The one to be changed; null: a new one. */
  role: Role | null;
  name: string;
  permissions: readonly string[];
  /** Roles that a new one can start from: what is chosen becomes what that role has. */
  templates?: { roles: readonly Role[]; permissionsOf: (role: Role) => string[] };
  mayEdit: boolean;
  saved: (role: Role) => void;
}

export function RoleForm({ role, templates, mayEdit, saved, ...before }: RoleFormProps) {
  const { t } = useTranslation();
  const heading = useId();
  const all = usePermissions().data?.items ?? [];
  const [name, setName] = useState(before.name);
  const [template, setTemplate] = useState<string | null>(null);
  const [chosen, setChosen] = useState(before.permissions);
  const saving = useMutation({ mutationFn: () => saveRole(role?.id ?? null, { name, permissions: [...chosen] }), onSuccess: saved });
  const start = (id: string | null) => {
    const found = templates?.roles.find((one) => one.id === id);
    setTemplate(id);
    setChosen(found ? templates!.permissionsOf(found) : []);
  };
  return (
    <PageForm label={t("user_roles.form")} verb={t(role ? "work.save" : "user_roles.make")} saving={saving} isChanged={name !== before.name || chosen !== before.permissions} mayEdit={mayEdit} isWide>
      <TextField
        label={t("user_roles.name")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        disabled={!mayEdit}
        required
        sx={{ maxWidth: "36rem" }}
        {...fieldError(saving.error, "/name")}
      />
      {templates && (
        <ChoiceField
          label={t("user_roles.template")}
          helperText={t("user_roles.template_help")}
          value={template}
          choices={templates.roles.map((one) => ({ value: one.id, name: one.name }))}
          none={t("user_roles.nothing")}
          change={start}
          sx={{ maxWidth: "36rem" }}
        />
      )}
      <Typography variant="h2" id={heading}>
        {t("user_roles.may")}
      </Typography>
      {otherErrors(saving.error, ["/name"]).map((detail) => (
        <Typography key={detail} role="alert" sx={{ color: "error.main" }}>
          {detail}
        </Typography>
      ))}
      <PermissionChoice permissions={all} chosen={chosen} change={setChosen} disabled={!mayEdit} />
    </PageForm>
  );
}
