import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "../ProblemAlert";
import { signIn } from "../session";
import { DoorPage } from "./DoorPage";
import { PasswordField } from "./PasswordField";

/** Asks who it is. */
export function SignInPage() {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const signing = useMutation({ mutationFn: () => signIn(login, password) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signing.mutate();
  };
  return (
    <DoorPage title={t("sign_in.title")} lead={t("sign_in.lead")} submit={submit}>
      <ProblemAlert error={signing.error} />
      <TextField
        label={t("sign_in.login")}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
        autoComplete="username"
        autoFocus
        required
        slotProps={{ htmlInput: { autoCapitalize: "none", spellCheck: false } }}
      />
      <PasswordField label={t("sign_in.password")} value={password} change={setPassword} autoComplete="current-password" />
      <Button type="submit" variant="contained" size="large" loading={signing.isPending} disabled={!login || !password}>
        {t("sign_in.go")}
      </Button>
    </DoorPage>
  );
}
