import { useTranslation } from "react-i18next";
import { Part } from "../../checkedForm/Part";
import { CONTACT_KINDS, type RcsDetails } from "../draft";
import { useEditing } from "../editing";
import { ColorField } from "./ColorField";
import { ContactList } from "./ContactList";
import { CountedField } from "./CountedField";
import { PictureField } from "./PictureField";

/** The profile of an RCS agent. */
export function RcsFields({ details }: { details: RcsDetails }) {
  const { t } = useTranslation();
  const { draft, limits, set, setName } = useEditing();
  const address = (field: "privacy_policy" | "terms" | "webhook", required: boolean) => (
    <CountedField
      pointer={`/details/${field}`}
      label={t(`registrations.${field}`)}
      help={t(`registrations.${field}_help`)}
      required={required}
      text={details[field]}
      write={(text) => set({ [field]: text })}
      type="url"
    />
  );
  return (
    <>
      <Part title={t("registrations.agent")}>
        <CountedField pointer="/name" label={t("registrations.sender_name")} help={t("registrations.rcs_name_help")} required text={draft.name} write={setName} most={limits.rcs_name} />
        <CountedField pointer="/details/description" label={t("registrations.description")} help={t("registrations.description_help")} required text={details.description} write={(description) => set({ description })} most={limits.description} />
      </Part>
      <Part title={t("registrations.look")}>
        <PictureField field="logo" chosen={details.logo} limit={limits.logo} />
        <PictureField field="background" chosen={details.background} limit={limits.background} />
        <ColorField color={details.color} />
      </Part>
      <Part title={t("registrations.contacts")} help={t("registrations.contacts_help")}>
        <CountedField pointer="/details/contact_name" label={t("registrations.contact_name")} help={t("registrations.contact_name_help")} text={details.contact_name} write={(contact_name) => set({ contact_name })} most={limits.contact_name} />
        {CONTACT_KINDS.map((kind) => (
          <ContactList key={kind} kind={kind} contacts={details[kind]} />
        ))}
      </Part>
      <Part title={t("registrations.legal")}>
        {address("privacy_policy", true)}
        {address("terms", true)}
        {address("webhook", false)}
      </Part>
    </>
  );
}
