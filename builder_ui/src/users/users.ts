import { useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";

export type User = Schemas["UserView"];
export type MadeUser = Schemas["MadeUser"];

const USERS = "users";

/** Every user of the company, by login. */
export const useUsers = (isWanted = true) =>
  useQuery({ enabled: isWanted, queryKey: [USERS], queryFn: () => all((query) => api.GET("/api/v1/users", { params: { query } })) });

export const useUser = (id: string) =>
  useQuery({ queryKey: [USERS, id], queryFn: () => answer(api.GET("/api/v1/users/{user_id}", of(id))) });

const of = (id: string) => ({ params: { path: { user_id: id } } });

/** Do something that changes users; what was read of them is read again. */
async function changing<Result>(deed: Promise<Result>): Promise<Result> {
  try {
    return await deed;
  } finally {
    void queries.invalidateQueries({ queryKey: [USERS] });
  }
}

/** Let somebody in. Raises a 409 where the login is taken, a 403 for a role that may do more than oneself. */
export const inviteUser = (body: Schemas["NewUser"]): Promise<MadeUser> => changing(answer(api.POST("/api/v1/users", { body })));

export const changeUser = (id: string, body: Schemas["UserChanges"]): Promise<User> =>
  changing(answer(api.PATCH("/api/v1/users/{user_id}", { ...of(id), body })));

export const deleteUser = (id: string): Promise<unknown> => changing(api.DELETE("/api/v1/users/{user_id}", of(id)));

/** A new one-time password; they are signed out everywhere. */
export const resetPassword = (id: string): Promise<MadeUser> =>
  changing(answer(api.POST("/api/v1/users/{user_id}/one-time-password", { ...of(id), body: {} })));
