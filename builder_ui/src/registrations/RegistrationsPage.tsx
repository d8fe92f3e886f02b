import { useMemo, useState } from "react";
import { Missing } from "../workspace/Missing";
import { One } from "../workspace/One";
import type { SectionProps } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { type Channel, draftOf, isChannel, newDraft, type Registration } from "./draft";
import { RegistrationEditor } from "./RegistrationEditor";
import { type Limits, useLimits, useRegistration } from "./registrations";
import { SenderIdsPage } from "./SenderIdsPage";

/** Sender IDs, an application for a new one, or one of the applications (AS-2). */
export default function RegistrationsPage({ rest: [id, channel] }: SectionProps) {
  if (id === undefined) return <SenderIdsPage />;
  if (id !== "new") return <StoredRegistration key={id} id={id} />;
  return isChannel(channel) ? <NewRegistration key={channel} channel={channel} /> : <Missing />;
}

function NewRegistration({ channel }: { channel: Channel }) {
  const mayEdit = useMay("senders.edit");
  const limits = useLimits();
  const [start] = useState(() => newDraft(channel));
  if (!mayEdit) return <Missing permission="senders.edit" />;
  return <One found={limits}>{(found) => <RegistrationEditor start={start} limits={found} />}</One>;
}

function StoredRegistration({ id }: { id: string }) {
  const limits = useLimits();
  const registration = useRegistration(id);
  return <One found={registration}>{(stored) => <One found={limits}>{(found) => <StoredEditor stored={stored} limits={found} />}</One>}</One>;
}

function StoredEditor({ stored, limits }: { stored: Registration; limits: Limits }) {
  const start = useMemo(() => draftOf(stored), [stored]);
  return <RegistrationEditor start={start} stored={stored} limits={limits} />;
}
