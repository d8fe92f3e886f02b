import { useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";

export type Role = Schemas["RoleView"];

const ROLES = "roles";

/** Every role that users can have: the system's, then the company's own. */
export const useRoles = () =>
  useQuery({ queryKey: [ROLES], queryFn: async () => (await answer(api.GET("/api/v1/roles"))).items });

export const useRole = (id: string) =>
  useQuery({ queryKey: [ROLES, id], queryFn: () => answer(api.GET("/api/v1/roles/{role_id}", of(id))) });

const of = (id: string) => ({ params: { path: { role_id: id } } });
const reread = () => queries.invalidateQueries({ queryKey: [ROLES] });

/** Make a role, or change one: null is a new one. Raises a 409 where the name is taken, a 403 for what one does not have. */
export async function saveRole(id: string | null, body: Schemas["RoleFields"]): Promise<Role> {
  const saved = await (id === null
    ? answer(api.POST("/api/v1/roles", { body }))
    : answer(api.PUT("/api/v1/roles/{role_id}", { ...of(id), body })));
  await reread();
  return saved;
}

/** Delete a role. Raises a 409 where somebody has it. */
export async function deleteRole(id: string): Promise<void> {
  await api.DELETE("/api/v1/roles/{role_id}", of(id));
  await reread();
}
