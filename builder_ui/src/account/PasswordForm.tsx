import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PasswordField } from "../workspace/account/PasswordField";
import { PasswordRules } from "../workspace/account/PasswordRules";
import { PageForm } from "../workspace/PageForm";
import { fieldError } from "../workspace/places";
import { tell } from "../workspace/toasts";
import { changePassword } from "./ownAccount";

/** Another password (AC-2). */
export function PasswordForm() {
  const { t } = useTranslation();
  const [current, setCurrent] = useState("");
  const [chosen, setChosen] = useState("");
  const changing = useMutation({
    mutationFn: () => changePassword(current, chosen),
    onSuccess: () => {
      setCurrent("");
      setChosen("");
      tell("success", t("account.password_saved"));
    },
  });
  return (
    <PageForm label={t("account.password")} verb={t("account.change_password")} saving={changing} isReady={Boolean(current && chosen)}>
      <PasswordField label={t("sign_in.current")} value={current} change={setCurrent} autoComplete="current-password" {...fieldError(changing.error, "/current")} />
      <PasswordField label={t("sign_in.new")} value={chosen} change={setChosen} autoComplete="new-password" {...fieldError(changing.error, "/new")} />
      <PasswordRules password={chosen} />
    </PageForm>
  );
}
