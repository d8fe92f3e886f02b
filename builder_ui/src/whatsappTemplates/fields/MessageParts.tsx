import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { indexOf, partOf } from "../model/components";
import { buttonTypesOf, kindOf } from "../model/kinds";
import { BodyField } from "./BodyField";
import { ButtonList } from "./ButtonList";
import { CardsPart } from "./CardsPart";
import { FooterField } from "./FooterField";
import { HeaderFields } from "./HeaderFields";
import { Counter } from "../../limits/Counter";
import { OfferPart } from "./OfferPart";
import { Part } from "../../checkedForm/Part";

const PLACE = ["components"];
const OFFER_FORMATS = ["IMAGE"] as const;

/** The parts of a marketing or utility template. A carousel has header and buttons on its cards only. */
export function MessageParts() {
  const { t } = useTranslation();
  const { draft } = useEditing();
  const kind = kindOf(draft);
  const text = <BodyField place={["components", indexOf(draft.components, "BODY")]} />;
  if (kind === "carousel")
    return (
      <>
        <Part title={t("whatsapp_templates.text")}>{text}</Part>
        <CardsPart />
      </>
    );
  return (
    <>
      <Part title={t("whatsapp_templates.header")}>
        <HeaderFields components={draft.components} place={PLACE} {...(kind === "offer" && { formats: OFFER_FORMATS, isOptional: false })} />
      </Part>
      {kind === "offer" && <OfferPart />}
      <Part title={t("whatsapp_templates.text")}>
        {text}
        <FooterField />
      </Part>
      <ButtonsPart />
    </>
  );
}

function ButtonsPart() {
  const { t } = useTranslation();
  const { draft, limits } = useEditing();
  const buttons = partOf(draft.components, "BUTTONS")?.buttons ?? [];
  const urls = buttons.filter(({ type }) => type === "URL").length;
  return (
    <Part
      title={t("whatsapp_templates.buttons")}
      aside={
        <>
          <Counter count={buttons.length} most={limits.buttons} /> · <Counter count={urls} most={limits.url_buttons} what={t("whatsapp_templates.urls")} />
        </>
      }
    >
      <ButtonList components={draft.components} place={PLACE} types={buttonTypesOf(kindOf(draft))} />
    </Part>
  );
}
