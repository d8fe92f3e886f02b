import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { move } from "../router";
import { One } from "../workspace/One";
import { PageForm } from "../workspace/PageForm";
import { pathTo } from "../workspace/sections";
import { useMay, useMe } from "../workspace/session";
import { useTime } from "../workspace/times";
import { tell } from "../workspace/toasts";
import { WorkPage } from "../workspace/WorkPage";
import { blockingOf } from "./blocking";
import { type UserDoing, UserDialogs } from "./UserDialogs";
import { UserFields, type UserValues } from "./UserFields";
import { changeUser, type User, useUser } from "./users";
import { useUserActions } from "./useUserActions";

/** One user. */
export function UserPage({ id }: { id: string }) {
  return <One found={useUser(id)}>{(user) => <Someone user={user} />}</One>;
}

function Someone({ user }: { user: User }) {
  const { t } = useTranslation();
  const time = useTime();
  const [doing, setDoing] = useState<UserDoing | null>(null);
  const actions = useUserActions(setDoing)(user);
  const blocking = blockingOf(user);
  const buttons = actions.map(({ label, run }) => (
    <Button key={label} onClick={run}>
      {label}
    </Button>
  ));
  return (
    <WorkPage title={user.name} lead={t("users.one_lead", { login: user.login, when: time(user.used_at) })} actions={buttons}>
      {blocking !== "active" && <Alert severity="warning">{t(`users.${blocking}_lead`)}</Alert>}
      <UserForm user={user} />
      {doing && <UserDialogs doing={doing} act={setDoing} deleted={() => move(pathTo("users"))} />}
    </WorkPage>
  );
}

function UserForm({ user }: { user: User }) {
  const { t } = useTranslation();
  const me = useMe();
  const mayEdit = useMay("users.edit");
  const [changes, setChanges] = useState<Partial<UserValues>>({});
  const saving = useMutation({
    mutationFn: () => changeUser(user.id, changes),
    onSuccess: ({ name }) => {
      setChanges({});
      tell("success", t("users.saved", { name }));
    },
  });
  return (
    <PageForm label={user.name} verb={t("work.save")} saving={saving} isReady={Object.keys(changes).length > 0} isChanged={Object.keys(changes).length > 0} mayEdit={mayEdit}>
      <UserFields
        values={{ ...user, ...changes }}
        change={(more) => setChanges({ ...changes, ...more })}
        error={saving.error}
        disabled={!mayEdit}
        roleStays={user.id === me.id ? t("users.own_role") : undefined}
      />
    </PageForm>
  );
}
