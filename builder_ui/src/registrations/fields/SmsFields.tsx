import { useTranslation } from "react-i18next";
import { Part } from "../../checkedForm/Part";
import type { SmsDetails } from "../draft";
import { useEditing } from "../editing";
import { CountedField } from "./CountedField";
import { CountriesField } from "./CountriesField";

/** What operators ask about a sender of SMS. */
export function SmsFields({ details }: { details: SmsDetails }) {
  const { t } = useTranslation();
  const { draft, limits, set, setName } = useEditing();
  return (
    <>
      <Part title={t("registrations.who")}>
        <CountedField pointer="/name" label={t("registrations.sender_name")} help={t("registrations.sms_name_help")} required text={draft.name} write={setName} most={limits.sms_name} />
        <CountedField pointer="/details/company" label={t("registrations.company")} help={t("registrations.company_help")} required text={details.company} write={(company) => set({ company })} most={limits.company} />
        <CountriesField chosen={details.countries} />
      </Part>
      <Part title={t("registrations.what")}>
        <CountedField pointer="/details/purpose" label={t("registrations.purpose")} help={t("registrations.purpose_help")} required multiline minRows={2} text={details.purpose} write={(purpose) => set({ purpose })} most={limits.purpose} />
        <CountedField pointer="/details/sample" label={t("registrations.sample")} help={t("registrations.sample_help")} required multiline minRows={3} text={details.sample} write={(sample) => set({ sample })} most={limits.sample} />
      </Part>
    </>
  );
}
