import type { Dispatch, SetStateAction } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { ShownOnceDialog } from "../workspace/ShownOnceDialog";
import { InviteDialog } from "./InviteDialog";
import { changeUser, deleteUser, type MadeUser, resetPassword, type User } from "./users";

/** What is being done with users in a dialog. */
export type UserDoing = { what: "invite" } | { what: "block" | "password" | "delete"; user: User } | { what: "made"; user: MadeUser };

interface UserDialogsProps {
  doing: UserDoing;
  act: Dispatch<SetStateAction<UserDoing | null>>;
  /** What follows when the user is gone. */
  deleted?: () => void;
}

export function UserDialogs({ doing, act, deleted }: UserDialogsProps) {
  const { t } = useTranslation();
  // unless another dialog has taken its place, such as one with the password that was made
  const close = () => act((now) => (now === doing ? null : now));
  const made = (user: MadeUser) => act({ what: "made", user });
  if (doing.what === "invite") return <InviteDialog made={made} close={close} />;
  if (doing.what === "made") return <OneTimePassword user={doing.user} close={close} />;
  const { what, user } = doing;
  const runs = {
    block: async () => void (await changeUser(user.id, { blocked: true })),
    password: async () => made(await resetPassword(user.id)),
    delete: async () => {
      await deleteUser(user.id);
      deleted?.();
    },
  };
  return (
    <ConfirmDialog
      title={t(`users.${what}_title`, { name: user.name })}
      text={t(`users.${what}_text`)}
      verb={t(`users.${what}`)}
      run={runs[what]}
      close={close}
    />
  );
}

function OneTimePassword({ user, close }: { user: MadeUser; close: () => void }) {
  const { t } = useTranslation();
  return (
    <ShownOnceDialog
      title={t("users.made", { name: user.name })}
      label={t("users.one_time_password")}
      secret={user.one_time_password}
      text={t("users.made_text", { name: user.name, login: user.login, address: location.origin })}
      close={close}
    />
  );
}
