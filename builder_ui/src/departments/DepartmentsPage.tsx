import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUsers } from "../users/users";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { Listing } from "../workspace/Listing";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { DepartmentDialog } from "./DepartmentDialog";
import { type Department, deleteDepartment, useDepartments } from "./departments";
import { DepartmentTable } from "./DepartmentTable";

/** Departments: where users work, and to whom chatbots hand over (AC-1). */
export default function DepartmentsPage() {
  const { t } = useTranslation();
  const mayEdit = useMay("users.edit");
  const departments = useDepartments();
  const users = useUsers();
  const [naming, setNaming] = useState<{ department: Department | null } | null>(null);
  const [deleting, setDeleting] = useState<Department | null>(null);
  const edit = useMemo(() => ({ rename: (department: Department) => setNaming({ department }), remove: setDeleting }), []);
  const add = mayEdit && (
    <Button variant="contained" startIcon={<Add />} onClick={() => setNaming({ department: null })}>
      {t("departments.new")}
    </Button>
  );
  return (
    <WorkPage title={t("sections.departments")} lead={t("departments.lead")} actions={add}>
      <Listing found={departments} empty={{ title: t("departments.empty"), text: t("departments.empty_text"), next: add }}>
        {(rows) => <DepartmentTable departments={rows} users={users.data ?? []} {...(mayEdit && { edit })} />}
      </Listing>
      {naming && <DepartmentDialog department={naming.department} close={() => setNaming(null)} />}
      {deleting && (
        <ConfirmDialog
          title={t("departments.delete_title", { name: deleting.name })}
          text={t("departments.delete_text")}
          verb={t("departments.delete")}
          run={() => deleteDepartment(deleting.id)}
          close={() => setDeleting(null)}
        />
      )}
    </WorkPage>
  );
}
