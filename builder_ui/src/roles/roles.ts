import { useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../api/client";

export type Role = Schemas["RoleView"];

const ROLES = ["roles"];

/** Every role that users can have: the system's, then the company's own. */
export const useRoles = () =>
  useQuery({ queryKey: ROLES, queryFn: async () => (await answer(api.GET("/api/v1/roles"))).items });
