import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { isPlaced } from "../../workspace/places";
import type { TEMPLATE_WORDS, WORDS } from "./consent";

interface WordsFieldProps {
  name: (typeof WORDS)[number] | (typeof TEMPLATE_WORDS)[number];
  words: readonly string[];
  change: (words: string[]) => void;
  error: unknown;
  disabled: boolean;
}

/** Words, each one typed and entered. */
export function WordsField({ name, words, change, error, disabled }: WordsFieldProps) {
  const { t } = useTranslation();
  const wrong = isPlaced(error) ? error.places.find(({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`)) : undefined;
  return (
    <Autocomplete
      multiple
      freeSolo
      autoSelect
      disabled={disabled}
      options={[]}
      value={[...words]}
      onChange={(_, typed) => change(typed)}
      renderInput={(input) => <TextField {...input} label={t(`sender_consent.${name}`)} error={wrong !== undefined} helperText={wrong?.detail ?? t(`sender_consent.${name}_help`)} />}
    />
  );
}
