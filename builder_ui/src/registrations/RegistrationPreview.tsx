import { useTranslation } from "react-i18next";
import { PhoneFrame } from "../preview/PhoneFrame";
import { PhoneMessage } from "../preview/PhoneMessage";
import { AgentProfile } from "./AgentProfile";
import type { Draft } from "./draft";

/** What contacts will see of the sender: its profile, or a message of it. */
export function RegistrationPreview({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const name = draft.name.trim() || t("registrations.no_name");
  return (
    <PhoneFrame sender={name} channel={draft.channel}>
      {draft.channel === "rcs" ? <AgentProfile name={name} details={draft.details} /> : <PhoneMessage message={{ body: draft.details.sample, buttons: [] }} />}
    </PhoneFrame>
  );
}
