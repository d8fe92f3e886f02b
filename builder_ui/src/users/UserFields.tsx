import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { type Region, RegionFields } from "../account/RegionFields";
import { useDepartments } from "../departments/departments";
import { useRoles } from "../roles/roles";
import { ChoiceField } from "../workspace/ChoiceField";
import { fieldError } from "../workspace/places";

/** What is chosen for a user. */
export interface UserValues extends Region {
  name: string;
  role: string | null;
  department_id: string | null;
}

interface UserFieldsProps {
  values: UserValues;
  change: (changes: Partial<UserValues>) => void;
  error: unknown;
  disabled?: boolean;
  /** Why the role cannot be changed here; left out where it can. */
  roleStays?: string | undefined;
}

export function UserFields({ values, change, error, disabled = false, roleStays }: UserFieldsProps) {
  const { t } = useTranslation();
  const roles = useRoles();
  const departments = useDepartments();
  return (
    <>
      <TextField
        label={t("users.name")}
        value={values.name}
        onChange={(event) => change({ name: event.target.value })}
        disabled={disabled}
        required
        {...fieldError(error, "/name")}
      />
      <ChoiceField
        label={t("users.role")}
        value={roles.data ? values.role : null}
        choices={(roles.data ?? []).map(({ id, name }) => ({ value: id, name }))}
        change={(role) => change({ role })}
        disabled={disabled || roleStays !== undefined}
        helperText={roleStays}
        required
        {...fieldError(error, "/role")}
      />
      <ChoiceField
        label={t("users.department")}
        value={departments.data ? values.department_id : null}
        choices={(departments.data ?? []).map(({ id, name }) => ({ value: id, name }))}
        none={t("users.no_department")}
        change={(department_id) => change({ department_id })}
        disabled={disabled}
        {...fieldError(error, "/department_id")}
      />
      <RegionFields region={values} change={change} error={error} disabled={disabled} />
    </>
  );
}
