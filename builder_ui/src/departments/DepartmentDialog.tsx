import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../workspace/FormDialog";
import { fieldError } from "../workspace/places";
import { type Department, saveDepartment } from "./departments";

interface DepartmentDialogProps {
  /** The one to be renamed; null: a new one. */
  department: Department | null;
  close: () => void;
}

export function DepartmentDialog({ department, close }: DepartmentDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(department?.name ?? "");
  const saving = useMutation({ mutationFn: () => saveDepartment(department, name), onSuccess: close });
  return (
    <FormDialog
      title={department ? t("departments.rename_named", { name: department.name }) : t("departments.new")}
      verb={t(department ? "work.save" : "departments.make")}
      saving={saving}
      close={close}
    >
      <TextField label={t("departments.name")} value={name} onChange={(event) => setName(event.target.value)} autoFocus required {...fieldError(saving.error, "/name")} />
    </FormDialog>
  );
}
