import FormHelperText from "@mui/material/FormHelperText";
import { useTranslation } from "react-i18next";
import { fixedPart, hasPlaceholder } from "../counting";
import { segmentsOf } from "../segments";

/** How many parts an SMS has, and what still fits the last one. */
export function SmsCount({ text, most }: { text: string; most: number }) {
  const { t } = useTranslation();
  const { parts, remaining } = segmentsOf(fixedPart(text));
  const numbers = t("messages.sms.parts", { count: parts, most, remaining });
  return <span style={{ whiteSpace: "normal", textAlign: "right" }}>{hasPlaceholder(text) ? t("messages.sms.at_least", { numbers }) : numbers}</span>;
}

/** Why fewer characters fit than expected. */
export function SmsNotes({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <>
      {segmentsOf(fixedPart(text)).encoding === "ucs2" && <FormHelperText sx={{ mx: 1.75 }}>{t("messages.sms.ucs2")}</FormHelperText>}
      {hasPlaceholder(text) && <FormHelperText sx={{ mx: 1.75 }}>{t("messages.sms.variables")}</FormHelperText>}
    </>
  );
}
