import Chip from "@mui/material/Chip";
import Link from "@mui/material/Link";
import { GridActionsCellItem, type GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDepartments } from "../departments/departments";
import { useRoles } from "../roles/roles";
import { navigate } from "../router";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { TIME_WIDTH, useTime } from "../workspace/times";
import { type Blocking, blockingOf } from "./blocking";
import type { UserAction } from "./useUserActions";
import type { User } from "./users";

interface UserTableProps {
  users: User[];
  actionsOf: (user: User) => UserAction[];
}

export function UserTable({ users, actionsOf }: UserTableProps) {
  const { t } = useTranslation();
  const time = useTime();
  const roles = useRoles().data;
  const departments = useDepartments().data;
  const columns = useMemo((): GridColDef<User>[] => {
    const change = (user: User) => ({ label: t("users.open"), run: () => navigate(pathTo("users", user.id)) });
    return [
      { field: "name", headerName: t("users.name"), flex: 2, minWidth: 150, renderCell: ({ row }) => <Name user={row} /> },
      { field: "login", headerName: t("users.login"), flex: 2, minWidth: 160 },
      { field: "role", headerName: t("users.role"), flex: 1, minWidth: 140, valueGetter: (id: string) => nameOf(roles, id) },
      { field: "department_id", headerName: t("users.department"), flex: 1, minWidth: 130, valueGetter: (id: string | null) => nameOf(departments, id) },
      { field: "used_at", headerName: t("users.used"), width: TIME_WIDTH, valueFormatter: (value: string) => time(value) },
      {
        field: "blocking",
        headerName: t("users.state"),
        width: 120,
        valueGetter: (_, user) => t(`users.is_${blockingOf(user)}`),
        renderCell: ({ row }) => <State blocking={blockingOf(row)} />,
      },
      { field: "created_at", headerName: t("users.created"), width: TIME_WIDTH, valueFormatter: (value: string) => time(value) },
      {
        field: "actions",
        type: "actions",
        headerName: t("work.actions"),
        width: 90,
        getActions: ({ row }) =>
          [change(row), ...actionsOf(row)].map(({ label, run }) => <GridActionsCellItem key={label} showInMenu label={label} onClick={run} />),
      },
    ];
  }, [t, time, roles, departments, actionsOf]);
  return (
    <DataTable
      name="users"
      label={t("sections.users")}
      rows={users}
      columns={columns}
      initialState={{ columns: { columnVisibilityModel: { created_at: false } } }}
    />
  );
}

const nameOf = (named: readonly { id: string; name: string }[] | undefined, id: string | null) => named?.find((one) => one.id === id)?.name ?? "";

function Name({ user }: { user: User }) {
  return (
    <Link component={LinkTo} href={pathTo("users", user.id)} sx={{ fontWeight: 600 }}>
      {user.name}
    </Link>
  );
}

const COLOURS = { active: "success", blocked: "error", unused: "warning" } as const;

/** Whether somebody may come in. */
export function State({ blocking }: { blocking: Blocking }) {
  const { t } = useTranslation();
  return <Chip size="small" variant="outlined" color={COLOURS[blocking]} label={t(`users.is_${blocking}`)} />;
}
