import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Switch from "@mui/material/Switch";
import { useTranslation } from "react-i18next";

/** Whether the chatbot starts where nothing else fits (CB-5). */
export function DefaultField({ isDefault, change }: { isDefault: boolean; change: (isDefault: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <FormControlLabel control={<Switch checked={isDefault} onChange={(_, checked) => change(checked)} />} label={t("chatbots.is_default")} />
      <FormHelperText>{t("chatbots.is_default_help")}</FormHelperText>
    </div>
  );
}
