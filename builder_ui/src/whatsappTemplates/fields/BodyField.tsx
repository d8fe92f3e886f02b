import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { emojiIn } from "../model/lengths";
import { type Place, valueAt } from "../model/place";
import { TextWithVariables } from "./TextWithVariables";

/** The text of the message, or of a card. */
export function BodyField({ place }: { place: Place }) {
  const { t } = useTranslation();
  const { draft, limits } = useEditing();
  const text = String(valueAt(draft, [...place, "text"]) ?? "");
  return (
    <TextWithVariables
      place={[...place, "text"]}
      samples={[...place, "example", "body_text", 0]}
      label={t("whatsapp_templates.body")}
      help={t("whatsapp_templates.body_help")}
      most={limits.body}
      counts={[[emojiIn(text), limits.emoji, t("whatsapp_templates.emoji")]]}
      lines={4}
    />
  );
}
