import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { indexOf, partOf, withoutPart, withPart } from "../model/components";
import type { Place } from "../model/place";
import { AppList } from "./AppList";
import { Part } from "../../checkedForm/Part";
import { PlaceField } from "./PlaceField";

/** The parts of a one-time password, whose text is WhatsApp's. */
export function CodeParts() {
  const { t } = useTranslation();
  const { draft, set, isLocked, limits } = useEditing();
  const { components } = draft;
  const at: Place = ["components", indexOf(components, "BUTTONS"), "buttons", 0];
  const button = partOf(components, "BUTTONS")?.buttons[0];
  const body = indexOf(components, "BODY");
  return (
    <>
      <Part title={t("whatsapp_templates.text")} help={t("whatsapp_templates.code_text")}>
        <FormControlLabel
          disabled={isLocked}
          control={
            <Checkbox
              checked={partOf(components, "BODY")?.add_security_recommendation ?? false}
              onChange={(_, checked) => set(["components", body, "add_security_recommendation"], checked)}
            />
          }
          label={t("whatsapp_templates.recommendation")}
        />
        <Minutes />
      </Part>
      <Part title={t("whatsapp_templates.button")}>
        <PlaceField place={[...at, "text"]} label={t("whatsapp_templates.button_text")} help={t("whatsapp_templates.code_button_help")} most={limits.button} write={(text) => set([...at, "text"], text || undefined)} />
        {button?.otp_type === "ZERO_TAP" && <Terms at={at} isAccepted={button.zero_tap_terms_accepted ?? false} />}
      </Part>
      {button?.otp_type !== "COPY_CODE" && <AppList place={[...at, "supported_apps"]} apps={button?.supported_apps ?? []} />}
    </>
  );
}

/** How long the password is good for; empty: WhatsApp does not say. */
function Minutes() {
  const { t } = useTranslation();
  const { draft, setComponents, limits } = useEditing();
  const { components } = draft;
  const write = (text: string) =>
    setComponents(text ? withPart(components, { type: "FOOTER", code_expiration_minutes: Number(text) }) : withoutPart(components, "FOOTER"));
  return (
    <PlaceField
      place={["components", indexOf(components, "FOOTER"), "code_expiration_minutes"]}
      label={t("whatsapp_templates.minutes")}
      help={t("whatsapp_templates.minutes_help", { most: limits.minutes })}
      type="number"
      write={write}
    />
  );
}

function Terms({ at, isAccepted }: { at: Place; isAccepted: boolean }) {
  const { t } = useTranslation();
  const { set, isLocked, problemAt } = useEditing();
  const place = [...at, "zero_tap_terms_accepted"];
  const problem = problemAt(place);
  return (
    <div>
      <FormControlLabel
        disabled={isLocked}
        control={<Checkbox checked={isAccepted} onChange={(_, checked) => set(place, checked)} />}
        label={t("whatsapp_templates.terms")}
      />
      {problem && <FormHelperText error>{problem}</FormHelperText>}
    </div>
  );
}
