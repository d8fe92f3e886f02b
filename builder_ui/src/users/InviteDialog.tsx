import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../workspace/FormDialog";
import { fieldError } from "../workspace/places";
import { UserFields, type UserValues } from "./UserFields";
import { inviteUser, type MadeUser } from "./users";

interface InviteDialogProps {
  made: (user: MadeUser) => void;
  close: () => void;
}

const NOBODY: UserValues = { name: "", role: null, department_id: null, language: null, time_zone: null };

/** Lets somebody in. */
export function InviteDialog({ made, close }: InviteDialogProps) {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const [values, setValues] = useState(NOBODY);
  const change = (changes: Partial<UserValues>) => setValues({ ...values, ...changes });
  const inviting = useMutation({
    mutationFn: () => inviteUser({ ...values, login, role: values.role ?? "", password: null }),
    onSuccess: made,
  });
  return (
    <FormDialog title={t("users.invite")} verb={t("users.make")} saving={inviting} close={close}>
      <TextField
        label={t("users.login")}
        helperText={t("users.login_help")}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
        autoFocus
        required
        slotProps={{ htmlInput: { autoCapitalize: "none", autoComplete: "off", spellCheck: false } }}
        {...fieldError(inviting.error, "/login")}
      />
      <UserFields values={values} change={change} error={inviting.error} />
    </FormDialog>
  );
}
