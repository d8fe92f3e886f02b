import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { isPlaced } from "../workspace/places";

interface OriginsFieldProps {
  value: string;
  change: (value: string) => void;
  error: Error | null;
  disabled: boolean;
}

/** The sites whose pages may show a chat, one a line. */
export function OriginsField({ value, change, error, disabled }: OriginsFieldProps) {
  const { t } = useTranslation();
  const wrong = isPlaced(error) ? error.places.filter(({ pointer }) => pointer.startsWith("/embed_origins")).map(({ detail }) => detail) : [];
  return (
    <TextField
      label={t("senders.origins")}
      multiline
      minRows={2}
      disabled={disabled}
      value={value}
      onChange={(event) => change(event.target.value)}
      placeholder={EXAMPLE}
      error={wrong.length > 0}
      helperText={wrong[0] ?? t("senders.origins_help")}
    />
  );
}

const EXAMPLE = "https://www.example.com";
