import { type Dispatch, type SetStateAction, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSentence } from "../workspace/ProblemAlert";
import { useMay, useMe } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { blockingOf } from "./blocking";
import type { UserDoing } from "./UserDialogs";
import { changeUser, type User } from "./users";

export interface UserAction {
  label: string;
  run: () => void;
}

/** What whoever is signed in may do with a user, besides changing them; nobody does it to themselves. */
export function useUserActions(act: Dispatch<SetStateAction<UserDoing | null>>): (user: User) => UserAction[] {
  const { t } = useTranslation();
  const sentence = useSentence();
  const mayEdit = useMay("users.edit");
  const me = useMe();
  return useMemo(() => {
    const letIn = async (user: User) => {
      try {
        await changeUser(user.id, { blocked: false });
        tell("success", t("users.let_in_done", { name: user.name }));
      } catch (error) {
        tell("error", sentence(error));
      }
    };
    return (user) => {
      if (!mayEdit || user.id === me.id) return [];
      const blocking =
        blockingOf(user) === "active"
          ? { label: t("users.block"), run: () => act({ what: "block", user }) }
          : { label: t("users.let_in"), run: () => void letIn(user) };
      return [
        blocking,
        { label: t("users.password"), run: () => act({ what: "password", user }) },
        { label: t("users.delete"), run: () => act({ what: "delete", user }) },
      ];
    };
  }, [t, sentence, mayEdit, me.id, act]);
}
