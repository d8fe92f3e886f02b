import { useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";

export type ApiKey = Schemas["ApiKeyView"];
export type MadeKey = Schemas["MadeApiKey"];

const KEYS = ["api-keys"];

export const useKeys = (isWanted = true) =>
  useQuery({ enabled: isWanted, queryKey: KEYS, queryFn: () => all((query) => api.GET("/api/v1/api-keys", { params: { query } })) });

export async function makeKey(body: Schemas["NewApiKey"]): Promise<MadeKey> {
  const made = await answer(api.POST("/api/v1/api-keys", { body }));
  await queries.invalidateQueries({ queryKey: KEYS });
  return made;
}

export async function endKey(id: string): Promise<void> {
  await api.DELETE("/api/v1/api-keys/{key_id}", { params: { path: { key_id: id } } });
  await queries.invalidateQueries({ queryKey: KEYS });
}

/** Everything that can be allowed, with a sentence for each. */
export const usePermissions = () =>
  useQuery({ queryKey: ["permissions"], queryFn: () => answer(api.GET("/api/v1/permissions")), staleTime: Infinity });
