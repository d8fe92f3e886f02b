import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { indexOf, partOf } from "../model/components";
import type { Place } from "../model/place";
import { Part } from "../../checkedForm/Part";
import { PlaceField } from "./PlaceField";

/** What an offer is called, and whether it ends. */
export function OfferPart() {
  const { t } = useTranslation();
  const { draft, limits, isLocked, set } = useEditing();
  const at: Place = ["components", indexOf(draft.components, "LIMITED_TIME_OFFER"), "limited_time_offer"];
  const offer = partOf(draft.components, "LIMITED_TIME_OFFER")?.limited_time_offer;
  return (
    <Part title={t("whatsapp_templates.offer")}>
      <PlaceField place={[...at, "text"]} label={t("whatsapp_templates.offer_text")} most={limits.offer} required />
      <FormControlLabel
        disabled={isLocked}
        control={<Checkbox checked={offer?.has_expiration ?? false} onChange={(_, checked) => set([...at, "has_expiration"], checked)} />}
        label={t("whatsapp_templates.offer_ends")}
      />
    </Part>
  );
}
