import type { Schemas } from "../api/client";

/** As lists have it. */
export type Entry = Schemas["RegistrationEntry"];
export type Registration = Schemas["RegistrationView"];
export type Channel = Schemas["Application"]["channel"];

/** A way to reach the company, and the text of its button. */
export interface Contact {
  value: string;
  label: string;
}

export interface SmsDetails {
  countries: readonly string[];
  purpose: string;
  sample: string;
  company: string;
}

export const CONTACT_KINDS = ["phones", "websites", "emails"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export interface RcsDetails extends Record<ContactKind, readonly Contact[]> {
  description: string;
  /** Keys of the media library. */
  logo: string;
  background: string;
  color: string;
  contact_name: string;
  privacy_policy: string;
  terms: string;
  webhook: string;
}

export const USUAL_COLOR = "#000000";

const EMPTY = {
  sms: { countries: [], purpose: "", sample: "", company: "" } satisfies SmsDetails,
  rcs: {
    description: "",
    logo: "",
    background: "",
    color: USUAL_COLOR,
    contact_name: "",
    phones: [],
    websites: [],
    emails: [],
    privacy_policy: "",
    terms: "",
    webhook: "",
  } satisfies RcsDetails,
};

/** An application as it stands in its form. */
export type Draft = { name: string } & ({ channel: "sms"; details: SmsDetails } | { channel: "rcs"; details: RcsDetails });

export const isChannel = (channel: string | undefined): channel is Channel => channel !== undefined && Object.hasOwn(EMPTY, channel);

export const newDraft = (channel: Channel): Draft => ({ name: "", channel, details: EMPTY[channel] }) as Draft;

/** What is kept, with every field of its form; the server says the rest of it. */
export const draftOf = ({ name, channel, details }: Registration): Draft =>
  ({ name, channel, details: { ...EMPTY[channel], ...details } }) as Draft;
