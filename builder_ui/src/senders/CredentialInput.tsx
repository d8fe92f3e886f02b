import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { ChoiceField } from "../workspace/ChoiceField";
import { PasswordField } from "../workspace/account/PasswordField";
import { fieldError } from "../workspace/places";
import type { CredentialField, Value } from "./credentialFields";

interface CredentialInputProps {
  field: CredentialField;
  value: Value;
  change: (value: Value) => void;
  error: Error | null;
  /** Of a secret: whether the server has it already. */
  isSet: boolean;
  disabled: boolean;
}

/** One field of an adapter's form. */
export function CredentialInput({ field, value, change, error, isSet, disabled }: CredentialInputProps) {
  const { t } = useTranslation();
  const help = isSet ? t("senders.secret_set", { help: field.help }) : field.help;
  const shared = {
    label: field.title,
    required: field.isRequired && !isSet,
    disabled,
    helperText: help,
    ...fieldError(error, `/credentials/${field.name}`),
  };
  const text = String(value ?? "");
  if (field.kind === "secret") return <PasswordField {...shared} keepsLines value={text} change={change} autoComplete="new-password" />;
  if (field.kind === "choice")
    return <ChoiceField {...shared} value={text} choices={field.choices.map((one) => ({ value: one, name: one }))} change={(one) => change(one ?? "")} />;
  if (field.kind === "switch")
    return (
      <div>
        <FormControlLabel disabled={disabled} control={<Switch checked={value === true} onChange={(_, chosen) => change(chosen)} />} label={field.title} />
        <FormHelperText error={shared.error ?? false}>{shared.helperText}</FormHelperText>
      </div>
    );
  const mode = field.kind === "number" ? "decimal" : undefined;
  return <TextField {...shared} value={text} onChange={(event) => change(event.target.value)} slotProps={{ htmlInput: { inputMode: mode, spellCheck: false } }} />;
}
