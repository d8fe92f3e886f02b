import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { answer, api, ApiError, type Schemas } from "../api/client";
import { ME, queries } from "../api/queries";

export type Me = Schemas["Me"];

/** Who is signed in; null: nobody. */
export const useSession = () => useQuery({ queryKey: ME, queryFn: whoIsSignedIn, staleTime: Infinity });

async function whoIsSignedIn(): Promise<Me | null> {
  try {
    return await answer(api.GET("/api/v1/me"));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** Sign in. Raises an ApiError. */
export async function signIn(login: string, password: string): Promise<void> {
  arrive(await answer(api.POST("/api/v1/session", { body: { login, password } })));
}

/** Sign out, and forget what was read for whoever was signed in. */
export async function signOut(): Promise<void> {
  await api.DELETE("/api/v1/session");
  arrive(null);
}

const forgetting: (() => void)[] = [];

/** What a part of the page keeps for whoever is signed in is forgotten when somebody else comes. */
export const forgetWith = (forget: () => void) => forgetting.push(forget);

/** Show what is for this person from now on. */
export function arrive(me: Me | null): void {
  for (const forget of forgetting) forget();
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== ME[0] });
  queries.setQueryData(ME, me);
}

const Someone = createContext<Me | null>(null);
export const SignedIn = Someone.Provider;

/** Who is signed in, on the pages that only they see. */
export function useMe(): Me {
  const me = useContext(Someone);
  if (me === null) throw new Error("nobody is signed in");
  return me;
}

/** Whether whoever is signed in has a permission. */
export const useMay = (permission: string) => useMe().permissions.includes(permission);
