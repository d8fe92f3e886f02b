import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import type { Button } from "../model/components";
import type { Place } from "../model/place";
import { PlaceField } from "./PlaceField";
import { TextWithVariables } from "./TextWithVariables";

/** What is written in one button. */
export function ButtonFields({ button, place }: { button: Button; place: Place }) {
  const { t } = useTranslation();
  const { limits } = useEditing();
  if (button.type === "COPY_CODE")
    return <PlaceField place={[...place, "example"]} label={t("whatsapp_templates.coupon_sample")} help={t("whatsapp_templates.coupon_help")} most={limits.code} required />;
  return (
    <>
      <PlaceField place={[...place, "text"]} label={t("whatsapp_templates.button_text")} most={limits.button} required />
      {button.type === "URL" && (
        <TextWithVariables place={[...place, "url"]} samples={[...place, "example"]} label={t("whatsapp_templates.url")} help={t("whatsapp_templates.url_help")} variables={1} />
      )}
      {button.type === "PHONE_NUMBER" && (
        <PlaceField place={[...place, "phone_number"]} label={t("whatsapp_templates.phone")} help={t("whatsapp_templates.phone_help")} most={limits.phone} type="tel" required />
      )}
    </>
  );
}
