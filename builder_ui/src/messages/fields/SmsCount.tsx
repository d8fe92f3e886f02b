import { useTranslation } from "react-i18next";
import { fixedPart, hasPlaceholder } from "../counting";
import { segmentsOf } from "../segments";

/** How many parts an SMS has, what still fits the last one, and why it may be fewer than expected. */
export function SmsCount({ text, most }: { text: string; most: number }) {
  const { t } = useTranslation();
  const { encoding, parts, remaining } = segmentsOf(fixedPart(text));
  const numbers = t("messages.sms.parts", { count: parts, most, remaining });
  return (
    <span style={{ whiteSpace: "normal", textAlign: "right" }}>
      {hasPlaceholder(text) ? t("messages.sms.at_least", { numbers }) : numbers}
      {encoding === "ucs2" && ` ${t("messages.sms.ucs2")}`}
      {hasPlaceholder(text) && ` ${t("messages.sms.variables")}`}
    </span>
  );
}
