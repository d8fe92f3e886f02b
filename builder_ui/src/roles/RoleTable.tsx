import Link from "@mui/material/Link";
import { GridActionsCellItem, type GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { navigate } from "../router";
import { useUsers } from "../users/users";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import type { Role } from "./roles";

interface RoleTableProps {
  roles: Role[];
  /** Left out for those who may not. */
  remove?: (role: Role) => void;
}

export function RoleTable({ roles, remove }: RoleTableProps) {
  const { t } = useTranslation();
  const users = useUsers().data;
  const columns = useMemo((): GridColDef<Role>[] => {
    const item = (label: string, run: () => void) => <GridActionsCellItem key={label} showInMenu label={label} onClick={run} />;
    const actions = (role: Role) => [
      item(t(role.system ? "user_roles.look" : "user_roles.change"), () => navigate(pathTo("roles", role.id))),
      ...(remove ? [item(t("user_roles.like"), () => navigate(pathTo("roles", "new", role.id)))] : []),
      ...(remove && !role.system ? [item(t("user_roles.delete"), () => remove(role))] : []),
    ];
    return [
      { field: "name", headerName: t("user_roles.name"), flex: 2, minWidth: 160, renderCell: ({ row }) => <Name role={row} /> },
      { field: "system", headerName: t("user_roles.whose"), flex: 1, minWidth: 130, valueGetter: (system: boolean) => t(system ? "user_roles.whose_system" : "user_roles.whose_company") },
      { field: "permissions", headerName: t("user_roles.count"), type: "number", width: 120, valueGetter: (permissions: string[]) => permissions.length },
      { field: "users", headerName: t("sections.users"), type: "number", width: 110, valueGetter: (_, { id }) => users?.filter((user) => user.role === id).length },
      { field: "actions", type: "actions", headerName: t("work.actions"), width: 90, getActions: ({ row }) => actions(row) },
    ];
  }, [t, users, remove]);
  return <DataTable name="roles" label={t("sections.roles")} rows={roles} columns={columns} />;
}

function Name({ role }: { role: Role }) {
  return (
    <Link component={LinkTo} href={pathTo("roles", role.id)} sx={{ fontWeight: 600 }}>
      {role.name}
    </Link>
  );
}
