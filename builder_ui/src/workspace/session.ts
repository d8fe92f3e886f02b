import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { answer, api, ApiError, type Schemas } from "../api/client";
import { ME, queries } from "../api/queries";
import { isLanguage, setLanguage } from "../i18n";

export type Me = Schemas["Me"];
export type OwnChanges = Schemas["OwnChanges"];

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
  const me = await answer(api.POST("/api/v1/session", { body: { login, password } }));
  speakTo(me);
  arrive(me);
}

/** Sign out, and forget what was read for whoever was signed in. */
export async function signOut(): Promise<void> {
  await api.DELETE("/api/v1/session");
  arrive(null);
}

const forgetting: (() => void)[] = [];

/** What a part of the page keeps for whoever is signed in is forgotten when somebody else comes. */
export const forgetWith = (forget: () => void) => forgetting.push(forget);

/** Change one's name, language or time zone; null takes the company's. Raises an ApiError. */
export async function changeMe(changes: OwnChanges): Promise<void> {
  const me = await answer(api.PATCH("/api/v1/me", { body: changes }));
  speakTo(me);
  queries.setQueryData(ME, me);
}

/** The page speaks as somebody chose for their account; to others as this browser does. */
function speakTo({ own_language: language }: Me): void {
  if (language && isLanguage(language)) setLanguage(language);
}

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

/** Whether whoever is signed in has a permission; undefined: it takes none. */
export function useMay(permission: string | undefined): boolean {
  const { permissions } = useMe();
  return permission === undefined || permissions.includes(permission);
}
