import type { TFunction } from "i18next";
import { en } from "../i18n/en";

const isKnown = (adapter: string): adapter is keyof typeof en.adapters => adapter in en.adapters;
const hasIdentity = (adapter: string): adapter is keyof typeof en.identities => adapter in en.identities;
const hasWebhook = (adapter: string): adapter is keyof typeof en.vendor_webhooks => adapter in en.vendor_webhooks;

/** What a way to carry messages is for, in a sentence. */
export const aboutAdapter = (adapter: string, t: TFunction) => (isKnown(adapter) ? t(`adapters.${adapter}`) : "");

/** What the identity is at this vendor. */
export const aboutIdentity = (adapter: string, t: TFunction) => (hasIdentity(adapter) ? t(`identities.${adapter}`) : t("senders.identity_help"));

/** What to do with the webhook's address at the vendor; null where nobody is to be given it. */
export const aboutWebhook = (adapter: string, t: TFunction) => (hasWebhook(adapter) ? t(`vendor_webhooks.${adapter}`) : null);

/** What a field of an adapter's form is called and what it is; as the server's schema says where there are no words for it. */
export function credentialWords<Field extends { name: string; title: string; help: string }>(adapter: string, field: Field, t: TFunction): Field {
  const known: Readonly<Record<string, object>> = en.credentials;
  if (!Object.hasOwn(known, adapter) || !Object.hasOwn(known[adapter]!, field.name)) return field;
  const words = [adapter as "fcm", field.name as "base_url"] as const;
  return { ...field, title: t(`credentials.${words[0]}.${words[1]}.title`), help: t(`credentials.${words[0]}.${words[1]}.help`) };
}
