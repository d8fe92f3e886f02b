import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageForm } from "../workspace/PageForm";
import { fieldError } from "../workspace/places";
import { changeMe, type OwnChanges, useMe } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { RegionFields } from "./RegionFields";

/** One's name, language and time zone (AC-4). */
export function ProfileForm() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const [changes, setChanges] = useState<OwnChanges>({});
  const now = { name: me.name, language: me.own_language, time_zone: me.own_time_zone, ...changes };
  const change = (more: OwnChanges) => setChanges({ ...changes, ...more });
  const saving = useMutation({
    mutationFn: () => changeMe(changes),
    onSuccess: () => {
      setChanges({});
      tell("success", i18n.t("account.saved"));
    },
  });
  return (
    <PageForm label={t("account.profile")} verb={t("work.save")} saving={saving} isReady={Object.keys(changes).length > 0} isChanged={Object.keys(changes).length > 0}>
      <TextField
        label={t("sign_in.login")}
        value={me.login}
        slotProps={{ htmlInput: { readOnly: true, autoComplete: "username" } }}
        helperText={t("account.login_stays")}
      />
      <TextField
        label={t("account.name")}
        value={now.name}
        onChange={(event) => change({ name: event.target.value })}
        autoComplete="name"
        required
        {...fieldError(saving.error, "/name")}
      />
      <RegionFields region={now} change={change} error={saving.error} />
    </PageForm>
  );
}
