import Button from "@mui/material/Button";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { ProblemAlert } from "../ProblemAlert";
import { arrive, signOut, typedPassword } from "../session";
import { DoorPage } from "./DoorPage";
import { PasswordField } from "./PasswordField";
import { PasswordRules } from "./PasswordRules";

/** A password of one's own, before anything else (AC-2). The one that was typed to sign in is asked for again only where the page does not have it. */
export function NewPasswordPage() {
  const { t } = useTranslation();
  const [typed] = useState(typedPassword);
  const [current, setCurrent] = useState(typed ?? "");
  const [chosen, setChosen] = useState("");
  const changing = useMutation({ mutationFn: () => changePassword(current, chosen) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    changing.mutate();
  };
  return (
    <DoorPage title={t("sign_in.new_title")} lead={t("sign_in.new_lead")} submit={submit}>
      <ProblemAlert error={changing.error} />
      {typed === null && <PasswordField label={t("sign_in.current")} value={current} change={setCurrent} autoComplete="current-password" autoFocus />}
      <PasswordField label={t("sign_in.new")} value={chosen} change={setChosen} autoComplete="new-password" autoFocus={typed !== null} />
      <PasswordRules password={chosen} />
      <Button type="submit" variant="contained" size="large" loading={changing.isPending} disabled={!current || !chosen}>
        {t("sign_in.save")}
      </Button>
      <Button onClick={() => void signOut()}>{t("account.sign_out")}</Button>
    </DoorPage>
  );
}

async function changePassword(current: string, chosen: string): Promise<void> {
  await api.PUT("/api/v1/me/password", { body: { current, new: chosen } });
  arrive(await answer(api.GET("/api/v1/me")));
}
