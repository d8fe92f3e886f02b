import Delete from "@mui/icons-material/Delete";
import Edit from "@mui/icons-material/Edit";
import { GridActionsCellItem, type GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { User } from "../users/users";
import { DataTable } from "../workspace/DataTable";
import { TIME_WIDTH, useTime } from "../workspace/times";
import type { Department } from "./departments";

interface DepartmentTableProps {
  departments: Department[];
  users: readonly User[];
  /** Left out for those who may not. */
  edit?: { rename: (department: Department) => void; remove: (department: Department) => void };
}

export function DepartmentTable({ departments, users, edit }: DepartmentTableProps) {
  const { t } = useTranslation();
  const time = useTime();
  const columns = useMemo((): GridColDef<Department>[] => {
    const actions = (row: Department) =>
      edit
        ? [
            <GridActionsCellItem key="rename" icon={<Edit />} label={t("departments.rename_named", { name: row.name })} onClick={() => edit.rename(row)} />,
            <GridActionsCellItem key="delete" icon={<Delete />} label={t("departments.delete_named", { name: row.name })} onClick={() => edit.remove(row)} />,
          ]
        : [];
    return [
      { field: "name", headerName: t("departments.name"), flex: 2, minWidth: 160 },
      {
        field: "users",
        headerName: t("sections.users"),
        type: "number",
        width: 110,
        valueGetter: (_, { id }) => users.filter((user) => user.department_id === id).length,
      },
      { field: "created_at", headerName: t("departments.created"), width: TIME_WIDTH, valueFormatter: (value: string) => time(value) },
      { field: "actions", type: "actions", headerName: t("work.actions"), width: 100, getActions: ({ row }) => actions(row) },
    ];
  }, [t, time, users, edit]);
  return <DataTable name="departments" label={t("sections.departments")} rows={departments} columns={columns} />;
}
