import { queryOptions, useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { answer, answeredFirst, api, ApiError, askAs, type Schemas } from "../api/client";
import { ME, queries } from "../api/queries";
import { isLanguage, setLanguage } from "../i18n";
import { forget, keptOf } from "../storage";

export type Me = Schemas["Me"];
export type OwnChanges = Schemas["OwnChanges"];

/** Who is signed in; null: nobody. */
export const session = queryOptions({ queryKey: ME, queryFn: whoIsSignedIn, staleTime: Infinity });

export const useSession = () => useQuery(session);

async function whoIsSignedIn(): Promise<Me | null> {
  const me = await asked();
  const user = me?.id ?? null;
  const before = queries.getQueryData<Me | null>(ME);
  const known = before === undefined ? [...answeredFirst()] : [before?.id ?? null];
  // another tab may have signed somebody else in
  if (known.some((id) => id !== user)) forgetEverything();
  askAs(user);
  return me;
}

async function asked(): Promise<Me | null> {
  try {
    return await answer(api.GET("/api/v1/me"));
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401;

/** Sign in. Raises an ApiError. */
export async function signIn(login: string, password: string): Promise<void> {
  const me = await answer(api.POST("/api/v1/session", { body: { login, password } }));
  speakTo(me);
  arrive(me, me.password_needed ? password : null);
}

let typed: string | null = null;

/** The password that was just typed to sign in, while another has to be chosen before anything else: nobody types it twice. */
export const typedPassword = () => typed;

/** Sign out, and forget what was read and kept for whoever was signed in. A session that has ended already is no fault. */
export async function signOut(): Promise<void> {
  const me = queries.getQueryData<Me | null>(ME);
  try {
    await api.DELETE("/api/v1/session");
  } catch (error) {
    if (!isSignedOut(error)) throw error;
  }
  arrive(null);
  if (me) for (const key of keptOf(me.id)) forget(key);
}

const forgetting: (() => void)[] = [];

/** What a part of the page keeps for whoever is signed in is forgotten when somebody else comes. */
export const forgetWith = (forget: () => void) => forgetting.push(forget);

/** Change one's name, language or time zone; null takes the company's. Raises an ApiError. */
export async function changeMe(changes: OwnChanges): Promise<void> {
  const me = await answer(api.PATCH("/api/v1/me", { body: changes }));
  if (queries.getQueryData<Me | null>(ME)?.id !== me.id) return; // somebody else came meanwhile
  speakTo(me);
  queries.setQueryData(ME, me);
}

/** The page speaks as somebody chose for their account; to others as this browser does. */
function speakTo({ own_language: language }: Me): void {
  if (language && isLanguage(language)) setLanguage(language);
}

/** Show what is for this person from now on. */
export function arrive(me: Me | null, password: string | null = null): void {
  forgetEverything();
  typed = password;
  askAs(me?.id ?? null);
  queries.setQueryData(ME, me);
}

function forgetEverything(): void {
  for (const forgetIt of forgetting) forgetIt();
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== ME[0] });
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
