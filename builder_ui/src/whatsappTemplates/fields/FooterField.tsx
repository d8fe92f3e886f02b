import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { indexOf, withoutPart, withPart } from "../model/components";
import { PlaceField } from "./PlaceField";

/** A small line below the text; an empty one is none. */
export function FooterField() {
  const { t } = useTranslation();
  const { draft, limits, setComponents } = useEditing();
  const { components } = draft;
  const write = (text: string) => setComponents(text ? withPart(components, { type: "FOOTER", text }) : withoutPart(components, "FOOTER"));
  return (
    <PlaceField
      place={["components", indexOf(components, "FOOTER"), "text"]}
      label={t("whatsapp_templates.footer")}
      help={t("whatsapp_templates.footer_help")}
      most={limits.footer}
      write={write}
    />
  );
}
