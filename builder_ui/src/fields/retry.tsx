import MenuItem from "@mui/material/MenuItem";
import { useTranslation } from "react-i18next";
import type { Field, InputProps, Words } from "./field";
import { SelectInput } from "./SelectInput";
import { textOf } from "./text";

const TIMES = [1, 2, 3, 4, 5];
const VALUES: Readonly<Record<string, number | string | undefined>> = { 0: undefined, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, until_filled: "until_filled" };

/** How often a question is asked again after an answer that does not do (ST-3). */
function RetryInput({ name, label, help, value, set }: InputProps) {
  const { t } = useTranslation();
  return (
    <SelectInput field={name} label={label} helperText={help} value={textOf(value ?? 0)} known={Object.keys(VALUES)} choose={(chosen) => set(VALUES[chosen])}>
      <MenuItem value="0">{t("fields.retry_none")}</MenuItem>
      {TIMES.map((count) => (
        <MenuItem key={count} value={String(count)}>
          {t("fields.retry_times", { count })}
        </MenuItem>
      ))}
      <MenuItem value="until_filled">{t("fields.retry_until_filled")}</MenuItem>
    </SelectInput>
  );
}

export const retry = (label: Words, help: Words): Field => ({ label, help, Input: RetryInput });
